import { organisationEnded } from '../../permission/ended.ts';
import { readingRole, rightsOver } from '../../permission/principal.ts';
import { seesProvider } from '../../permission/scope.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { refusal } from '../../refusal/refusal.ts';
import { asked, leadsTo, needsReason } from '../../lifecycle/lifecycle.ts';
import type { Lifecycle, Move } from '../../lifecycle/lifecycle.ts';
import { clockActs, setsOf } from '../../lifecycle/outcome.ts';
import type { MoveOutcome } from '../../lifecycle/outcome.ts';
import type { Rule, RuleContext } from './rule.ts';

export interface MoveInput {
  reason?: string | undefined;
  reasonCode?: string | undefined;
  [field: string]: unknown;
}

/** Who is barred: by separation id, the persons who made one of the named moves. */
export type PastActors = Readonly<Record<string, readonly string[]>>;

export interface Ask {
  lifecycle: Lifecycle;
  moveName: string;
  input: MoveInput;
  context: RuleContext;
  rules: Readonly<Record<string, Rule>>;
  /** By move name (or `create`): who made it on this record. */
  pastActors: PastActors;
  /** By a decision at the move's own gate, or by the system. */
  by: 'person' | 'decision' | 'system';
}

/** In `who`: everybody who may see the record; its rules say the rest. */
export const anybody = '*';

/** The refusals of a role check alone. */
export function roleRefusals(who: readonly string[], held: readonly { role: string }[], what: string): Refusal[] {
  if (held.some(({ role }) => role === readingRole)) return [organisationEnded];
  if (who.includes(anybody) || held.some((grant) => who.includes(grant.role))) return [];
  if (who.length === 0)
    return [refusal('permission.role', `Nobody may ${what}.`, 'It stands as it was made: end it, and make another.')];
  const people = who.filter((role) => role !== 'system');
  const hint = people.length
    ? `Ask someone with one of these roles: ${people.join(', ')}.`
    : 'It happens by itself when its condition is met.';
  return [refusal('permission.role', `You hold no role that may ${what}.`, hint)];
}

/** The refusals of a move's separation of duties. */
export function separationRefusals(move: Pick<Move, 'separation'>, actor: string, past: PastActors): Refusal[] {
  return (move.separation ?? [])
    .filter((rule) => rule.notActorOf.some((name) => past[name]?.includes(actor)))
    .map((rule) =>
      refusal(
        `separation.${rule.id.toLowerCase()}`,
        rule.sentence,
        `Someone else must do this (separation of duties ${rule.id}).`,
      ),
    );
}

/**
 * Within the provider's own side, the light profile turns a separation into a visible mark; between the sides, and in the
 * other profiles, never.
 */
export function marksOnly(
  profile: RuleContext['record']['profile'],
  who: readonly string[],
  held: RuleContext['actor']['grants'],
): boolean {
  return profile === 'light' && held.find((grant) => who.includes(grant.role))?.side === 'P';
}

/** Runs the named rules; all refusals together. */
export function ruleRefusals(
  names: readonly string[],
  rules: Readonly<Record<string, Rule>>,
  context: RuleContext,
): Refusal[] {
  return names.flatMap((name) => {
    const rule = rules[name];
    if (!rule) throw new Error(`no rule called ${name}`);
    return rule.check(context);
  });
}

export type Judgement = { ok: true; outcome: MoveOutcome } | { ok: false; refusals: Refusal[] };

/**
 * Judges a move: gives all that it comes to (state, what it sets, what clocks do, what its entry tells besides), or all
 * refusals together. Pure: every fact comes with the question.
 */
export function decide(ask: Ask): Judgement {
  const move = ask.lifecycle.moves[ask.moveName];
  const refusals = move ? moveRefusals(ask, move) : [unknownMove(ask)];
  return move && !refusals.length ? { ok: true, outcome: outcomeOf(ask, move) } : { ok: false, refusals };
}

