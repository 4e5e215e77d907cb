import { after, seenSince } from '../record/read/since.ts';
import { decisionsSeen } from './seen.ts';
import { facetOf } from '../permission/facet.ts';
import { loadFacts, factSource } from '../record/edit/facts.ts';
import type { RecordData } from '../record/define/data.ts';
import { toHeader } from '../record/define/data.ts';
import { load, loadHeader, missing } from '../record/read/load.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Application, ServerRecord, Work } from '../record/define/work.ts';
import { nowOf } from '../record/define/work.ts';
import type { Caller } from '../permission/principal.ts';
import type { Role } from '../permission/role.ts';
import { withRoleNames } from '../permission/role-names.ts';
import { withArticle } from '../refusal/article.ts';
import { done, refusal, refuse } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { authority } from './authority.ts';
import type { Authority } from './authority.ts';
import { isDecidedAt, movesOn } from './declared.ts';
import { isWithdrawable, standingWord } from './input-refusals.ts';
import { askAgain, stands } from './basis.ts';
import { changesSince } from './changes-since.ts';
import { shownTogether } from './shown-together.ts';
import { boundBy, eachDecides } from './together.ts';
import { conditionsOn } from './conditions/list.ts';
import { closedBecause, gateContext, notInState } from './context.ts';
import type { GateContext } from './context.ts';
import { gistOf } from './gist.ts';
import { gateFor } from '../lifecycle/gate.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { decidersOf, missingAt, waitsForDecider } from './deciders.ts';
import { inTransaction } from '../database/connect.ts';
import type { Money } from '../record/define/fields.ts';

/** Everything a decider reads at a gate, for a subject that the caller may see. */
export async function gatePage(application: Application, caller: Caller, gateCode: string, name: string) {
  const gate = application.registry.gates.get(gateCode);
  if (!gate) return missing('gate', gateCode);
  const header = await loadHeader(application.pool, caller.principal, name);
  if (!header) return missing('record', name);
  const record = serverRecord(application.registry, header.type);
  if (!isDecidedAt(record.definition.lifecycle, gate.code)) {
    return refuse(
      'not_found',
      refusal(
        'decision.wrong-subject',
        `${gate.code} is not decided on ${withArticle(record.definition.label)}.`,
        'Open the record that the gate belongs to.',
      ),
    );
  }
  // One snapshot, so that evidence, hash and versions belong together.
  return done(
    await inTransaction(application.pool, async (client) => {
      const work: Work = {
        application,
        client,
        caller,
        now: nowOf(application, caller),
        cause: caller.requestId,
        entries: new Map(),
      };
      const subject = await load(client, record, caller.principal, header.id);
      if (!subject) throw new Error(`${header.ref} was there a moment ago`);
      return page(work, record, gateFor(gate, subject.customers), subject);
    }),
  );
}

async function page(work: Work, record: ServerRecord, gate: Gate, subject: RecordData) {
  const context = await gateContext(work, record, { gate, subject });
  const since = await seenSince(work.client, work.caller.principal, subject);
  const named = (refusals: readonly Refusal[]) => withRoleNames(work.application.registry.roles, refusals);
  const asked = context.inState || context.changed.length > 0;
  const closed = named(context.inState ? closedBecause(context) : asked ? [] : [notInState(context)]);
  const mine = named(authority({ ...context, principal: work.caller.principal }).refusals);
  const deciders = await decidersOf(work, context);
  const missingRoles = asked ? await missingAt(work, context) : [];
  const costPerDay = record.delayCost
    ? ((
        await loadFacts(factSource(work), { ...record, facts: { delayCost: record.delayCost } }, subject, ['delayCost'])
      )['delayCost'] as Money | null)
    : null;
  const shownDecisions = after(since, facetOf(work.caller.principal, context.decisions));
  const shown = {
    gate: gate.code,
    label: gate.label,
    question: gate.question,
    side: gate.side,
    roles: gate.roles,
    subject: toHeader(subject),
    subjectHash: subject.contentHash,
    open: closed.length === 0,
    inState: context.inState,
    asked,
    preconditions: context.preconditions.map((each) => ({ ...each, refusals: named(each.refusals) })),
    expectedEvidence: context.asked.map(({ from: _from, ...each }) => ({
      ...each,
      roles: [...each.roles],
      mine: each.roles.some((role) => speaksAs(work, subject, role)),
    })),
    evidence: [...context.evidence, ...context.figures].map((each) => ({
      ...each,
      mine: each.role !== null && speaksAs(work, subject, each.role, each.customer),
    })),
    evidenceHash: context.evidenceHash,
    policies: context.policies,
    deciders,
    waitsForDecider: asked && (missingRoles.length > 0 || waitsForDecider(context, deciders)),
    missingRoles,
    mayDecide: { allowed: mine.length === 0, refusals: mine },
    closedBecause: closed,
    outcomes: [
      ...(context.inState || !context.changed.length ? outcomesOf(context, record) : answers),
      ...withdrawalOf(
        context,
        record,
        authority({ ...context, amount: null, together: eachDecides, principal: work.caller.principal }),
      ),
    ],
    // What was before somebody came to share in it is not told to them.
    changes: (await changesSince(work, record, context)).map((each) =>
      since === null ? each : { ...each, parts: [] },
    ),
    gist: await gistOf(work, context),
    decisions: shownDecisions,
    conditions: await conditionsOn(work.client, subject, shownDecisions),
    together: shownTogether(context, work.caller.principal),
    waitingSince: context.openedAt,
    costPerDay,
  };
  const names = await namesOf(
    work.client,
    work.caller.principal,
    idsIn([
      shown.evidence,
      shown.decisions,
      shown.conditions,
      shown.changes,
      shown.gist,
      deciders,
      missingRoles,
      subject.owner,
      subject.customers,
    ]),
  );
  return {
    ...shown,
    // Who decides for another customer is not told, nor what a record is called that is hidden.
    deciders: deciders.filter(({ person }) => person in names),
    missingRoles: missingRoles.filter(({ customer }) => customer === null || customer in names),
    evidence: shown.evidence.filter(({ type, id }) => type === 'attestation' || id in names),
    changes: shown.changes.filter(
      ({ id, type }) => type === 'attestation' || type === 'policy' || id === subject.id || id in names,
    ),
    gist: shown.gist.filter(({ id }) => id === subject.id || id in names),
    decisions: decisionsSeen(shown.decisions, names, new Set(shown.evidence.map(({ id }) => id))),
    names,
  };
}

