import { expect, it } from 'vitest';
import { actOf, editsTold, notesOf } from './history.ts';

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
