import { expect, it } from 'vitest';
import { movesTold } from '../../journal/format/made.ts';
import { systemPrincipal } from '../../permission/principal.ts';
import { tell } from './entries.ts';
import type { Entries } from '../../journal/format/entry.ts';
import type { Told } from './entries.ts';

const record = { id: 'r', type: 'thing', version: 4, headHash: 'h' };

/** What the entry says that some steps of one act come to. */
function told(...steps: Omit<Told, 'contentHash'>[]) {
  const entries: Entries = new Map();
  const caller = { principal: systemPrincipal('p', 'test', null), channel: 'job' as const, requestId: 'q' };
  for (const step of steps)
    tell({ caller, now: '2026-03-02T09:00:00.000Z', cause: 'c', entries }, record, { contentHash: 'x', ...step });
  const entry = entries.get('r');
  if (!entry) throw new Error('nothing was told');
  return { ...entry, moves: movesTold({ move: entry.move ?? null, edits: entry.edits }) };
}

it('names every move of an act once, in the order in which they were made', () => {
  const first = { kind: 'moved', move: 'sign', from: 'open', to: 'open' } as const;
  const second = { kind: 'moved', move: 'agree', from: 'open', to: 'agreed' } as const;
  const third = { kind: 'decided', move: 'begin', from: 'agreed', to: 'begun', decisionId: 'd' } as const;
  const entry = told(first, second, third);
  expect(entry).toMatchObject({ kind: 'decided', decisionId: 'd', from: 'open', to: 'begun', version: 5 });
  expect(entry.moves).toEqual(['sign', 'agree', 'begin']);
});

it('tells of a new record that moved at once both its birth and its move', () => {
  const entry = told({ kind: 'created', to: 'open' }, { kind: 'moved', move: 'sign', from: 'open', to: 'signed' });
  expect(entry).toMatchObject({ kind: 'created', move: 'sign', to: 'signed', version: 5 });
});

it('keeps for whom somebody acted, and why, whatever else the act does to the record', () => {
  const decided = { kind: 'decided', onBehalfOf: 'ana', reason: 'It is good.', decisionId: 'd' } as const;
  const entry = told({ kind: 'linked' }, decided, { kind: 'edited', edits: { size: 3 }, reason: 'By hand.' });
  expect(entry).toMatchObject({ kind: 'decided', onBehalfOf: 'ana', reason: 'It is good.', edits: { size: 3 } });
});
