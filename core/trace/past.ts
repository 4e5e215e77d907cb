import type { Header } from '../record/define/data.ts';
import type { Queryable } from '../database/queryable.ts';

/** The headers with the states they had at an instant, by their journals. One statement. */
export async function inStatesOf(client: Queryable, headers: readonly Header[], asOf: string): Promise<Header[]> {
  const { rows } = await client.query<{ id: string; state: string }>(
    `select r.id, s.to_state as state
     from unnest($1::uuid[]) as r(id),
       lateral (
         select j.to_state
         from core.journal j
         where j.record_id = r.id and j.to_state is not null and j.occurred_at <= $2
         order by j.seq desc
         limit 1) s`,
    [headers.map(({ id }) => id), asOf],
  );
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return headers.map((header) => ({ ...header, state: states.get(header.id) ?? header.state }));
}
