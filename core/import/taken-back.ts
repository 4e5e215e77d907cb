// What stands of an import, for taking it back: what it made, and whether anybody worked on it since.
import type pg from 'pg';
import { fieldsOf, snakeCase } from '../record/define/define.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { namedTypes } from '../record/define/references.ts';
import type { Registry } from '../record/define/work.ts';

/** Records of a type that a run made, in the order of their ids. */
export async function madeBy(
  client: pg.ClientBase,
  {
    providerId,
    run,
    type,
    after,
    limit,
  }: { providerId: string; run: string; type: string; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select record_id as id
     from core.source_key
     where provider_id = $1
       and made_by = $2
       and record_type = $3
       and ($4::uuid is null or record_id > $4)
     order by record_id
     limit ${limit}`,
    [providerId, run, type, after],
  );
  return rows.map(({ id }) => id);
}

/**
 * Locks all that a run made, of one type after the other as `types` says, each in the order of its ids: whoever edits, links or
 * names one of them waits, or is waited for. Statements of their own, so that what is asked next sees what was written meanwhile.
 */
export async function lockMade(
  client: pg.ClientBase,
  { providerId, run, types }: { providerId: string; run: string; types: readonly string[] },
): Promise<void> {
  for (const type of types)
    await client.query(
      `select count(*)
       from (
         select r.id
         from core.source_key s
         join core.record r on r.provider_id = s.provider_id and r.id = s.record_id
         where s.provider_id = $1 and s.made_by = $2 and s.record_type = $3
         order by r.id
         for update of r) locked`,
      [providerId, run, type],
    );
}

interface Head {
  id: string;
  state: string;
  version: number;
  contentHash: string;
  headHash: string;
  lineage: string;
}

/** Where the journals of some records end; locked. */
export async function heads(client: pg.ClientBase, providerId: string, ids: readonly string[]): Promise<Head[]> {
  const { rows } = await client.query(
    `select id, state, version, content_hash as "contentHash", head_hash as "headHash", lineage_id as lineage
     from core.record
     where provider_id = $1
       and id = any($2::uuid[])
     order by id
     for update`,
    [providerId, ids],
  );
  return rows as Head[]; // the select list
}

interface Made {
  providerId: string;
  run: string;
  definition: RecordDefinition;
  registry: Registry;
}

/** Of an alias `s` with `record_id`: where something besides the run's own entries tells of it. */
const touched = `exists (
    select from core.journal j
    where j.provider_id = s.provider_id
      and j.record_id = s.record_id
      and (j.cause is distinct from $2 and not (j.kind = 'recounted' and j.actor_kind = 'system')))
  or exists (select from core.link l where l.provider_id = s.provider_id and l.to_id = s.record_id)
  or exists (select from core.link l where l.provider_id = s.provider_id and l.from_id = s.record_id)`;

/** Fields of any type that may hold the id of a record of a type, as SQL over `s`. */
function namedIn({ records }: Registry, { type }: RecordDefinition): string[] {
  return [...records.values()].flatMap(({ definition }) =>
    fieldsOf(definition).flatMap(([name, field]) => {
      const column = `t.${snakeCase(name)}`;
      const inside = field.kind === 'list' ? Object.values(field.items).flatMap(namedTypes) : [];
      const holds = namedTypes(field).includes(type)
        ? `${column} = s.record_id`
        : inside.includes(type) && `${column}::text like '%' || s.record_id || '%'`;
      return holds
        ? [`exists (select from ${definition.table} t where t.provider_id = s.provider_id and ${holds})`]
        : [];
    }),
  );
}

/** References of records that a run made and others worked on since, or named. */
export async function workedOn(
  client: pg.ClientBase,
  { providerId, run, definition, registry }: Made,
): Promise<string[]> {
  const { rows } = await client.query<{ ref: string }>(
    `select r.ref
     from core.source_key s
     join core.record r on r.provider_id = s.provider_id and r.id = s.record_id
     where s.provider_id = $1
       and s.made_by = $2
       and s.record_type = $3
       and (${[touched, ...namedIn(registry, definition)].join('\n  or ')})
     order by r.number`,
    [providerId, run, definition.type],
  );
  return rows.map(({ ref }) => ref);
}

/** Of some people, teams or components that a run made, those that nothing speaks of any more and nobody is. */
export async function unused(
  client: pg.ClientBase,
  { providerId, run, definition, registry }: Made,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select s.record_id as id
     from core.source_key s
     where s.provider_id = $1
       and s.made_by = $2
       and s.read_by = $2
       and s.record_id = any($3::uuid[])
       and not (${[touched, ...signedIn, ...namedIn(registry, definition)].join('\n  or ')})
     order by 1`,
    [providerId, run, ids],
  );
  return rows.map(({ id }) => id);
}

const signedIn = [
  ...['api_key', 'sign_in', 'claim'].map(
    (table) => `exists (select from core.${table} t where t.provider_id = s.provider_id and t.person_id = s.record_id)`,
  ),
  ...['record', 'condition'].map(
    (table) => `exists (select from core.${table} t where t.provider_id = s.provider_id and t.owner_id = s.record_id)`,
  ),
];

/** What stands of records that were taken back goes; their journals stay. */
export async function forget(
  client: pg.ClientBase,
  { providerId, definition, ids }: { providerId: string; definition: RecordDefinition; ids: readonly string[] },
): Promise<void> {
  const { rows } = await client.query<{ gone: number }>(
    'select core.forget_taken_back($1, $2, $3::text::regclass, $4) as gone',
    [providerId, definition.type, definition.table, ids],
  );
  if (rows[0]?.gone !== ids.length)
    throw new Error(`${rows[0]?.gone} of ${ids.length} records of ${definition.type} went`);
}
