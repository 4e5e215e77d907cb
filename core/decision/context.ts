// Everything a gate's decision depends on, gathered for the page that shows it and for the act that records it.
import { neededFacts, ruleRefusals } from '../record/define/decide.ts';
import type { Move, Separation } from '../lifecycle/lifecycle.ts';
import { pastActorsOf } from '../record/edit/move.ts';
import { inKnownWords } from '../record/read/veil.ts';
import { factSource, loadFacts } from '../record/edit/facts.ts';
import type { RecordData } from '../record/define/data.ts';
import type { Money } from '../record/define/fields.ts';
import { refusal, unless } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { PolicyResult, ServerRecord, Work } from '../record/define/work.ts';
import { stillAsked } from '../journal/format/made.ts';
import { facetsOf, inFacets } from '../permission/facet.ts';
import { facetAt } from './authority.ts';
import { basisChanged } from './basis.ts';
import { binds } from './conditions/store.ts';
import { declaredAt } from './declared.ts';
import { postsIn } from './open-gates.ts';
import { evidenceHash, evidenceOf, evidenceSources } from './evidence.ts';
import type { EvidenceItem } from './evidence.ts';
import { askedAt, evidenceRefusals, kindsOf, measuredPiece } from './asked.ts';
import type { Asked } from './asked.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { standingDecisions } from './standing-decisions.ts';
import type { StandingDecision } from './standing.ts';
import { togetherOn } from './together-store.ts';
import type { Together } from './together.ts';
import type { PastActors } from '../record/define/decide.ts';

export interface Precondition {
  rule: string;
  sentence: string;
  met: boolean;
  refusals: Refusal[];
}

export interface GateContext {
  gate: Gate;
  subject: RecordData;
  /** The moves that this gate's decision makes, by name. */
  moves: Record<string, Move>;
  inState: boolean;
  /** It may be approved in this state. */
  isOpen: boolean;
  preconditions: Precondition[];
  /** Conditions that block; another customer's without its words. */
  blocking: { id: string; text: string | null; state: string }[];
  evidence: EvidenceItem[];
  evidenceHash: string;
  /** What was computed and stands in the subject itself. */
  figures: EvidenceItem[];
  asked: Asked[];
  policies: PolicyResult[];
  decisions: StandingDecision[];
  /** How its customers decide together. */
  together: Together;
  /** Decisions in force at this gate that stand on what reads otherwise now; of the facet that is read. */
  changed: StandingDecision[];
  amount: Money | null;
  claimed: string[];
  /** Of these, the ones whose claim a second person of theirs confirmed. */
  confirmed: string[];
  side: string | null;
  separation: readonly Separation[];
  pastActors: PastActors;
  /** Where a move asks for the decision: it was made, and the decision still is asked for. */
  isAskedFor: boolean;
  /** When the subject came to the state it waits in. */
  openedAt: string;
}

/** Gathers a gate's context for a subject that the caller may see; `customer` is whom the caller means to decide for. */
export async function gateContext(
  work: Work,
  record: ServerRecord,
  { gate, subject, customer }: Pick<GateContext, 'gate' | 'subject'> & { customer?: string | undefined },
): Promise<GateContext> {
  const {
    moves,
    inState,
    isOpen,
    rules: names,
    separation,
  } = declaredAt(record.definition.lifecycle, gate, subject.state);
  const facts = await loadFacts(factSource(work), record, subject, neededFacts(names, record.rules));
  const sources = await evidenceSources(work.client, record, subject, work.now);
  const amount = amountOf(record, gate, subject);
  const { principal } = work.caller;
  const facet = facetAt({ gate, subject, principal, customer, amount });
  const evidence = kindsOf(gate, evidenceOf(record, { gate: gate.code, customer: facet }, sources));
  const figures = (record.measured?.(gate.code, subject) ?? []).map((figure) => measuredPiece(subject, figure));
  const decisions = await standingDecisions(work.client, record, subject, work.now);
  return {
    gate,
    subject,
    moves,
    separation,
    evidence,
    evidenceHash: evidenceHash(evidence),
    figures,
    asked: askedAt(gate, subject.profile, [...evidence, ...figures]),
    inState,
    isOpen,
    preconditions: await inWords(
      work,
      names.map((rule) => precondition(work, record, rule, subject, facts)),
    ),
    policies: (await work.application.registry.policies?.(work, gate, subject, facet)) ?? [],
    decisions,
    together: await togetherOn(work.client, work.application.registry, subject),
    changed: basisChanged(
      record.definition.lifecycle,
      work.application.registry.gates,
      subject.state,
      decisions,
    ).filter(
      (each) => each.gate === gate.code && (facet === null || each.customer === null || each.customer === facet),
    ),
    amount,
    pastActors: await pastActorsOf(work.client, subject, { separation }),
    ...(await surroundings(work, record, gate, subject)),
  };
}

/** What a rule says of records that its reader may not see, it says without their names. */
const inWords = async ({ client, caller }: Work, all: readonly Precondition[]): Promise<Precondition[]> =>
  Promise.all(
    all.map(async (each) => ({ ...each, refusals: await inKnownWords(client, caller.principal, each.refusals) })),
  );

