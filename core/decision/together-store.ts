// What several customers agreed on about deciding together, and which of them opted out: read from the record's lineage.
import type { Queryable } from '../database/queryable.ts';
import type { EveryFact } from '../record/define/fact.ts';
import type { RecordData } from '../record/define/data.ts';
import type { Registry } from '../record/define/work.ts';
import { optedOut, termsOf } from '../record/read/opted-out.ts';
import { eachDecides } from './together.ts';
import type { Terms, Together } from './together.ts';

/** How the customers of a record decide together. What is of one customer, or of none, is not asked about. */
export async function togetherOn(
  client: Queryable,
  registry: Registry,
  { providerId, id, customers }: Pick<RecordData, 'providerId' | 'id' | 'customers'>,
): Promise<Together> {
  if (customers.length < 2) return eachDecides;
  const { rows } = await client.query<{ terms: Terms | null; optedOut: string[] }>(
    `select t.terms, ${optedOut(registry)} as "optedOut"
     from core.record r
     cross join lateral (select (${termsOf(registry)}) as terms offset 0) t
     where r.provider_id = $1 and r.id = $2`,
    [providerId, id],
  );
  const [found] = rows;
  return { ...eachDecides, ...found?.terms, optedOut: found?.optedOut ?? [] };
}

/** The fact that is known of every record. */
export const togetherKnown: EveryFact = ({ client, registry }, data) => togetherOn(client, registry, data);