/** Whether the caller states things in a role here; of what was stated, for the same customer. */
const speaksAs = (
  { caller: { principal } }: Work,
  subject: RecordData,
  role: Role,
  customer?: string | null,
): boolean =>
  principal.kind === 'person' &&
  principal.grants.some(
    (grant) =>
      grant.role === role &&
      (grant.customer === null || subject.customers.includes(grant.customer)) &&
      (customer === undefined || (grant.side === 'B' ? grant.customer : null) === customer),
  );

/** What is answered where a decision stands on something altered since. */
const answers = [
  { outcome: 'approve', variant: stands, label: 'It stands', to: null, needsFindings: false },
  {
    outcome: 'approve_with_conditions',
    variant: stands,
    label: 'It stands, with conditions',
    to: null,
    needsFindings: false,
  },
  { outcome: 'defer', variant: askAgain, label: 'Ask again', to: null, needsFindings: false },
];

function outcomesOf(context: GateContext, { definition }: ServerRecord) {
  const { moves, subject } = context;
  const open = Object.entries(moves).filter(([, each]) => each.from.includes(subject.state));
  const label = (state: string | null) => (state ? (definition.lifecycle.states[state]?.label ?? state) : null);
  const to = open.find(([, each]) => each.on === 'approve')?.[1].to ?? null;
  return [
    {
      outcome: 'approve',
      variant: null,
      label: open.find(([, each]) => each.on === 'approve')?.[1].label ?? 'Approve',
      to: label(to),
      needsFindings: false,
    },
    {
      outcome: 'approve_with_conditions',
      variant: null,
      label: 'Approve with conditions',
      to: label(to),
      needsFindings: false,
    },
    ...open
      .filter(([, each]) => each.on === 'reject')
      .map(([name, each]) => ({
        outcome: 'reject',
        variant: name,
        label: each.label,
        to: label(each.to),
        needsFindings: each.back === true,
      })),
    ...(open.some(([, each]) => each.on === 'reject')
      ? []
      : [{ outcome: 'reject', variant: null, label: 'Refuse', to: null, needsFindings: false }]),
    { outcome: 'defer', variant: null, label: 'Defer', to: null, needsFindings: false },
    ...(leavesTo(context)
      ? [{ outcome: 'opt_out', variant: null, label: 'Opt out', to: null, needsFindings: false }]
      : []),
  ];
}

/** A customer may leave it to the others. */
const leavesTo = ({ gate, subject, together, isOpen }: GateContext) =>
  gate.leaves === true && isOpen && boundBy(subject.customers, together).length > 1;

/** Where an approval of the reader's own stands and its effect has not begun: that it may be taken back. */
function withdrawalOf(context: GateContext, { definition }: ServerRecord, { grant, refusals }: Authority) {
  const own = grant && !refusals.length ? standingWord(context, grant) : undefined;
  if (own?.outcome === 'opt_out')
    return context.isOpen
      ? [{ outcome: 'withdraw', variant: null, label: 'Take the opting out back', to: null, needsFindings: false }]
      : [];
  if (!own || !isWithdrawable(context)) return [];
  const [move] = movesOn(context.moves, context.subject.state, 'withdraw').flatMap((name) => context.moves[name] ?? []);
  const to = move && (definition.lifecycle.states[move.to]?.label ?? move.to);
  return [
    {
      outcome: 'withdraw',
      variant: null,
      label: move?.label ?? 'Withdraw the approval',
      to: to ?? null,
      needsFindings: false,
    },
  ];
}