function precondition(
  work: Work,
  record: ServerRecord,
  rule: string,
  subject: RecordData,
  facts: Record<string, unknown>,
): Precondition {
  const context = { record: subject, values: subject.fields, facts, actor: work.caller.principal, now: work.now };
  const refusals = ruleRefusals([rule], record.rules, context);
  return { rule, sentence: record.rules[rule]?.sentence ?? rule, met: refusals.length === 0, refusals };
}

function amountOf(record: ServerRecord, gate: Gate, subject: RecordData): Money | null {
  const field = gate.money ? record.amount?.[gate.code] : undefined;
  return field ? ((subject.fields[field] as Money | null | undefined) ?? null) : null; // a money field by declaration
}

interface Surroundings {
  blocking: { id: string; text: string | null; state: string }[];
  claimed: string[];
  /** Of these, the ones whose claim a second person of theirs confirmed. */
  confirmed: string[];
  side: string | null;
  /** Where a move asks for the decision: it was made, and the decision still is asked for. */
  isAskedFor: boolean;
  openedAt: string;
}

/** Conditions of earlier decisions on this lineage that block the gate, claimed customers, the caller's side, and since when it waits. */
async function surroundings(
  work: Work,
  { definition: { lifecycle } }: ServerRecord,
  gate: Gate,
  subject: RecordData,
): Promise<Surroundings> {
  const posts = postsIn(lifecycle, subject.state).filter((post) => post.gate === gate.code);
  const asking = posts.flatMap(({ askedBy, within }) => (askedBy === null ? [] : [{ move: askedBy, within }]));
  const isAsked = !posts.length || asking.length < posts.length;
  const { rows } = await work.client.query<Surroundings>(
    `select coalesce(
       (
         select jsonb_agg(
           jsonb_build_object(
             'id', c.id, 'state', c.state, 'text', case when ${inFacets('d.customer_id', '$10')} then c.text end))
         from core.condition c
         join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
         join core.record o on o.provider_id = c.provider_id and o.id = c.subject_id
         where c.provider_id = $1 and o.lineage_id = $3 and c.blocks = $4 and ${binds}),
       '[]') as blocking,
       coalesce(
         (
           select array_agg(k.id)
           from core.customer k
           where k.provider_id = $1 and k.id = any($5::uuid[]) and k.claimed_at is not null),
         '{}') as claimed,
       coalesce(
         (
           select array_agg(k.id)
           from core.customer k
           where k.provider_id = $1 and k.id = any($5::uuid[]) and k.standing = 'confirmed'),
         '{}') as confirmed,
       (
         select s.side
         from core.lineage_side s
         where s.provider_id = $1 and s.lineage_id = $3 and s.person_id = $6) as side,
       $8::boolean or exists (
         select
         from jsonb_to_recordset($9::jsonb) as w(move text, within text[])
         where ${stillAsked({ provider: '$1', record: '$2', move: 'w.move', within: 'w.within' })}) as "isAskedFor",
       coalesce(
         (
           select max(j.recorded_at)
           from core.journal j
           where j.provider_id = $1 and j.record_id = $2 and j.to_state is not null),
         $7::timestamptz) as "openedAt"`,
    [
      subject.providerId,
      subject.id,
      subject.lineage,
      gate.code,
      subject.customers,
      work.caller.principal.id,
      subject.createdAt,
      isAsked,
      JSON.stringify(asking),
      facetsOf(work.caller.principal),
    ],
  );
  const found = rows[0];
  if (!found) throw new Error('a select without from gives a row');
  return found;
}

/** Of a gate that a move asks for: nobody decides what nobody asks. */
export const notAskedFor = ({ inState, isAskedFor }: Pick<GateContext, 'inState' | 'isAskedFor'>): Refusal[] =>
  unless(
    !inState || isAskedFor,
    refusal('decision.not-asked', 'Nobody asks for this decision now.', 'Wait until it is proposed.'),
  );

/** Why an approval cannot be recorded now; empty when the gate is open. */
export function closedBecause(context: GateContext): Refusal[] {
  const refusals = [...context.preconditions.flatMap((each) => each.refusals), ...notAskedFor(context)];
  for (const condition of context.blocking)
    refusals.push(
      refusal(
        'decision.condition-open',
        condition.text === null
          ? 'A condition of an earlier decision, made for another organisation, is not met.'
          : `A condition of an earlier decision ${condition.state === 'lapsed' ? 'lapsed without being met' : 'is not met'}: ${condition.text.replace(/\.$/, '')}.`,
        'Have its owner record that it is met.',
      ),
    );
  for (const policy of context.policies.filter(
    (each) => each.effect !== 'advise' && each.verdict !== 'met' && each.verdict !== 'waived',
  )) {
    refusals.push(
      refusal(
        'decision.policy',
        `The policy "${policy.title}" is not met: ${policy.sentence}`,
        policy.effect === 'waivable' ? 'Mend the subject, or ask the policy owner for a waiver.' : 'Mend the subject.',
      ),
    );
  }
  refusals.push(...evidenceRefusals(context.gate, context.asked, [...context.evidence, ...context.figures]));
  return refusals;
}

export function notInState({ gate, subject, moves }: GateContext): Refusal {
  const from = [...new Set(Object.values(moves).flatMap((each) => each.from))].join(' or ').replaceAll('_', ' ');
  return refusal(
    'decision.not-open',
    `${subject.ref} is ${subject.state.replaceAll('_', ' ')}; ${gate.code} is decided ${from ? `while it is ${from}` : 'in another state'}.`,
    'Bring the record to that state first.',
  );
}
