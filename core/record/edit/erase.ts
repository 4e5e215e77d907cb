import type { Json } from '../../journal/format/hash.ts';
import { searchText, tombstone } from '../define/content.ts';
import type { RecordData } from '../define/data.ts';
import { tell } from '../act/entries.ts';
import { columnsOf } from '../define/row.ts';
import type { FieldValues } from '../define/row.ts';
import type { ServerRecord, Work } from '../define/work.ts';

interface Erasure {
  /** Which personal values, by commitment; all that the record ever had where none are named. */
  commitments?: readonly string[];
  reason: string;
}

/**
 * Erases personal values of a locked record, with their salts: rows, header, search text and all that is shown of the past
 * go without them, and a title becomes the tombstone. Commitments, hashes and version stay as they are, so that chains and
 * decisions hold; an entry of its own tells of the erasure. Says how many values went.
 */
export async function eraseValues(
  work: Work,
  { definition, erasing = [] }: ServerRecord,
  before: RecordData,
  { commitments, reason }: Erasure,
): Promise<number> {
  const { rows } = await work.client.query<{ commitment: string }>(
    `update core.personal_value
     set salt = null, value = null, erased_at = $3
     where provider_id = $1
       and record_id = $2
       and erased_at is null
       and ($4::text[] is null or commitment = any($4))
     returning commitment`,
    [before.providerId, before.id, work.now, commitments ?? null],
  );
  const gone = rows.map(({ commitment }) => commitment).toSorted();
  if (!gone.length) return 0;
  const stood = Object.keys(before.commitments).filter((name) => gone.includes(before.commitments[name] ?? ''));
  const fields: FieldValues = { ...before.fields, ...Object.fromEntries(stood.map((name) => [name, null])) };
  const title = stood.includes('title') ? tombstone : before.title;
  const besides: Record<string, Json> = {};
  for (const each of erasing) Object.assign(besides, await each(work, before, gone));
  const edits = { ...besides, _erased: gone };
  tell(work, before, { kind: 'erased', edits, reason, contentHash: before.contentHash });
  const nulls = stood.flatMap((name) => {
    const field = definition.fields[name];
    return field ? columnsOf(name, field).map((column) => `${column.name} = null`) : [];
  });
  await work.client.query(
    `with header as (
       update core.record
       set title = $3, search_text = $4
       where provider_id = $1 and id = $2)
     ${rowWithout(definition.table, nulls)}`,
    [before.providerId, before.id, title, searchText(definition, before.ref, title, fields)],
  );
  return gone.length;
}

/** Empties columns of the row; a record that kept nothing there is left alone. */
const rowWithout = (table: string, nulls: readonly string[]): string =>
  nulls.length
    ? `update ${table}
     set ${nulls.join(', ')}
     where provider_id = $1 and id = $2`
    : 'select';
