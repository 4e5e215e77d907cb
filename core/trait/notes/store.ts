import type { Beside, BesideElement } from '../../record/define/beside.ts';
import type { Queryable } from '../../database/queryable.ts';
import { isAfter, seenSince } from '../../record/read/since.ts';
import { facetsOf, saidInFacets } from '../../permission/facet.ts';
import type { Principal } from '../../permission/principal.ts';
import type { PersonalKept, Work } from '../../record/define/work.ts';

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
  record: string,
  notes: readonly { id: string; audience: string; commitment: string }[],
): Promise<void> {
  const { providerId, id } = work.caller.principal;
  await work.client.query({
    name: 'insert notes',
    text: `insert into core.note (provider_id, id, record_id, audience, commitment, author_id, at)
      select $1, x.id, $2, x.audience, x.commitment, $3, $4
      from jsonb_to_recordset($5) as x(id uuid, audience text, commitment text)`,
    values: [providerId, record, id, work.now, JSON.stringify(notes)],
  });
}

/** The notes of a record that somebody may see, oldest first: internal ones are the provider's, a customer's are its own. */
export async function notesOf(
  client: Queryable,
  record: { providerId: string; id: string },
  principal: Principal,
): Promise<Note[]> {
  const { rows } = await client.query(
    `select n.id, n.audience, n.author_id as author, n.at, v.value #>> '{}' as text
     from core.note n
     join core.personal_value v on v.provider_id = n.provider_id
       and v.record_id = n.record_id
       and v.commitment = n.commitment
     where n.provider_id = $1
       and n.record_id = $2
       and (n.audience = 'public' or $3::uuid[] is null)
       and ${saidInFacets({ provider: 'n.provider_id', person: 'n.author_id' }, '$3')}
       and ${isAfter('n.at', '$4')}
     order by n.at, n.id`,
    [record.providerId, record.id, facetsOf(principal), await seenSince(client, principal, record)],
  );
  return rows as Note[]; // the select list is Note
}

/** The notes that a person wrote on records of a type. */
export async function notesBy(
  client: Queryable,
  { providerId, person, type }: { providerId: string; person: string; type: string },
): Promise<PersonalKept[]> {
  const { rows } = await client.query(
    `select n.record_id as id, array_agg(n.commitment) as commitments
     from core.note n
     join core.record r on r.provider_id = n.provider_id and r.id = n.record_id
     where n.provider_id = $1
       and n.author_id = $2
       and r.type = $3
     group by n.record_id
     order by n.record_id`,
    [providerId, person, type],
  );
  return rows as PersonalKept[]; // the select list
}

/** Notes as entries tell them: audience and the commitment to the text, which is compared with the personal values; whose note it is, and of when, the entry itself says. */
export const notesBeside: Beside = {
  told: '_notes',
  what: 'note',
  completed: (note, { actorId, recordedAt }) => ({ ...note, author: actorId, at: recordedAt }),
  standing: async (client, providerId, records) => {
    const { rows } = await client.query(
      `select record_id as of, id, audience, commitment, author_id as author, at
       from core.note
       where provider_id = $1
         and record_id = any($2::uuid[])
       order by id`,
      [providerId, records],
    );
    const standing = rows as {
      of: string;
      id: string;
      audience: string;
      commitment: string;
      author: string;
      at: string;
    }[]; // the select list
    const elements = standing.map(({ of, id, audience, commitment, author, at }) => ({
      of,
      element: { id, audience, text: { commitment }, author, at } satisfies BesideElement,
    }));
    return new Map(
      [...Map.groupBy(elements, ({ of }) => of)].map(([of, group]) => [of, group.map(({ element }) => element)]),
    );
  },
};
