import { withRoleNames } from '../permission/role-names.ts';
import { principalOfPerson } from '../permission/resolve.ts';
import type { Work } from '../record/define/work.ts';
import { authority } from './authority.ts';
import type { GateContext } from './context.ts';
import { isApproval } from './standing.ts';
import { voteOf } from './together.ts';
import { neededAt, vacancies } from './vacancies.ts';
import type { Vacancy } from './vacancies.ts';
import { pastActorsOf } from '../record/edit/move.ts';

export interface Decider {
  person: string;
  role: string;
  mayDecide: boolean;
  why: string;
}

interface DeciderRow {
  person: string;
  role: string;
  suspended: boolean;
  side: string | null;
}

/** The most people that a gate lists. */
const mostListed = 20;

/** Among all who are listed fewer may decide than have to. */
export function waitsForDecider({ gate, decisions }: GateContext, deciders: readonly Decider[]): boolean {
  const may = deciders.filter(({ mayDecide }) => mayDecide).map(({ person }) => person);
  const did = decisions.filter((each) => each.gate === gate.code && isApproval(each) && each.basis === 'current');
  const people = new Set(gate.quorum === 'two_people' ? [...may, ...did.map(({ decidedBy }) => decidedBy)] : may);
  return deciders.length < mostListed && people.size < neededAt(gate);
}

/** The roles that fewer people hold than have to decide here: of the provider, or of a customer whose word is awaited. */
export async function missingAt(
  { client, application, now }: Work,
  { gate, subject, decisions, together }: GateContext,
): Promise<Omit<Vacancy, 'gates'>[]> {
  const awaited = subject.customers.filter(
    (customer) => voteOf(decisions, gate.code, customer, together) === 'awaited',
  );
  const { providerId } = subject;
  const found = await vacancies(client, application.registry, { providerId, now, at: { gate, customers: awaited } });
  return found.map(({ gates: _gates, ...each }) => each);
}

/** The people whose role would let them decide here, and for each whether it does and why not. At most twenty. */
export async function decidersOf(work: Work, context: GateContext): Promise<Decider[]> {
  const { gate, subject } = context;
  const { rows } = await work.client.query<DeciderRow>(
    `select g.person,
       min(g.role) as role,
       p.state = 'suspended' as suspended,
       (
         select s.side
         from core.lineage_side s
         where s.provider_id = $1 and s.lineage_id = $4 and s.person_id = g.person) as side
     from core.role_grant g
     join core.person p on p.provider_id = g.provider_id and p.id = g.person
     where g.provider_id = $1
       and g.state = 'active'
       and g.role = any($2)
       and (g.customer is null or g.customer = any($3::uuid[]))
     group by g.person, p.state
     order by g.person
     limit ${mostListed}`,
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
    if (!principal) {
      if (row.suspended) deciders.push({ person: row.person, role: row.role, mayDecide: false, why: 'Is suspended.' });
      continue;
    }
    const { refusals, selfChecked, selfDeclared } = authority({ ...context, principal, side: row.side, pastActors });
    const [first] = withRoleNames(work.application.registry.roles, refusals);
    const marks = [selfChecked && 'self-checked', selfDeclared && 'on a self-declared claim'].filter(Boolean);
    const reason = first?.sentence ?? `May decide${marks.length ? `; it will be marked ${marks.join(', ')}` : ''}.`;
    deciders.push({ person: row.person, role: row.role, mayDecide: refusals.length === 0, why: reason });
  }
  return deciders;
}
