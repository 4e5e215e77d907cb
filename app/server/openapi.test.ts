import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { openApi } from '../../core/http/openapi.ts';
import { allEndpoints } from './endpoints.ts';
import { createRegistry } from './registry.ts';
import { apiInfo, tagDescriptions } from './system-endpoints.ts';

// The document needs the endpoints' data only: nothing of these parts is called.
const unused = {} as Parameters<typeof allEndpoints>[1];
const registry = createRegistry();

/** Rules of the recommended set that cannot apply, with the reason. */
const off = {
  // An installation has its own address: the document names it relative to itself.
  'no-server-example.com': 'off',
} as const;

it('describes the API without an error or a warning of the recommended rules', async () => {
  const document = openApi(registry, allEndpoints(registry, unused), apiInfo, tagDescriptions(registry));
  const found = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended'], rules: off }),
  });
  expect(
    found.map(
      ({ ruleId, severity, message, location }) => `${severity} ${ruleId} ${location[0]?.pointer ?? ''}: ${message}`,
    ),
  ).toEqual([]);
});
