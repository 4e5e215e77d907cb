import { expect, it } from 'vitest';
import { actOf, breachesOf, editsTold, movesAfter, movesTold, notesOf } from './history.ts';

const created = { kind: 'created', edits: { title: 'Till', category: null, parts: [], text: { commitment: 'x' } } };
const edited = { kind: 'edited', edits: { title: 'Tills', category: 'Shop' } };

it('tells of a new record what was given, and nothing of what was left empty', () => {
  expect(editsTold(created, [])).toEqual([
    { name: 'title', value: 'Till', before: undefined },
    { name: 'text', value: { commitment: 'x' }, before: undefined },
  ]);
});

it('tells from what to what, and what was emptied', () => {
  expect(editsTold(edited, [created])).toEqual([
    { name: 'title', value: 'Tills', before: 'Till' },
    { name: 'category', value: 'Shop', before: null },
  ]);
  expect(editsTold({ kind: 'edited', edits: { category: null } }, [edited, created])).toEqual([
    { name: 'category', value: null, before: 'Shop' },
  ]);
  expect(editsTold({ kind: 'edited', edits: { category: null } }, [created])).toEqual([]);
});

it('leaves out what was given again as it stood', () => {
  expect(editsTold({ kind: 'moved', edits: { category: 'Shop', title: 'Bells' } }, [edited, created])).toEqual([
    { name: 'title', value: 'Bells', before: 'Tills' },
  ]);
});

it('says of a note that it is one, and who may read it', () => {
  const noted = { kind: 'noted', edits: { _notes: [{ id: '1', audience: 'internal', text: { commitment: 'x' } }] } };
  expect([notesOf(noted), actOf(noted), actOf(edited)]).toEqual([['internal'], 'Wrote an internal note', 'Edited it']);
});

it('tells a move and what was said with it in one line', () => {
  const note = (audience: string) => ({ id: audience, audience, text: { commitment: 'x' } });
  const moved = { kind: 'moved', edits: { _notes: [note('public'), note('internal')] } };
  expect(movesTold(moved, ['Resolve'])).toBe('Resolve, with a public note and an internal note');
  expect(movesTold({ kind: 'moved', edits: {} }, ['Resolve', 'Close'])).toBe('Resolve, then Close');
});

it('tells a new link as one, not as what became of an earlier link', () => {
  const link = (id: string) => ({ kind: 'linked', edits: { _links: [{ id, type: 'motivates', to: 'x' }] } });
  expect(editsTold(link('2'), [link('1'), created])).toEqual([
    { name: '_links', value: [{ id: '2', type: 'motivates', to: 'x' }], before: undefined },
  ]);
  const item = (name: string) => ({ kind: 'edited', edits: { _item: { item: name, state: 'drafted' } } });
  expect(editsTold(item('SDP-2'), [item('SDP-1')])[0]?.before).toBeUndefined();
});

it('says what the system counted anew in plain words, with the targets that passed', () => {
  const passed = { id: '1', kind: 'restore', at: '2026-03-02T10:00:00.000Z' };
  const recounted = { kind: 'recounted', edits: { breached: true, _breaches: [passed] } };
  expect(actOf(recounted)).toBe('Counted anew');
  expect(breachesOf(recounted)).toEqual([{ kind: 'restore', at: passed.at }]);
  expect(breachesOf(edited)).toEqual([]);
});

it('names the further moves that came of a move', () => {
  expect(movesAfter({ kind: 'moved', edits: { _then: ['close'] } })).toEqual(['close']);
  expect(movesAfter(edited)).toEqual([]);
});