/** What a move comes to, judged elsewhere. */
export function outcomeOf({ lifecycle, context, by, pastActors }: Ask, move: Move): MoveOutcome {
  const { record, values, actor, now } = context;
  const moved = {
    lifecycle,
    move,
    from: record.state,
    values,
    actor,
    now,
  };
  const marked = by === 'person' ? selfChecks(move, context, pastActors) : [];
  return {
    to: leadsTo(move, record.state),
    sets: setsOf(moved),
    clocks: clockActs(moved),
    measures: move.measures ?? false,
    extra: marked.length ? { _selfChecked: marked } : {},
  };
}

/** The separations of duties that a move of the light profile passes over: they stand in its journal entry. */
function selfChecks(move: Move, { record, actor }: RuleContext, past: PastActors): string[] {
  if (!marksOnly(record.profile, move.who, actor.grants)) return [];
  return (move.separation ?? [])
    .filter((each) => each.notActorOf.some((name) => past[name]?.includes(actor.id)))
    .map((each) => each.id);
}

const unknownMove = ({ lifecycle, moveName }: Ask): Refusal =>
  refusal('move.unknown', `There is no move called ${moveName}.`, `Moves: ${Object.keys(lifecycle.moves).join(', ')}.`);

/** Why a move may not be made now: state, gate, role, separation, reason, what it asks for, rules. */
function moveRefusals({ lifecycle, input, context, rules, pastActors, by }: Ask, move: Move): Refusal[] {
  const { record } = context;
  const refusals: Refusal[] = [];
  if (!move.from.includes(record.state)) refusals.push(wrongState(lifecycle, move, record));
  if (move.gate && by === 'person') {
    refusals.push(
      refusal(
        'move.gate',
        `"${move.label}" is made by a decision at gate ${move.gate}.`,
        `Record the decision at gate ${move.gate}.`,
      ),
    );
  }
  if (by === 'person') {
    const noRole = roleRefusals(move.who, rightsOver(context.actor.grants, record.customers), `make "${move.label}"`);
    refusals.push(...noRole);
    // How it stands with what the provider alone reads is not told to who could not make the move anyway.
    if (noRole.length && !seesProvider(context.actor)) return refusals;
    if (!marksOnly(record.profile, move.who, context.actor.grants))
      refusals.push(...separationRefusals(move, context.actor.id, pastActors));
  }
  if (by !== 'system' && needsReason(move) && !input.reason)
    refusals.push(refusal('move.reason', `"${move.label}" needs a reason.`, 'Say why in a sentence.', 'reason'));
  const codes = Object.keys(move.reasonCodes ?? {});
  if (by !== 'system' && codes.length && !codes.includes(input.reasonCode ?? ''))
    refusals.push(
      refusal(
        'move.reason-code',
        `"${move.label}" needs a kind of reason.`,
        `Choose one of: ${codes.join(', ')}.`,
        'reasonCode',
      ),
    );
  for (const { field, required } of asked(move)) {
    const value = context.values[field];
    if (required && (value === null || value === undefined || value === ''))
      refusals.push(refusal('move.asked', `"${move.label}" needs ${field}.`, `Give ${field}.`, field));
  }
  return [...refusals, ...ruleRefusals(move.rules ?? [], rules, context)];
}

function wrongState({ states }: Lifecycle, move: Move, record: RuleContext['record']): Refusal {
  const word = (state: string) => (states[state]?.label ?? state).toLowerCase();
  return refusal(
    'move.state',
    `${record.ref} is ${word(record.state)}; "${move.label}" starts from ${move.from.map(word).join(' or ')}.`,
    'Reload the record to see the moves that are open now.',
  );
}

/** Facts that the given rules need. */
export function neededFacts(names: readonly string[], rules: Readonly<Record<string, Rule>>): string[] {
  return [...new Set(names.flatMap((name) => rules[name]?.needs ?? []))];
}
