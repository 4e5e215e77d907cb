import { refuse, refusal, stop } from '../../refusal/refusal.ts';
import type { RecordData } from '../define/data.ts';
import type { Work } from '../define/work.ts';

/** What the act's own journal entry tells of a side that it fixed. */
export type Sided = { _side?: string };

/**
 * A person with rights on both sides keeps, along a lineage, the side used first (SD10).
 * Refuses an act under the other side; the first act fixes it, and its entry tells so.
 */
export async function rememberSide(
  work: Work,
  record: Pick<RecordData, 'stage' | 'lineage'>,
  who: readonly string[],
): Promise<Sided> {
  if (record.stage === 'party' || record.stage === 'operation') return {};
  const { principal } = work.caller;
  const sides = [...new Set(principal.grants.filter((grant) => who.includes(grant.role)).map((grant) => grant.side))];
  const first = sides[0];
  if (!first || !['B', 'P', 'X'].includes(first)) return {};
  const { rows } = await work.client.query<{ side: string; kept: boolean }>({
    name: 'lineage side',
    text: `with kept as (
        insert into core.lineage_side (provider_id, lineage_id, person_id, side, since)
        values ($1, $2, $3, $4, $5)
        on conflict do nothing
        returning side)
      select side, true as kept
      from kept
      union all
      select side, false
      from core.lineage_side
      where provider_id = $1 and lineage_id = $2 and person_id = $3
      limit 1`,
    values: [principal.providerId, record.lineage, principal.id, first, work.now],
  });
  const side = rows[0]?.side ?? first;
  if (!sides.some((each) => each === side)) {
    stop(
      refuse(
        'forbidden',
        refusal(
          'separation.sd10',
          `You already acted for side ${side} on this lineage, and this needs side ${sides.join(' or ')}.`,
          'Someone who has not acted for the other side must do it (separation of duties SD10).',
        ),
      ),
    );
  }
  return rows[0]?.kept ? { _side: side } : {};
}
