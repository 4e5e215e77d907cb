import { withRoleNames } from '../permission/role-names.ts';
import { principalOfPerson } from '../permission/resolve.ts';
import type { Work } from '../record/define/work.ts';
import { authority } from './authority.ts';
import type { GateContext } from './context.ts';
import { pastActorsOf } from '../record/edit/move.ts';

export interface Decider {
  person: string;
  role: string;
  mayDecide: boolean;
  why: string;
}

/** The people whose role would let them decide here, and for each whether it does and why not. At most twenty. */
export async function decidersOf(work: Work, context: GateContext): Promise<Decider[]> {
  const { gate, subject } = context;
  const { rows } = await work.client.query<{ person: string; role: string; side: string | null }>(
    `select g.person,
       min(g.role) as role,
       (
         select s.side
         from core.lineage_side s
         where s.provider_id = $1 and s.lineage_id = $4 and s.person_id = g.person) as side
     from core.role_grant g
     where g.provider_id = $1
       and g.state = 'active'
       and g.role = any($2)
       and (g.customer is null or g.customer = any($3::uuid[]))
     group by g.person
     order by g.person
     limit 20`,
    [subject.providerId, gate.roles, subject.customers, subject.lineage],
  );
  const pastActors = await pastActorsOf(work.client, subject, { separation: context.separation });
  const deciders: Decider[] = [];
  for (const row of rows) {
    const principal = await principalOfPerson(
      work.client,
      work.application.registry.roles,
      { providerId: subject.providerId, id: row.person },
      work.now,
    );
    if (!principal) continue;
    const { refusals, selfChecked } = authority({ ...context, principal, side: row.side, pastActors });
    const [first] = withRoleNames(work.application.registry.roles, refusals);
    const reason = first?.sentence ?? (selfChecked ? 'May decide; it will be marked self-checked.' : 'May decide.');
    deciders.push({ person: row.person, role: row.role, mayDecide: refusals.length === 0, why: reason });
  }
  return deciders;
}
