// A lifecycle is one plain, serialisable object: server, API, CLI, screens, documents, checks and tests read the same one.
import { lookup } from '../names/lookup.ts';
import type { Who } from '../permission/role.ts';

export type Tone = 'neutral' | 'running' | 'good' | 'attention' | 'bad' | 'unknown';

export interface State {
  label: string;
  tone: Tone;
  /** No move leads away. */
  final?: true;
  /** The record's fields may be edited here (without it they are frozen). */
  editable?: true;
  /** Where they are frozen: what to do instead of an edit. */
  instead?: string;
  /** What the record's clocks do while it is here; absent: they stand still, stopped. */
  clocks?: 'run' | 'pause' | 'cancel';
}

/**
 * What a move writes into a field by itself: the instant, the instant unless one stands there, the person who makes it, one
 * more than stood there, a plain value, or nothing (`null` clears it).
 */
export type Sets = 'now' | 'now-once' | 'actor' | '+1' | boolean | null;

/** When a move happens by itself, counted from the instant at which the record came into the state. */
export interface After {
  days: number;
  /** Days of the calendar, or those on which the service that the record belongs to is open. */
  counted: 'calendar' | 'service';
  /** The reason that its journal entry gives. */
  because: string;
}

/** Names of fields that clocks are led by. */
export interface ClockFields<A extends string = string> {
  /** Why a clock pauses. */
  pausedFor?: A;
  /** By kind of clock: the instant at which it stops, which may lie before the move. */
  stoppedAt?: Readonly<Record<string, A>>;
}

/** Bars a person who already acted on this subject: "the builder is not the tester". */
export interface Separation<M extends string = string> {
  /** The rule's published number (SD1, SD2, ...). */
  id: string;
  sentence: string;
  /** Moves of this record (or `create`) whose actors are barred. */
  notActorOf: readonly (M | 'create')[];
}

/** Its names: states, rules, fields asked for (with their `?`), fields set, moves. */
export interface Move<
  S extends string = string,
  R extends string = string,
  A extends string = string,
  F extends string = string,
  M extends string = string,
> {
  label: string;
  /** Empty only for nothing: a record is born by `create`. */
  from: readonly S[];
  /** `same`: the record stays in its state. */
  to: S | 'same';
  /** Roles that may make it; `system` for what happens by itself. */
  who: readonly Who[];
  /** Named checks that must all hold. */
  rules?: readonly R[];
  /** Fields of the record that it asks for; a trailing `?` marks one that may stay empty. */
  asks?: readonly A[];
  /** Only a decision at this gate makes the move. */
  gate?: string;
  /** With a gate: the move that asks for this decision. Until it was made nothing waits there, though one may decide. */
  askedBy?: NoInfer<M>;
  /** The decision that makes it; several moves on `reject` are told apart by the decision's variant (the move's name). */
  on?: 'approve' | 'reject' | 'withdraw';
  /** With an approval: its effect begins with it, so that it cannot be withdrawn; what is done instead, as a sentence. */
  atOnce?: string;
  /** Work goes back to an earlier state: needs a reason, counts as rework. */
  back?: true;
  /** Needs a reason though it is no back-edge. */
  reason?: true;
  /** The reasons it may be made for, by code: one of them must be named. */
  reasonCodes?: Readonly<Record<string, string>>;
  /** The system makes it when the record has been in the state for so long. */
  after?: After;
  /** What it writes by itself, beside what it asks for. */
  sets?: { readonly [K in F]?: Sets };
  /** Kinds of clock that it stops, whatever the state it leads to says of the others. */
  stops?: readonly string[];
  /** Decides anew what its clocks measure by. */
  measures?: true;
  separation?: readonly Separation<NoInfer<M>>[];
  /** Shown first, as the page's main button. */
  primary?: true;
}

/** Its names: states, moves, rules, fields that are asked for (with their `?`), fields that are set. */
export interface Lifecycle<
  S extends string = string,
  M extends string = string,
  R extends string = string,
  A extends string = string,
  F extends string = string,
> {
  /** The state a new record has. */
  initial: S;
  /** Those that it has instead where another record's act brings it about. */
  bornIn?: readonly S[];
  states: Readonly<Record<S, State>>;
  create: { who: readonly Who[]; rules?: readonly R[] };
  edit: { who: readonly Who[]; rules?: readonly R[] };
  moves: Readonly<Record<M, Move<S, R, A, F, M>>>;
  clocks?: ClockFields<A>;
  /** Gates whose decision stands beside the record without moving it, with the states they are open in. */
  stands?: Readonly<Record<string, Standing<S, R, M>>>;
}

export interface Standing<S extends string = string, R extends string = string, M extends string = string> {
  in: readonly S[];
  /** The move that asks for this decision. Until it was made nothing waits there, though one may decide. */
  askedBy?: NoInfer<M>;
  rules?: readonly R[];
  separation?: readonly Separation<NoInfer<M>>[];
}

/**
 * Declares a lifecycle. A move from or to a state that does not exist does not compile, nor does a role that nobody has.
 * @example defineLifecycle({ initial: 'open', states: { open: {...}, closed: {...} }, create: {...}, edit: {...}, moves: { close: { from: ['open'], to: 'closed', ... } } })
 */
export function defineLifecycle<
  const S extends string,
  const M extends string,
  const R extends string = never,
  const A extends string = never,
  const F extends string = never,
>(lifecycle: Lifecycle<S, M, R, A, F>): Lifecycle<NoInfer<S>, NoInfer<M>, NoInfer<R>, NoInfer<A>, NoInfer<F>> {
  const { states, moves, stands } = lifecycle;
  return { ...lifecycle, states: lookup(states), moves: lookup(moves), ...(stands ? { stands: lookup(stands) } : {}) };
}

export type StateOf<L> = L extends Lifecycle<infer S> ? S : never;
export type MoveOf<L> = L extends Lifecycle<string, infer M> ? M : never;
export type RuleOf<L> = L extends Lifecycle<string, string, infer R> ? R : never;

/** The fields a move asks for, with whether each must be filled. */
export function asked(move: Move): { field: string; required: boolean }[] {
  return (move.asks ?? []).map((name) =>
    name.endsWith('?') ? { field: name.slice(0, -1), required: false } : { field: name, required: true },
  );
}

/** The state that a move leads to from a state. */
export const leadsTo = ({ to }: Pick<Move, 'to'>, from: string): string => (to === 'same' ? from : to);

export function needsReason(move: Move): boolean {
  return move.back === true || move.reason === true;
}
