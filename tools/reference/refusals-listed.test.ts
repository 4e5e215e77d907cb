import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allEndpoints } from '../../app/server/endpoints.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { codesOfRefusal } from '../../core/http/refusal-codes.ts';
import { sourceFiles } from '../source.ts';
import { refusalsMade } from './refusal-calls.ts';
import { isProduct } from './refusals.ts';

/** Where refusals are made that no operation answers with. */
const elsewhere = ['app/cli/', 'core/import/source.ts'];

/** No operation is there to be called, only the system makes the move, or it is told on the run and not to a call. */
const nobodys = [
  'criterion-waiver.runs',
  'http.no-such-path',
  'import.bug',
  'import.cancelled',
  'move.unknown',
  'requirement.date-open',
  'requirement.not-lost',
];

it('lists every refusal that is made with some operation that may answer with it', () => {
  const registry = createRegistry();
  // Only the endpoints' data is read: nothing of these parts is called.
  const parts = { demo: {} } as unknown as Parameters<typeof allEndpoints>[1];
  const listed = new Set(allEndpoints(registry, parts).flatMap((each) => codesOfRefusal(registry, each)));
  const made = refusalsMade(sourceFiles(join(import.meta.dirname, '../..')).filter(isProduct)).filter(
    ({ path }) => !elsewhere.some((each) => path.startsWith(each)),
  );
  const unlisted = made
    .filter(({ code }) => !listed.has(code) && !nobodys.includes(code))
    .map(({ code, path }) => `${code} (${path})`);
  expect([...new Set(unlisted)].toSorted()).toEqual([]);
});
