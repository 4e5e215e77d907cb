import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { freezeRecord } from './record.ts';
import type { FreezeFacts } from './rules.ts';

/** What the rules of a freeze need to know, over $1 = provider and $2 = record. */
export const freezeFacts: FactsFor<typeof freezeRecord, FreezeFacts> = {
  // Those whose window the freeze overlaps: few at a time.
  changes: `select coalesce(
      jsonb_object_agg(
        c.id,
        jsonb_build_object('ref', r.ref, 'people', jsonb_build_array(c.raised_by, r.owner_id))),
      '{}')
    from transition.freeze f
    join transition.change c on c.provider_id = f.provider_id
      and (f.service is null or c.service = f.service)
      and c.window_from < f.freeze_to
      and f.freeze_from < c.window_to
    join core.record r on r.provider_id = c.provider_id and r.id = c.id
    where f.provider_id = $1 and f.id = $2`,
};

/** Scheduled changes whose window a freeze overlaps: half-open, so touching is allowed. */
export async function scheduledWithin(client: Queryable, providerId: string, freeze: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select c.id
     from transition.freeze f
     join transition.change c on c.provider_id = f.provider_id
       and c.state = 'scheduled'
       and (f.service is null or c.service = f.service)
       and c.window_from < f.freeze_to
       and f.freeze_from < c.window_to
     where f.provider_id = $1 and f.id = $2
     order by c.id`,
    [providerId, freeze],
  );
  return rows.map(({ id }) => id);
}
