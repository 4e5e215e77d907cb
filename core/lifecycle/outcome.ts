// What a move comes to, as its lifecycle says it: the state, the fields it sets by itself, what the clocks do. Pure.
import type { Json } from '../journal/format/hash.ts';
import { leadsTo } from './lifecycle.ts';
import type { Lifecycle, Move, Sets } from './lifecycle.ts';

/** What the clocks of a record do because of a move; without kinds it is meant for all of them. */
export type ClockAct =
  | { act: 'run' }
  | { act: 'pause'; reason: string }
  | { act: 'stop'; kinds?: readonly string[]; at: Readonly<Record<string, string>> }
  | { act: 'cancel' };

export interface MoveOutcome {
  to: string;
  /** Values that it writes by itself, by field. */
  sets: Record<string, unknown>;
  clocks: readonly ClockAct[];
  /** What its clocks measure by is decided anew. */
  measures: boolean;
  /** What its journal entry tells besides. */
  extra: Record<string, Json>;
}

export interface Moved {
  lifecycle: Lifecycle;
  move: Move;
  /** The state it starts from. */
  from: string;
  /** Values after what it asks for is taken in. */
  values: Readonly<Record<string, unknown>>;
  /** A system's move names nobody. */
  actor: { id: string; kind?: string };
  /** ISO instant. */
  now: string;
}

/**
 * The values that a move sets by itself.
 * @example setsOf({ move: { sets: { resolvedAt: 'now', reopenCount: '+1', pendingReason: null }, ... }, ... }) // { resolvedAt: '2026-06-05T08:00:00.000Z', reopenCount: 2, pendingReason: null }
 */
export function setsOf({ move, values, actor, now }: Moved): Record<string, unknown> {
  const value = (name: string, how: Sets): unknown => {
    if (how === 'now') return now;
    if (how === 'now-once') return values[name] ?? now;
    if (how === 'actor') return actor.kind === 'system' ? (values[name] ?? null) : actor.id;
    if (how === '+1') return Number(values[name] ?? 0) + 1;
    return how;
  };
  const sets = Object.entries(move.sets ?? {});
  return Object.fromEntries(sets.flatMap(([name, how]) => (how === undefined ? [] : [[name, value(name, how)]])));
}

/** What the clocks do: by the states it leaves and reaches, and the kinds that the move itself stops. */
export function clockActs({ lifecycle, move, from, values }: Moved): ClockAct[] {
  const acts: ClockAct[] = move.stops ? [{ act: 'stop', kinds: move.stops, at: {} }] : [];
  const before = lifecycle.states[from]?.clocks;
  const after = lifecycle.states[leadsTo(move, from)]?.clocks;
  if (before === after) return acts;
  if (after === 'run') return [...acts, { act: 'run' }];
  if (after === 'cancel') return [...acts, { act: 'cancel' }];
  const { pausedFor, stoppedAt = {} } = lifecycle.clocks ?? {};
  if (after === 'pause') return [...acts, { act: 'pause', reason: pausedFor ? String(values[pausedFor]) : '' }];
  const given = Object.entries(stoppedAt).flatMap(([kind, field]) => {
    const at = values[field];
    return typeof at === 'string' ? [[kind, at]] : [];
  });
  return [...acts, { act: 'stop', at: Object.fromEntries(given) as Record<string, string> }];
}
