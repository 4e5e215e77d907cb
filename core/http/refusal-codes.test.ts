import { expect, it } from 'vitest';
import { allEndpoints } from '../../app/server/endpoints.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { codesOfRefusal } from './refusal-codes.ts';

const registry = createRegistry();
// Only the endpoints' data is read: nothing of these parts is called.
const endpoints = allEndpoints(registry, {} as Parameters<typeof allEndpoints>[1]);

function codesOf(operation: string): string[] {
  const endpoint = endpoints.find(({ operationId }) => operationId === operation);
  if (!endpoint) throw new Error(`no operation is called ${operation}`);
  return codesOfRefusal(registry, endpoint);
}

it('lists for a move what it asks for, what its rules say and what its record type gives', () => {
  expect(codesOf('incident.resolve')).toEqual(
    expect.arrayContaining(['move.state', 'move.asked', 'incident.restored-before', 'clock.easing', 'record.version']),
  );
  expect(codesOf('incident.resolve')).not.toContain('move.reason');
  expect(codesOf('incident.resolve')).not.toContain('incident.nowhere');
});

it('lists what follows from a move in other records, and from the moves that commands make', () => {
  expect(codesOf('release.start-build')).toContain('hand-over.stale');
  expect(codesOf('design-package.create')).toEqual(
    expect.arrayContaining(['design.package-not-chartered', 'hand-over.stale']),
  );
});

it('lists for a decision the rules of whatever is decided on', () => {
  expect(codesOf('gate.decide')).toEqual(
    expect.arrayContaining(['decision.limit', 'package.funding', 'release.manifest', 'separation.sd2']),
  );
});

it('lists nothing that writing refuses for what only reads', () => {
  expect(codesOf('incident.clocks')).toEqual([
    'database.full',
    'database.unavailable',
    'http.too-many',
    'input.characters',
    'input.invalid',
    'input.unknown-parameter',
    'permission.key-scope',
    'record.not-found',
    'sign-in.key',
    'sign-in.needed',
  ]);
});
