import { lockAll } from '../read/load.ts';
import { optedOutOf } from '../read/opted-out.ts';
import type { RecordData } from '../define/data.ts';
import type { Work } from '../define/work.ts';
import type { Effect, Along } from '../define/consequence.ts';

export interface Found {
  id: string;
  type: string;
  state: string;
}

/** The records that an effect may touch, as they stand now. */
export async function targetsOf(work: Work, record: RecordData, effect: Effect): Promise<Found[]> {
  const { type, along, optedOut = null } = effect;
  if (along === 'lineage') {
    const left = optedOut ? await optedOutOf(work.client, work.application.registry, record) : [];
    const { rows } = await work.client.query<Found>(
      `select r.id, r.type, r.state
       from core.record r
       where r.provider_id = $1
         and r.lineage_id = $2
         and r.type = $3
         and r.id <> $4
         and ($5::text is null or ($5 = 'only') = (cardinality(r.customers) > 0 and r.customers <@ $6::uuid[]))
       order by r.id`,
      [record.providerId, record.lineage, type, record.id, optedOut, left],
    );
    return rows;
  }
  const [first, second] = 'link' in along ? [along] : along;
  const near = await linkedTo(work, record.providerId, [record.id], first, second ? null : type);
  return second
    ? linkedTo(
        work,
        record.providerId,
        near.map(({ id }) => id),
        second,
        type,
      )
    : near;
}

/** The other ends of a link of some records, of one type or of any. */
async function linkedTo(
  work: Work,
  provider: string,
  ids: readonly string[],
  { link, direction }: Along,
  type: string | null,
): Promise<Found[]> {
  const [own, other] = direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id'];
  const { rows } = await work.client.query<Found>(
    `select distinct r.id, r.type, r.state
     from core.link l
     join core.record r on r.provider_id = l.provider_id and r.id = l.${other}
     where l.provider_id = $1
       and l.${own} = any($2::uuid[])
       and l.type = $3
       and l.withdrawn_at is null
       and ($4::text is null or r.type = $4)
     order by r.id`,
    [provider, ids, link, type],
  );
  return rows;
}

/** The effects of a record's move, as the chain declares them. */
export function effectsOf(work: Work, type: string, move: string): Effect[] {
  return work.application.registry.chain
    .filter((each) => each.when.type === type && each.when.move === move)
    .flatMap((each) => each.then);
}

/** Locks a record and all that its move may touch, in id order. */
export async function lockWithTargets(
  work: Work,
  record: RecordData,
  moves: readonly string[],
  further: readonly string[],
): Promise<void> {
  const effects = moves.flatMap((move) => effectsOf(work, record.type, move));
  const targets: string[] = [];
  for (const effect of effects) targets.push(...(await targetsOf(work, record, effect)).map((target) => target.id));
  const ids = [...new Set([record.id, ...targets, ...further])];
  if (ids.length > 1) await lockAll(work, ids);
}
