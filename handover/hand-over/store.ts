import type { RecordData } from '../../core/record/define/data.ts';
import { snakeCase } from '../../core/record/define/define.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { FieldValues } from '../../core/record/define/row.ts';
import type { HandOverKind, HandOverRecord, ManifestItem } from './record.ts';
import type { HandOverFacts, Standing } from './rules.ts';

/** A record to pass on, and the part it plays. */
export interface Passed {
  role: string;
  id: string;
}

/** What the acceptance rules of every hand-over need to know. */
export const handOverFacts: FactsFor<HandOverRecord, HandOverFacts> = {
  standing: async ({ client }, { providerId, fields }) => {
    const { rows } = await client.query<Standing>(
      `select r.id, r.content_hash as "contentHash"
       from core.record r
       where r.provider_id = $1 and r.id = any($2::uuid[])`,
      [providerId, (fields.contents ?? []).map(({ id }) => id)],
    );
    return rows;
  },
};

/**
 * The newest edition that hands over a record, as a jsonb expression over $1 = provider and $2 = record; `subject` is an
 * expression for the record handed over, where the asking record is another.
 */
export const newestHandOver = ({ table }: Pick<HandOverKind, 'table'>, subject = '$2'): string =>
  `(
     select jsonb_build_object('ref', r.ref, 'state', h.state)
     from ${table} h
     join core.record r on r.provider_id = h.provider_id and r.id = h.id
     where h.provider_id = $1 and h.subject = ${subject}
     order by h.edition desc
     limit 1)`;

/** The newest edition that hands over a record; of a kind in series, within the series of the given values. */
export async function newestEdition(
  client: Queryable,
  { table, series = [] }: Pick<HandOverKind, 'table' | 'series'>,
  { providerId, id }: Pick<RecordData, 'providerId' | 'id'>,
  values: FieldValues,
): Promise<{ edition: number; state: string } | undefined> {
  const within = series.map((name, at) => ` and h.${snakeCase(name)} = $${at + 3}`).join('');
  const { rows } = await client.query<{ edition: number; state: string }>(
    `select h.edition, h.state
     from ${table} h
     where h.provider_id = $1 and h.subject = $2${within}
     order by h.edition desc
     limit 1`,
    [providerId, id, ...series.map((name) => values[name])],
  );
  return rows[0];
}

/** The manifest of some records as they stand, in the order of their parts and numbers. */
export async function manifestOf(
  client: Queryable,
  provider: string,
  passed: readonly Passed[],
): Promise<ManifestItem[]> {
  const { rows } = await client.query<ManifestItem>(
    `select p.role, r.id, r.ref, r.type, r.version, r.content_hash as "contentHash", r.title
     from unnest($2::text[], $3::uuid[])
     with ordinality as p (role, id, place)
     join core.record r on r.provider_id = $1 and r.id = p.id
     order by p.place`,
    [provider, passed.map(({ role }) => role), passed.map(({ id }) => id)],
  );
  return rows;
}
