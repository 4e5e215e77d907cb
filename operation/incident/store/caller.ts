import type { Queryable } from '../../../core/database/queryable.ts';
import type { PersonalKept } from '../../../core/record/define/work.ts';

/** The descriptions of what a person called about. */
export async function calledBy(client: Queryable, providerId: string, person: string): Promise<PersonalKept[]> {
  const { rows } = await client.query(
    `select i.id, array_agg(distinct v.commitment) as commitments
     from operation.incident i
     join core.personal_value v on v.provider_id = i.provider_id and v.record_id = i.id and v.field = 'description'
     where i.provider_id = $1
       and i.caller = $2
     group by i.id
     order by i.id`,
    [providerId, person],
  );
  return rows as PersonalKept[]; // the select list
}
