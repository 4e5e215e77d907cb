// What an entry of the journal tells a reader: only what was altered, from what, to what. Pure.
import type { JournalEntry } from '../contract.ts';

export interface ShownEdit {
  name: string;
  value: unknown;
  /** What stood there before; undefined where no entry in hand tells. */
  before: unknown;
}

type Told = Pick<JournalEntry, 'kind' | 'edits'>;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The edits of an entry by name. `older` are the entries before it, newest first; a record is born with empty fields, which are not told. */
export function editsTold({ kind, edits }: Told, older: readonly Told[]): ShownEdit[] {
  return Object.entries(edits ?? {}).flatMap(([name, value]) => {
    const before = older.find((each) => each.edits && name in each.edits)?.edits?.[name];
    const isSame = isEmpty(value)
      ? isEmpty(before) || kind === 'created'
      : JSON.stringify(value) === JSON.stringify(before);
    return isSame ? [] : [{ name, value, before }];
  });
}

/** Who may read the notes that an entry keeps. */
export function notesOf({ edits }: Told): string[] {
  const notes = edits?.['_notes'];
  return Array.isArray(notes) ? notes.flatMap(audienceOf) : [];
}

function audienceOf(note: unknown): string[] {
  return typeof note === 'object' && note !== null && 'audience' in note && typeof note.audience === 'string'
    ? [note.audience]
    : [];
}

const acts: Readonly<Record<string, string>> = {
  created: 'Created it',
  edited: 'Edited it',
  decided: 'Decided',
  linked: 'Linked it',
  attested: 'Attested evidence',
  recounted: 'Recounted',
  observed: 'Told by the source',
  erased: 'Erased what is personal',
  corrected: 'Corrected an entry',
};

/** What was done, in words, where it was no move. */
export function actOf(entry: Told): string {
  const audiences = notesOf(entry);
  if (audiences.length)
    return `Wrote ${audiences.map((each) => `${each === 'public' ? 'a public' : 'an internal'} note`).join(' and ')}`;
  return acts[entry.kind] ?? entry.kind;
}
