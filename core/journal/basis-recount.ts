// The list of decisions whose basis changed, computed anew: a part of `verify`.
import { changedOf } from '../decision/basis-watch.ts';
import type { Decided } from '../decision/basis-watch.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Difference } from './fold.ts';
import type { Recount } from './recount.ts';

/** What was ever approved, some at a time. */
const batch = 500;

async function decidedAfter(client: Queryable, after: string): Promise<(Decided & { ref: string; kept: string[] })[]> {
  const { rows } = await client.query(
    `select r.id,
       r.provider_id as "providerId",
       r.type,
       r.state,
       r.content_hash as "contentHash",
       r.ref,
       coalesce(
         (
           select array_agg(b.decision_id::text order by b.decision_id)
           from core.basis_change b
           where b.provider_id = r.provider_id and b.subject_id = r.id),
         '{}') as kept
     from core.record r
     where r.id > $1
       and exists (
         select
         from core.decision d
         where d.provider_id = r.provider_id and d.subject_id = r.id)
     order by r.id
     limit ${batch}`,
    [after],
  );
  return rows as (Decided & { ref: string; kept: string[] })[]; // the select list
}

export const basisRecount: Recount = {
  what: 'decisions whose basis changed',
  differences: async (client, { registry, now }) => {
    const found: Difference[] = [];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const subjects = await decidedAfter(client, after);
      for (const subject of subjects) {
        const changed = (await changedOf(client, registry, subject, now)).map(({ id }) => id).toSorted();
        if (changed.join() !== subject.kept.join())
          found.push({
            record: subject.ref,
            what: `decisions kept as standing on something altered are ${subject.kept.length}; computed anew they are ${changed.length}`,
          });
      }
      const last = subjects.at(-1);
      if (!last) return found;
      after = last.id;
    }
  },
};
