import type { Queryable } from '../../database/queryable.ts';
import { facetsOf, sinceOf } from '../../permission/facet.ts';
import type { Principal } from '../../permission/principal.ts';
import type { RecordData } from '../define/data.ts';

/** Since when somebody sees a record, where that is not its beginning: nobody reads what was before. */
export async function seenSince(
  client: Queryable,
  principal: Principal,
  { providerId, id }: Pick<RecordData, 'providerId' | 'id'>,
): Promise<string | null> {
  const facets = facetsOf(principal);
  if (facets === null) return null;
  const { rows } = await client.query<{ since: string | null }>({
    name: 'seen since',
    text: `select nullif(${sinceOf('$3')}, '-infinity') as since
      from core.record r
      where r.provider_id = $1 and r.id = $2`,
    values: [providerId, id, facets],
  });
  return rows[0]?.since ?? null;
}

/** Those of some acts that came after it. */
export const after = <T extends { occurredAt: string }>(since: string | null, acts: readonly T[]): T[] =>
  acts.filter(({ occurredAt }) => since === null || Date.parse(occurredAt) > Date.parse(since));

/** As a condition, on a column with an instant and the parameter that holds `seenSince`. */
export const isAfter = (instant: string, since: string): string =>
  `${instant} > coalesce(${since}::timestamptz, '-infinity')`;
