import type pg from 'pg';
import { copyLine, copyLines } from '../../record/define/copy.ts';
import type { Beside } from '../../record/define/beside.ts';
import type { Queryable } from '../../database/queryable.ts';

/** What a system calls a record by. */
export interface SourceKey {
  type: string;
  system: string;
  /** Whose key it is, where customers have keys of their own. */
  customer: string | null;
  key: string;
}

export interface SourceRow extends SourceKey {
  record: string;
  /** Digests of the rows that were read of it, eight bytes each. */
  seen: Buffer;
  lastAt: string | null;
  lastPlace: number | null;
}

/** How an entry tells that a source has a key for its record. */
export const toldSource = ({ system, key }: Pick<SourceKey, 'system' | 'key'>) => ({
  id: `${system}:${key}`,
  system,
  key,
});

/** Keys as entries tell them. What was read of a record since, and when, no entry tells. */
export const sourceBeside: Beside = {
  told: '_source',
  what: 'key in a source',
  standing: async (client, providerId, records) => {
    const { rows } = await client.query(
      `select record_id as of, system, key
       from core.source_key
       where provider_id = $1
         and record_id = any($2::uuid[])
       order by system, key`,
      [providerId, records],
    );
    const standing = rows as { of: string; system: string; key: string }[]; // the select list
    return new Map([...Map.groupBy(standing, ({ of }) => of)].map(([of, group]) => [of, group.map(toldSource)]));
  },
};

export interface ReadSource {
  system: string;
  key: string;
  readAt: string;
}

/** What other systems call a record by, and when each was last read. */
export async function sourcesOf(client: Queryable, record: { providerId: string; id: string }): Promise<ReadSource[]> {
  const { rows } = await client.query({
    name: 'sources of a record',
    text: `select system, key, read_at as "readAt"
      from core.source_key
      where provider_id = $1
        and record_id = $2
      order by system, key`,
    values: [record.providerId, record.id],
  });
  return rows as ReadSource[]; // the select list
}

const columns = `record_type as type, system, customer_id as customer, key, record_id as record, seen, last_at as "lastAt", last_place as "lastPlace"`;

/** Which records of a type a system calls by some keys. */
export async function foundBySource(
  client: Queryable,
  providerId: string,
  { type, system, customer }: Omit<SourceKey, 'key'>,
  keys: readonly string[],
): Promise<SourceRow[]> {
  if (!keys.length) return [];
  const { rows } = await client.query({
    text: `select ${columns}
      from core.source_key
      where provider_id = $1
        and record_type = $2
        and system = $3
        and customer_id is not distinct from $4
        and key = any($5::text[])`,
    values: [providerId, type, system, customer, keys],
  });
  return rows as SourceRow[]; // the select list
}

const copied = [
  'provider_id',
  'record_type',
  'system',
  'customer_id',
  'key',
  'record_id',
  'made_by',
  'read_by',
  'read_at',
  'seen',
  'last_at',
  'last_place',
];

export interface Reader {
  providerId: string;
  run: string;
  /** ISO instant. */
  now: string;
}

const spelled = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

/** Keeps what new records are called by. */
export async function keepSources(
  client: pg.ClientBase,
  { providerId, run, now }: Reader,
  sources: readonly SourceRow[],
): Promise<void> {
  const lines = sources.map(({ type, system, customer, key, record, seen, lastAt, lastPlace }) =>
    copyLine([providerId, type, system, customer, key, record, run, run, now, spelled(seen), lastAt, lastPlace]),
  );
  await copyLines(client, 'core.source_key', copied.join(', '), lines);
}

/** Notes that records were read again, and what was new of them. */
export async function noteRead(
  client: pg.ClientBase,
  { providerId, run, now }: Reader,
  sources: readonly Omit<SourceRow, keyof SourceKey>[],
): Promise<void> {
  if (!sources.length) return;
  await client.query({
    text: `update core.source_key s
      set read_by = $2, read_at = $3, seen = x.seen, last_at = x.last_at, last_place = x.last_place
      from unnest($4::uuid[], $5::bytea[], $6::timestamptz[], $7::float8[]) as x (record_id, seen, last_at, last_place)
      where s.provider_id = $1
        and s.record_id = x.record_id`,
    values: [
      providerId,
      run,
      now,
      sources.map(({ record }) => record),
      sources.map(({ seen }) => seen),
      sources.map(({ lastAt }) => lastAt),
      sources.map(({ lastPlace }) => lastPlace),
    ],
  });
}

/** Notes that others were spoken of again. */
export async function noteMet(
  client: pg.ClientBase,
  { providerId, run, now }: Reader,
  records: readonly string[],
): Promise<void> {
  if (!records.length) return;
  await client.query({
    text: `update core.source_key
      set read_by = $2, read_at = $3
      where provider_id = $1
        and record_id = any($4::uuid[])
        and read_by is distinct from $2`,
    values: [providerId, run, now, records],
  });
}
