// What an entry of the journal tells a reader: only what was altered, from what, to what. Pure.
import type { JournalEntry } from '../contract.ts';
import { lookup } from '../../names/lookup.ts';

export interface ShownEdit {
  name: string;
  value: unknown;
  /** What stood there before; undefined where no entry in hand tells. */
  before: unknown;
}

type Told = Pick<JournalEntry, 'kind' | 'edits'>;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

// What is added to a list beside the fields replaces nothing that was told of it earlier.
const addedTo: ReadonlySet<string> = new Set(['_links', '_unlinks', '_item', '_evidence', '_condition']);

const stoodBefore = (name: string, older: readonly Told[]): unknown =>
  older.find((each) => each.edits && name in each.edits)?.edits?.[name];

/** The edits of an entry by name. `older` are the entries before it, newest first; a record is born with empty fields, which are not told. */
export function editsTold({ kind, edits }: Told, older: readonly Told[]): ShownEdit[] {
  return Object.entries(edits ?? {}).flatMap(([name, value]) => {
    const before = addedTo.has(name) ? undefined : stoodBefore(name, older);
    const isSame = isEmpty(value)
      ? isEmpty(before) || kind === 'created'
      : JSON.stringify(value) === JSON.stringify(before);
    return isSame ? [] : [{ name, value, before }];
  });
}

/** Who may read the notes that an entry keeps. */
export const notesOf = ({ edits }: Told): string[] => listOf(edits, '_notes').flatMap(audienceOf);

function listOf(edits: Told['edits'], name: string): readonly unknown[] {
  const list = edits?.[name];
  return Array.isArray(list) ? list : [];
}

/** What became of files, in words: "Added 2 files", "Removed a file". */
function filesInWords({ edits }: Told): string {
  const files = listOf(edits, '_files');
  if (!files.length) return '';
  const isGone = files.some(
    (each) => typeof each === 'object' && each !== null && 'gone' in each && each.gone !== null,
  );
  return `${isGone ? 'Removed' : 'Added'} ${files.length === 1 ? 'a file' : `${files.length} files`}`;
}

function audienceOf(note: unknown): string[] {
  return typeof note === 'object' && note !== null && 'audience' in note && typeof note.audience === 'string'
    ? [note.audience]
    : [];
}

export interface ShownBreach {
  /** Which target it was. */
  kind: string;
  at: string;
}

/** The targets whose time passed, as the entry tells them. */
export function breachesOf({ edits }: Told): ShownBreach[] {
  const breaches = edits?.['_breaches'];
  return Array.isArray(breaches) ? breaches.flatMap(breachOf) : [];
}

function breachOf(breach: unknown): ShownBreach[] {
  if (typeof breach !== 'object' || breach === null || !('kind' in breach && 'at' in breach)) return [];
  const { kind, at } = breach;
  return typeof kind === 'string' && typeof at === 'string' ? [{ kind, at }] : [];
}

/** The further moves that came of an entry's move. */
export function movesAfter({ edits }: Told): string[] {
  const moves = edits?.['_then'];
  return Array.isArray(moves) ? moves.filter((move) => typeof move === 'string') : [];
}

const acts: Readonly<Record<string, string>> = lookup({
  created: 'Created it',
  edited: 'Edited it',
  decided: 'Decided',
  linked: 'Linked it',
  attested: 'Attested evidence',
  recounted: 'Counted anew',
  observed: 'Told by the source',
  erased: 'Erased what is personal',
  corrected: 'Corrected an entry',
  shared: 'Asked or answered who shares in it',
});

const notesInWords = (entry: Told): string =>
  notesOf(entry)
    .map((each) => `${each === 'public' ? 'a public' : 'an internal'} note`)
    .join(' and ');

/** It takes back a statement of before. */
function takesBack({ edits }: Told): boolean {
  const told = edits?.['_evidence'];
  return typeof told === 'object' && told !== null && 'withdraws' in told;
}

/** What was done, in words, where it was no move. */
export function actOf(entry: Told): string {
  const notes = notesInWords(entry);
  if (notes) return `Wrote ${notes}`;
  if (takesBack(entry)) return 'Took back what was attested';
  return (entry.kind === 'noted' && filesInWords(entry)) || (acts[entry.kind] ?? entry.kind);
}

/** The moves of an entry by their labels, in the order in which they were made, with what was said in the same act. */
export function movesTold(entry: Told, labels: readonly string[]): string {
  const notes = notesInWords(entry);
  return `${labels.join(', then ')}${notes ? `, with ${notes}` : ''}`;
}

const channels: Readonly<Record<string, string>> = lookup({
  ui: 'on a screen',
  api: 'through the API',
  cli: 'by command',
  job: 'by a job',
  import: 'by an import',
});

/** By which way an entry came, in words. */
export const wayOf = ({ channel }: Pick<JournalEntry, 'channel'>): string => channels[channel] ?? channel;
