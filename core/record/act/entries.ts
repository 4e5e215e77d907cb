// One act leaves one journal entry on each record it alters. While it runs, what it does to a record is gathered here; the
// entries are sealed and written when the act is done.
import { entryColumns, placeholders, sealEntry } from '../../journal/format/entry.ts';
import type { EntryKind, NewEntry, Teller } from '../../journal/format/entry.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { Work } from '../define/work.ts';
import type { Gathered } from '../../journal/format/entry.ts';
import { lookup } from '../../names/lookup.ts';

/** What one step of an act tells of a record. */
export interface Told extends Partial<Omit<NewEntry, 'recordId' | 'recordType' | 'version' | 'previousHash'>> {
  kind: EntryKind;
  contentHash: string;
}

/** A record as it stood when the act first touched it. */
export interface Touched {
  id: string;
  type: string;
  version: number;
  headHash: string | null;
}

/** The entry is named after the step that says most. */
const rank: Readonly<Record<EntryKind, number>> = lookup({
  created: 0,
  observed: 0,
  decided: 1,
  moved: 2,
  edited: 3,
  corrected: 3,
  attested: 4,
  noted: 5,
  erased: 6,
  linked: 7,
  shared: 8,
  recounted: 9,
});

/** What leaves the version that an editor must name: talk, links, and what the system counts anew. */
const keepsVersion: ReadonlySet<EntryKind> = new Set(['noted', 'linked', 'recounted', 'erased', 'shared']);

/**
 * Whether an entry moves the record's "last edited". A link, a recount and an erasure are no edits; nor is what is said or given
 * among the provider's people alone, for everybody who sees the record reads when it was edited.
 */
export const isEdit = (kind: string, edits: Readonly<Record<string, unknown>> = {}): boolean =>
  !['linked', 'recounted', 'erased', 'shared'].includes(kind) && !(kind === 'noted' && isInternal(edits));

function isInternal(edits: Readonly<Record<string, unknown>>): boolean {
  const told = Object.values(edits).flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
  const audienceOf = (each: unknown) => (typeof each === 'object' && each && 'audience' in each ? each.audience : null);
  return told.length > 0 && told.every((each) => audienceOf(each) === 'internal');
}

/** Adds a step of the act to the record's entry, and gives the version that the record then has. */
export function tell(work: Teller & Pick<Work, 'entries'>, record: Touched, step: Told): number {
  const { kind, edits = {}, contentHash, ...rest } = step;
  const raises = !keepsVersion.has(kind);
  const before = work.entries.get(record.id);
  if (!before) {
    const version = record.version + (raises ? 1 : 0);
    const of = { recordId: record.id, recordType: record.type, previousHash: record.headHash };
    const { caller, now, cause } = work;
    work.entries.set(record.id, {
      ...rest,
      ...of,
      by: { caller, now, cause },
      version,
      raises,
      kind,
      contentHash,
      edits,
    });
    return version;
  }
  if (before.written) throw new Error(`the act's entry about ${record.type} ${record.id} is written already`);
  const version = before.version + (raises && !before.raises ? 1 : 0);
  const merged = rank[kind] < rank[before.kind] ? together(step, before) : together(before, step);
  work.entries.set(record.id, {
    ...before,
    ...merged,
    version,
    raises: raises || before.raises,
    contentHash,
    from: before.from ?? step.from ?? null,
    to: step.to ?? before.to ?? null,
    move: before.move ?? step.move ?? null,
    edits: mergedEdits(mergedEdits(before.edits, edits), furtherMove(before, step)),
  });
  return version;
}

/** The chief step keeps what it says; the other adds what it leaves open. */
function together(chief: Partial<NewEntry>, other: Partial<NewEntry>): Partial<NewEntry> {
  const given = Object.entries(chief).filter(([, value]) => value !== null && value !== undefined);
  return { ...other, ...Object.fromEntries(given) };
}

/** An entry names one move; a second one that came of it stands beside. */
function furtherMove(before: Gathered, { move }: Told): Record<string, Json> {
  return before.move && move ? { _then: [move] } : {};
}

/** Lists beside the fields are added to, an element of the same id replaces the earlier; anything else is told anew. */
function mergedEdits(before: Record<string, Json>, later: Record<string, Json>): Record<string, Json> {
  const merged = { ...before };
  for (const [name, value] of Object.entries(later)) {
    const earlier = merged[name];
    const adds = name.startsWith('_') && Array.isArray(earlier) && Array.isArray(value) && !replaced.has(name);
    merged[name] = adds ? [...earlier.filter((each) => !sameId(each, value)), ...value] : value;
  }
  return merged;
}

/** A list of the header is a value as a whole. */
const replaced = new Set(['_customers']);

const idOf = (value: Json): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
const sameId = (one: Json, others: readonly Json[]): boolean =>
  idOf(one) !== undefined && others.some((other) => idOf(other) === idOf(one));

/** Seals the entry of one record, whose step was the act's last about it: for a statement that writes it with the row. */
export function sealLast(work: Work, recordId: string): { hash: string; values: unknown[] } {
  const entry = work.entries.get(recordId);
  if (!entry) throw new Error(`the act told nothing of ${recordId}`);
  work.entries.set(recordId, { ...entry, written: true });
  return sealEntry(entry.by, entry);
}

const most = 200;

/** Writes the entries that the act gathered, and the heads of their chains: its last statement. */
export async function writeEntries(work: Work): Promise<void> {
  const waiting = [...work.entries.values()].filter(({ written }) => !written);
  for (let from = 0; from < waiting.length; from += most) await writeSome(work, waiting.slice(from, from + most));
}

async function writeSome(work: Work, entries: readonly Gathered[]): Promise<void> {
  const sealed = entries.map((entry) => ({ id: entry.recordId, ...sealEntry(entry.by, entry) }));
  const width = sealed[0]?.values.length ?? 0;
  const rows = sealed.map((_, index) => `(${placeholders(width, 4 + index * width)})`);
  await work.client.query({
    ...(sealed.length <= 4 ? { name: `entries ${sealed.length}` } : {}),
    text: `with head as (
        update core.record r set head_hash = x.hash
        from unnest($1::uuid[], $2::uuid[], $3::text[]) as x(provider, id, hash)
        where r.provider_id = x.provider and r.id = x.id),
      entry as (insert into core.journal (${entryColumns}) values ${rows.join(', ')})
      select pg_notify('journal', '')`,
    values: [
      entries.map(({ by }) => by.caller.principal.providerId),
      sealed.map(({ id }) => id),
      sealed.map(({ hash }) => hash),
      ...sealed.flatMap(({ values }) => values),
    ],
  });
  for (const { recordId } of entries) {
    const entry = work.entries.get(recordId);
    if (entry) work.entries.set(recordId, { ...entry, written: true });
  }
}
