import type { Queryable } from '../../core/database/queryable.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import type { workStandardRecord } from './record.ts';

type Standard = RecordOf<typeof workStandardRecord>;

/** The other standards of the same work that are in force. */
export async function othersInForce(
  client: Queryable,
  { providerId, id, fields }: Pick<Standard, 'providerId' | 'id' | 'fields'>,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id
     from operation.work_standard
     where provider_id = $1 and applies_to = $2 and state = 'in_force' and id <> $3
     order by id`,
    [providerId, fields.appliesTo, id],
  );
  return rows.map((row) => row.id);
}

/** Makes those who put standards of one kind of work in force wait for each other until the transaction ends. */
export async function lockKind(
  client: Queryable,
  { providerId, fields }: Pick<Standard, 'providerId' | 'fields'>,
): Promise<void> {
  const kind = `standard ${providerId} ${fields.appliesTo}`;
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [kind]);
}

/** Whether a person belongs to a customer's organisation. */
export async function isOfCustomer(
  client: Queryable,
  { providerId, person }: { providerId: string; person: string },
): Promise<boolean> {
  const { rows } = await client.query(
    `select
     from core.person
     where provider_id = $1 and id = $2 and customer is not null`,
    [providerId, person],
  );
  return rows.length > 0;
}

/** What a standard sets. */
export interface StandardInForce extends Pick<FieldsOf<typeof workStandardRecord>, 'calendar' | 'targets'> {
  id: string;
}

/** The standard of some work that was in force at an instant. */
export async function standardAt(
  client: Queryable,
  { providerId, of, at }: { providerId: string; of: Standard['fields']['appliesTo']; at: string },
): Promise<StandardInForce | undefined> {
  const { rows } = await client.query({
    name: 'the standard of work in force',
    text: `select id, calendar, targets
      from operation.work_standard
      where provider_id = $1
        and applies_to = $2
        and in_force_from <= $3
        and (in_force_to is null or in_force_to > $3)
      order by in_force_from desc, id
      limit 1`,
    values: [providerId, of, at],
  });
  return rows[0] as StandardInForce | undefined; // the select list
}

/** Every standard of some work that ever was in force, the newest first. */
export async function standardsEver(
  client: Queryable,
  { providerId, of }: { providerId: string; of: Standard['fields']['appliesTo'] },
): Promise<(StandardInForce & { from: string; to: string | null })[]> {
  const { rows } = await client.query(
    `select id, calendar, targets, in_force_from as "from", in_force_to as "to"
     from operation.work_standard
     where provider_id = $1 and applies_to = $2 and in_force_from is not null
     order by in_force_from desc, id`,
    [providerId, of],
  );
  return rows as (StandardInForce & { from: string; to: string | null })[]; // the select list
}
