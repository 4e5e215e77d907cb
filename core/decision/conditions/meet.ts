// A condition of a decision is met: by its owner, or by who holds the role that decided. Late is better than never.
import { facetOf } from '../../permission/facet.ts';
import type { Caller } from '../../permission/principal.ts';
import { byRightsOfNow } from '../../record/act/rights-of-now.ts';
import { rememberSide } from '../../record/edit/lineage.ts';
import { loadHeader, lock, missing } from '../../record/read/load.ts';
import { save } from '../../record/edit/save.ts';
import { act } from '../../record/act/act.ts';
import { serverRecord } from '../../record/define/work.ts';
import type { Application, Work } from '../../record/define/work.ts';
import { done, refusal, refuse, stop } from '../../refusal/refusal.ts';

/** Records that a condition is met; its owner, or anyone with the role that decided, may. */
export async function meetCondition(application: Application, caller: Caller, id: string, evidence: string) {
  const outcome = await act(application, caller, { command: 'meet condition' }, async (work) => {
    await meet(work, id, evidence);
    return { id };
  });
  if (!outcome.ok) return outcome;
  const { rows } = await application.pool.query(
    `select id, decision_id as decision, text, owner_id as owner, due_at as "dueAt", blocks, state
     from core.condition
     where provider_id = $1 and id = $2`,
    [caller.principal.providerId, id],
  );
  return done(rows[0]);
}

interface Condition {
  subject: string;
  owner: string | null;
  state: string;
  role: string;
  customer: string | null;
}

async function conditionOf({ client, caller }: Work, id: string): Promise<Condition | undefined> {
  const { rows } = await client.query<Condition>(
    `select c.subject_id as subject, c.owner_id as owner, c.state, d.role, d.customer_id as customer
     from core.condition c
     join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
     where c.provider_id = $1 and c.id = $2`,
    [caller.principal.providerId, id],
  );
  return rows[0];
}

async function meet(waiting: Work, id: string, evidence: string): Promise<void> {
  const found = await conditionOf(waiting, id);
  const header = found && (await loadHeader(waiting.client, waiting.caller.principal, found.subject));
  // Another customer's condition is as unknown as the decision that made it.
  const isRead =
    found && (found.owner === waiting.caller.principal.id || facetOf(waiting.caller.principal, [found]).length > 0);
  if (!header || !isRead) stop(missing('condition', id));
  const record = serverRecord(waiting.application.registry, header.type);
  const subject = await lock(waiting, record, header.id);
  const work = await byRightsOfNow(waiting);
  const { principal } = work.caller;
  // Read again behind the lock: somebody else may have met it meanwhile.
  const condition = await conditionOf(work, id);
  if (!condition) throw new Error('a condition stood a moment ago');
  const mayMeet =
    condition.owner === principal.id ||
    principal.grants.some((grant) => grant.role === condition.role && grant.customer === condition.customer);
  if (!mayMeet)
    stop(
      refuse(
        'forbidden',
        refusal('condition.owner', 'A condition is met by its owner or by who set it.', 'Ask its owner.'),
      ),
    );
  if (condition.state === 'met')
    stop(refuse('refused', refusal('condition.met', 'It is recorded as met already.', 'Nothing is left to do.')));
  await work.client.query(
    `update core.condition
     set state = $3, met_by = $4, met_at = $5, evidence = $6
     where provider_id = $1 and id = $2`,
    [principal.providerId, id, 'met', principal.id, work.now, evidence],
  );
  const sided = await rememberSide(work, subject, [condition.role]);
  await save(work, record, subject, {
    extra: { _condition: { id, state: 'met', evidence }, ...sided },
    entry: { kind: 'attested', reason: evidence },
  });
}
