// The list of decisions whose basis changed, computed anew: a part of `verify`.
import { changedOf } from '../decision/basis-watch.ts';
import type { Decided } from '../decision/basis-watch.ts';
import type { StandingDecision } from '../decision/standing.ts';
import type { Queryable } from '../database/queryable.ts';
import { nilUuid } from '../record/define/id.ts';
import type { Registry } from '../record/define/work.ts';
import type { Difference } from './fold.ts';
import type { Recount } from './recount.ts';

/** What was ever approved, some at a time. */
const batch = 500;
const never = '1970-01-01T00:00:00.000Z';

interface Kept extends Decided {
  ref: string;
  kept: { id: string; gate: string }[];
  /** Of the kept the newest: it was kept by then, however long ago this look over everything began. */
  since: string | null;
  scenarioNow: string | null;
  /** Up to when all was looked for whose day is over. */
  lookedAt: string | null;
  /** Gates (null: all) at which rules moved, and the look at it waits. */
  waiting: (string[] | null)[];
}

async function decidedAfter(client: Queryable, after: string): Promise<Kept[]> {
  const { rows } = await client.query(
    `select r.id,
       r.provider_id as "providerId",
       r.type,
       r.state,
       r.content_hash as "contentHash",
       r.ref,
       v.scenario_now as "scenarioNow",
       a.at as "lookedAt",
       b.kept,
       b.since,
       (
         select coalesce(jsonb_agg(l.gates), '[]')
         from core.basis_look l
         where l.provider_id = r.provider_id
           and (l.lineage_id is null or l.lineage_id = r.lineage_id)
           and l.after < r.id) as waiting
     from core.record r
     join core.provider v on v.id = r.provider_id
     left join core.basis_looked a on a.provider_id = r.provider_id
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object('id', b.decision_id, 'gate', b.gate)), '[]') as kept,
         max(b.since) as since
       from core.basis_change b
       where b.provider_id = r.provider_id and b.subject_id = r.id) b
     where r.id > $1
       and exists (
         select
         from core.decision d
         where d.provider_id = r.provider_id and d.subject_id = r.id)
     order by r.id
     limit ${batch}`,
    [after],
  );
  return rows as Kept[]; // the select list
}

/** What the next look would keep or take out is no difference. */
async function differenceOf(
  client: Queryable,
  registry: Registry,
  subject: Kept,
  outside: string,
): Promise<string | null> {
  const { kept, since, scenarioNow, lookedAt, waiting } = subject;
  const now = scenarioNow ?? outside;
  const changed = await changedOf(client, registry, subject, since !== null && since > now ? since : now);
  const waits = ({ gate }: { gate: string }) => waiting.some((gates) => gates === null || gates.includes(gate));
  const isIn = (list: readonly { id: string }[], { id }: { id: string }) => list.some((each) => each.id === id);
  const extra = kept.filter((each) => !isIn(changed, each) && !waits(each));
  const isDue = (each: StandingDecision) => !isIn(kept, each) && !(waits(each) && onlyRebound(each));
  const missing = changed.some((each) => !isIn(kept, each))
    ? (await changedOf(client, registry, subject, lookedAt ?? never)).filter(
        (each) => isIn(changed, each) && isDue(each),
      )
    : [];
  if (!extra.length && !missing.length) return null;
  return `decisions kept as standing on something altered are ${kept.length}; computed anew they are ${kept.length - extra.length + missing.length}`;
}

const onlyRebound = ({ basis, lapsed, ranOut }: StandingDecision): boolean =>
  basis === 'current' && !lapsed && ranOut.length === 0;

export const basisRecount: Recount = {
  what: 'decisions whose basis changed',
  differences: async (client, { registry, now }) => {
    const found: Difference[] = [];
    let after = nilUuid;
    for (;;) {
      const subjects = await decidedAfter(client, after);
      for (const subject of subjects) {
        const what = await differenceOf(client, registry, subject, now);
        if (what !== null) found.push({ record: subject.ref, what });
      }
      const last = subjects.at(-1);
      if (!last) return found;
      after = last.id;
    }
  },
};
