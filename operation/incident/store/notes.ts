import type { Queryable } from '../../../core/record/queryable.ts';
import type { Work } from '../../../core/record/work.ts';

export interface Note {
  id: string;
  audience: 'public' | 'internal';
  author: string;
  at: string;
  /** Null once erased. */
  text: string | null;
}

export async function insertNotes(
  work: Work,
  incident: string,
  notes: readonly { id: string; audience: string; commitment: string }[],
): Promise<void> {
  const { providerId, id } = work.caller.principal;
  await work.client.query({
    name: 'insert notes',
    text: `insert into operation.note (provider_id, id, incident_id, audience, commitment, author_id, at)
      select $1, x.id, $2, x.audience, x.commitment, $3, $4
      from jsonb_to_recordset($5) as x(id uuid, audience text, commitment text)`,
    values: [providerId, incident, id, work.now, JSON.stringify(notes)],
  });
}

/** The notes of an incident, oldest first; internal ones only where they may be seen. */
export async function notesOf(
  client: Queryable,
  incident: { providerId: string; id: string },
  internal: boolean,
): Promise<Note[]> {
  const { rows } = await client.query(
    `select n.id, n.audience, n.author_id as author, n.at, v.value #>> '{}' as text from operation.note n
     join core.personal_value v on v.provider_id = n.provider_id and v.record_id = n.incident_id and v.commitment = n.commitment
     where n.provider_id = $1 and n.incident_id = $2 and (n.audience = 'public' or $3) order by n.at, n.id`,
    [incident.providerId, incident.id, internal],
  );
  return rows as Note[]; // the select list is Note
}

/** What incidents keep of a person: the notes it wrote, and the descriptions of what it called about. */
export async function personalOf(
  client: Queryable,
  providerId: string,
  person: string,
): Promise<{ id: string; commitments: string[] }[]> {
  const { rows } = await client.query(
    `select x.id, array_agg(distinct x.commitment) as commitments from (
       select n.incident_id as id, n.commitment from operation.note n where n.provider_id = $1 and n.author_id = $2
       union all select v.record_id, v.commitment from operation.incident i join core.personal_value v on v.provider_id = i.provider_id and v.record_id = i.id and v.field = 'description'
         where i.provider_id = $1 and i.caller = $2) x group by x.id order by x.id`,
    [providerId, person],
  );
  return rows as { id: string; commitments: string[] }[]; // the select list
}
