import type { Queryable } from '../../core/record/queryable.ts';

export interface FoundPerson { id: string; providerId: string; customer: string | null; example: boolean }

export async function personByEmail(client: Queryable, email: string): Promise<FoundPerson | undefined> {
  const { rows } = await client.query({
    text: `select p.id, p.provider_id as "providerId", p.customer, v.example from core.person p join core.provider v on v.id = p.provider_id
      where lower(p.email) = lower($1) and p.state = 'active' order by v.example limit 1`,
    values: [email],
  });
  return rows[0] as FoundPerson | undefined;
}
