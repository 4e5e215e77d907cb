// Two people at one record: what one has altered since the other read it. Different fields merge, the same one is asked about.
import type { Altered, Refused } from '../../refusal/refusal.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { RecordData } from '../define/data.ts';
import { namesOf } from './names.ts';
import { seenSince } from './since.ts';
import { veiled } from './veil.ts';
import type { Work } from '../define/work.ts';
import { lookup } from '../../names/lookup.ts';

interface PastEdit {
  version: number;
  kind: string;
  toState: string | null;
  edits: Readonly<Record<string, unknown>>;
  by: string | null;
  at: string;
}

/** How a journal's edits call what stands in the header, against how an edit calls it. */
const headerNames: Readonly<Record<string, string>> = lookup({ _owner: 'owner', _customers: 'customers' });

/** The part of a record that an item of its checklist is. */
export const itemPart = (item: string) => `items.${item}`;

/**
 * Lets an edit of an older version through when nobody has altered its parts since, so that two people at different fields
 * need not know of each other; the same part is refused with what was altered, by whom. A decision made since is always
 * told: the edit would end what its editor has not seen.
 */
export async function refuseOverlap(
  work: Work,
  record: RecordData,
  { version, parts }: { version: number; parts: readonly string[] },
): Promise<void> {
  if (version === record.version) return;
  const altered = await alteredSince(work, record, version);
  const asked = parts.length > 0 && altered.some(({ part }) => part === 'decision' || parts.includes(part));
  if (asked || version > record.version) stop(stale(record, version, altered));
}

/** Refuses what rests on a version of the whole record that stands no longer. */
export async function refuseOtherVersion(work: Work, record: RecordData, version: number): Promise<void> {
  if (version !== record.version) stop(stale(record, version, await alteredSince(work, record, version)));
}

function stale(record: RecordData, version: number, altered: Altered[]): Refused {
  const what = refusal(
    'record.version',
    `${record.ref} was edited meanwhile: you saw version ${version}, it stands at ${record.version}.`,
    'Read it again, look at what was edited, and repeat your edit.',
  );
  return { ...refuse('conflict', what), currentVersion: record.version, altered };
}

/** The parts of a record altered after a version, each as it stands now and by whoever altered it last. */
async function alteredSince(work: Work, record: RecordData, version: number): Promise<Altered[]> {
  const { rows } = await work.client.query(
    `select version, kind, to_state as "toState", edits, actor_id as by, occurred_at as at from core.journal
     where provider_id = $1 and record_id = $2 and version > $3 order by seq desc`,
    [record.providerId, record.id, version],
  );
  const since = await seenSince(work.client, work.caller.principal, record);
  const latest = new Map<string, { entry: PastEdit; value: unknown }>();
  for (const entry of rows as PastEdit[]) // the select list
    if (since === null || Date.parse(entry.at) > Date.parse(since))
      for (const [part, value] of partsOf(entry, record)) if (!latest.has(part)) latest.set(part, { entry, value });
  const actors = [...latest.values()].flatMap(({ entry }) => entry.by ?? []);
  const names = await namesOf(work.client, work.caller.principal, actors);
  const altered = [...latest].map(([part, { entry, value }]) => ({
    part,
    value: value ?? null,
    version: entry.version,
    // Who acts for another customer is not told.
    by: entry.by !== null && entry.by in names ? entry.by : null,
    byName: entry.by === null ? null : (names[entry.by] ?? null),
    at: entry.at,
  }));
  return veiled(work.client, work.caller.principal, altered);
}

function partsOf({ kind, toState, edits }: PastEdit, record: RecordData): [string, unknown][] {
  const parts = Object.entries(edits).flatMap(([name, told]): [string, unknown][] => {
    if (name === '_item') return isItem(told) ? [[itemPart(told.item), told.statement]] : [];
    const part = name.startsWith('_') ? headerNames[name] : name;
    return part === undefined ? [] : [[part, valueOf(record, part)]];
  });
  if (toState !== null) parts.push(['state', record.state]);
  if (kind === 'decided') parts.push(['decision', null]);
  return parts;
}

const isItem = (told: unknown): told is { item: string; statement?: unknown } =>
  typeof told === 'object' && told !== null && 'item' in told && typeof told.item === 'string';

/** As it stands now: an older entry of the same part may tell what was altered again, and a personal value stands in none. */
function valueOf(record: RecordData, part: string): unknown {
  return part === 'title' || part === 'owner' || part === 'customers' ? record[part] : record.fields[part];
}
