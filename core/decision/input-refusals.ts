// Why a decision cannot be recorded as it was written.
import type { Grant } from '../permission/principal.ts';
import { refusal, unless } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { askAgain, stands } from './basis.ts';
import { closedBecause, notAskedFor, notInState } from './context.ts';
import type { GateContext } from './context.ts';
import { movesOn } from './declared.ts';
import type { DecisionOutcome } from '../lifecycle/gate.ts';
import type { DecisionInput } from './record-decision.ts';
import type { StandingDecision } from './standing.ts';
import { boundBy } from './together.ts';

const approves = (outcome: DecisionOutcome) => outcome === 'approve' || outcome === 'approve_with_conditions';

/** Why this outcome cannot be recorded now, whoever decides: the same as the gate's page tells. */
export function inputRefusals(context: GateContext, input: DecisionInput, grant: Grant | undefined): Refusal[] {
  const refusals: Refusal[] =
    context.inState || input.outcome === 'withdraw'
      ? outcomeRefusals(context, input, grant)
      : answerRefusals(context, input, grant);
  if (!input.reason.trim())
    refusals.push(refusal('decision.reason', 'A decision needs a reason.', 'Say why in a sentence.', 'reason'));
  if (input.outcome === 'approve_with_conditions' && !input.conditions?.length)
    refusals.push(
      refusal(
        'decision.conditions',
        'Approving with conditions needs at least one condition.',
        'Write the condition, its owner and what it blocks.',
        'conditions',
      ),
    );
  return refusals;
}

/** Past the gate only what stands on something altered since is asked about again, and of who decided it. */
function answerRefusals(
  context: GateContext,
  { outcome, variant }: DecisionInput,
  grant: Grant | undefined,
): Refusal[] {
  const isAsked = context.changed.some(({ customer }) => customer === null || customer === grant?.customer);
  const isAnswer = approves(outcome) ? variant === stands : outcome === 'defer' && variant === askAgain;
  return isAsked && isAnswer ? [] : [notInState(context)];
}

function outcomeRefusals(context: GateContext, input: DecisionInput, grant: Grant | undefined): Refusal[] {
  if (approves(input.outcome)) return closedBecause(context);
  if (input.outcome === 'withdraw') return grant ? withdrawable(context, grant) : [];
  if (input.outcome === 'opt_out') return mayLeave(context, grant);
  return [...notAskedFor(context), ...(input.outcome === 'reject' ? rejectable(context, input) : [])];
}

/** A customer leaves what it shares in with others, before it begins; the last one refuses instead. */
function mayLeave(context: GateContext, grant: Grant | undefined): Refusal[] {
  const { gate, subject, together } = context;
  if (!gate.leaves || subject.customers.length < 2)
    return [
      refusal(
        'decision.no-opting-out',
        gate.leaves ? 'It is of no other customer.' : `Nobody opts out at ${gate.code}.`,
        'Refuse it instead.',
      ),
    ];
  if (!context.isOpen) return [notInState(context)];
  const others = boundBy(subject.customers, together).filter((each) => each !== grant?.customer);
  const last = refusal(
    'decision.opting-out-last',
    'All the others opted out already: nothing would be left of it.',
    'Refuse it instead.',
  );
  return [...notAskedFor(context), ...unless(others.length > 0, last)];
}

function rejectable(context: GateContext, input: DecisionInput): Refusal[] {
  const moves = movesOn(context.moves, context.subject.state, 'reject');
  if (moves.length > 1 && !moves.includes(input.variant ?? ''))
    return [
      refusal(
        'decision.variant',
        'A refusal here can lead to several states.',
        `Choose one of: ${moves.join(', ')}.`,
        'variant',
      ),
    ];
  const back = Object.entries(context.moves).some(
    ([name, each]) =>
      each.back && each.on === 'reject' && (moves.length === 1 ? moves[0] === name : input.variant === name),
  );
  if (back && !input.findings?.length)
    return [
      refusal(
        'decision.findings',
        'Sending work back needs findings.',
        'Write at least one finding: which item, how severe, what is wrong.',
        'findings',
      ),
    ];
  return [];
}

function withdrawable(context: GateContext, grant: Grant): Refusal[] {
  const standing = standingWord(context, grant);
  if (standing && (standing.outcome === 'opt_out' ? context.isOpen : isWithdrawable(context))) return [];
  if (!standing)
    return [
      refusal(
        'decision.nothing-to-withdraw',
        `No approval of yours stands at ${context.gate.code}.`,
        'Only who approved takes it back; refuse where it is not decided yet.',
      ),
    ];
  return [
    refusal(
      'decision.not-withdrawable',
      'What was decided here has begun, so that the decision is not withdrawn any more.',
      atOnceOf(context) ?? 'What has begun is undone by a new change or improvement (rule GR7).',
    ),
  ];
}

/** What is done instead of withdrawing an approval whose effect begins with it. */
export const atOnceOf = ({ moves }: Pick<GateContext, 'moves'>): string | undefined =>
  Object.values(moves).find(({ atOnce }) => atOnce !== undefined)?.atOnce;

/** An approval here can be taken back: the record waits still, or a move leads back from where the approval brought it (model GR7). */
export const isWithdrawable = ({ moves, subject, isOpen }: GateContext): boolean =>
  isOpen || movesOn(moves, subject.state, 'withdraw').length > 0;

/** The approval, or the opting out, that stands here of the same customer: nobody withdraws what another organisation decided. */
export const standingWord = (
  { decisions, gate }: Pick<GateContext, 'decisions' | 'gate'>,
  grant: Pick<Grant, 'customer'>,
): StandingDecision | undefined => {
  const own = decisions.findLast(
    (each) =>
      each.gate === gate.code &&
      each.outcome !== 'defer' &&
      each.outcome !== 'withdraw' &&
      each.customer === (gate.side === 'B' ? grant.customer : null),
  );
  return own && own.outcome !== 'reject' && own.ended === null ? own : undefined;
};
