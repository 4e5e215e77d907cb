// A statement is taken back by whoever holds the role that made it: what it said is missing from then on, and nothing older stands instead.
import { byRightsOfNow } from '../record/act/rights-of-now.ts';
import { act } from '../record/act/act.ts';
import { loadHeader, lock, missing } from '../record/read/load.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Application, Work } from '../record/define/work.ts';
import { facetOf } from '../permission/facet.ts';
import type { Caller } from '../permission/principal.ts';
import type { Role } from '../permission/role.ts';
import { done, refusal, refuse, stop } from '../refusal/refusal.ts';
import { evidenceSources, newestStatements } from './evidence.ts';
import { keepStatement, statementOf } from './statement.ts';

/** Takes a statement back, with the reason, which both sides read in the journal. */
export async function takeBackStatement(application: Application, caller: Caller, id: string, reason: string) {
  const outcome = await act(application, caller, { command: 'withdraw attestation' }, async (work) => ({
    id: await takeBack(work, id, reason),
  }));
  if (!outcome.ok) return outcome;
  return done(await statementOf(application.pool, caller.principal.providerId, outcome.value.id));
}

interface Stated {
  subject: string;
  gate: string | null;
  title: string;
  role: Role;
  customer: string | null;
}

async function stated({ client, caller }: Work, id: string): Promise<Stated | undefined> {
  const { rows } = await client.query(
    `select subject_id as subject, gate, title, role, customer_id as customer
     from core.evidence
     where provider_id = $1 and id = $2 and withdraws is null`,
    [caller.principal.providerId, id],
  );
  return rows[0] as Stated | undefined; // the select list is Stated
}

async function takeBack(waiting: Work, id: string, reason: string): Promise<string> {
  const found = await stated(waiting, id);
  const { principal: reader } = waiting.caller;
  const header = found && (await loadHeader(waiting.client, reader, found.subject));
  // Another customer's statement is as unknown as one that is not there.
  if (!header || !facetOf(reader, [found]).length) stop(missing('attestation', id));
  const record = serverRecord(waiting.application.registry, header.type);
  const subject = await lock(waiting, record, header.id);
  const work = await byRightsOfNow(waiting);
  const { gate, title, role, customer } = found;
  const { principal } = work.caller;
  const speaks =
    principal.kind === 'person' &&
    principal.grants.some((grant) => grant.role === role && (grant.side === 'B' ? grant.customer : null) === customer);
  if (!speaks)
    stop(
      refuse(
        'forbidden',
        refusal(
          'attest.not-yours',
          `It was stated as ${role}: only who holds that role takes it back.`,
          'Ask who stated it, or somebody with the same role.',
        ),
      ),
    );
  const standing = newestStatements(await evidenceSources(work.client, record, subject, work.now));
  if (!standing.some((each) => each.id === id))
    stop(
      refuse(
        'refused',
        refusal(
          'attest.replaced',
          'It stands no more: a newer statement took its place, or it was taken back.',
          'Read what stands now.',
        ),
      ),
    );
  const said = { gate, title, role, customer, statement: reason, failed: false, fileName: null, fileHash: null };
  return keepStatement(work, record, subject, { said: { ...said, expiresAt: null, withdraws: id }, reason });
}
