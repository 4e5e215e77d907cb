// The days that are compared: fixed when the improvement is justified, before anybody knows what they will show. Pure.
import { dayMs } from '../../core/clock/units.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { Effect } from './effect.ts';
import type { improvementRecord } from './record.ts';

type Values = Pick<FieldsOf<typeof improvementRecord>, 'implementedOn' | 'washoutDays' | 'afterDays'> & Compared;
/** How far a first comparison came. */
type Compared = { verdict: Pick<Verdict, 'verdict' | 'extended'> | null };

export interface Point {
  /** The day, or the last day of the period. */
  at: string;
  value: number;
}

/** Both days included. */
export interface Window {
  from: string;
  to: string;
}

/** What is compared with later: written once, when the improvement is justified. */
export interface Baseline {
  frozenAt: string;
  /** `metric`: read from the figures of its metric, day by day. */
  source: 'metric' | 'outcome' | 'given';
  points: readonly Point[];
  /** Over the whole window: what the promise starts from, and what the days after are compared with. */
  level: number;
}

export interface Verdict extends Effect {
  window: Window;
  source: Baseline['source'];
  /** The window was fixed once, and lengthened once because the first comparison decided nothing. */
  extended: boolean;
}

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** The days after the washout; twice as many from when a first comparison decided nothing. Null while they are not known. */
export function windowOf(values: Values): Window | null {
  const { implementedOn, washoutDays, afterDays, verdict } = values;
  if (implementedOn === null || afterDays === null) return null;
  const from = dayAfter(implementedOn, washoutDays ?? 0);
  const days = mayExtend(values) || verdict?.extended ? 2 * afterDays : afterDays;
  return { from, to: dayAfter(from, days - 1) };
}

/** A comparison that decided nothing is repeated once, over twice the days. */
export function mayExtend({ verdict }: Compared): boolean {
  return verdict !== null && verdict.verdict === 'inconclusive' && !verdict.extended;
}

/** Days that are given and are not of the window, or stand there twice. */
export function strayDays(points: readonly Point[], { from, to }: Window): string[] {
  const days = points.map(({ at }) => at);
  return [...new Set(days.filter((day, index) => day < from || day > to || days.indexOf(day) !== index))];
}
