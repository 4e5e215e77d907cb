// The proof of an effect: the window before is frozen, the window after is read from the same source. What somebody claims is typed
// only where nothing measures it, and then day by day within the window.
import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import type { Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { daysOf, levelOf, measuredPeriods } from '../measurement/index.ts';
import { targetRefusals } from './better-side.ts';
import { effectOf } from './effect.ts';
import { betterOf, measuredMetricOf } from './store.ts';
import type { improvementRecord } from './record.ts';
import { dayAfter, mayExtend, windowOf } from './window.ts';
import type { Baseline, Point, Verdict, Window } from './window.ts';

type Improvement = RecordOf<typeof improvementRecord>;
type Written = Partial<Improvement['fields']>;

const mean = (points: readonly Point[]) => points.reduce((sum, { value }) => sum + value, 0) / points.length;

/** What justifying writes: the baseline, and the value of today that the promise starts from; an earlier verdict is over. */
export async function frozenFields(work: Work, improvement: Improvement): Promise<Written> {
  const baseline = await baselineOf(work, improvement);
  const fields = { baselineFrozen: baseline, verdict: null, afterSeries: null, implementedOn: null };
  if (baseline?.source !== 'metric') return fields;
  const { targetValue } = improvement.fields;
  const baselineValue = Number(baseline.level.toFixed(6));
  const refusals = targetRefusals({ baselineValue, targetValue }, await betterOf(work.client, improvement));
  if (refusals.length) stop(refuse('refused', ...refusals));
  return { ...fields, baselineValue };
}

async function baselineOf(work: Work, improvement: Improvement): Promise<Baseline | null> {
  const { fields, providerId } = improvement;
  const given = fields.beforeSeries ?? [];
  const days = given.map(({ at }) => at).toSorted();
  const window = { from: days[0] ?? '', to: days.at(-1) ?? dayBefore(work.now) };
  // Without days of its own it is the newest that were observed, as many as will be compared.
  const read = await readDays(work, improvement, window, days.length ? undefined : (fields.afterDays ?? 0));
  if (read) return { frozenAt: work.now, source: 'metric', ...read };
  if (given.length) return { frozenAt: work.now, source: 'given', points: given, level: mean(given) };
  if (fields.outcome === null) return null;
  const periods = await measuredPeriods(work.client, providerId, fields.outcome);
  if (!periods.length) return null;
  const points = periods.map(({ periodTo, value }) => ({ at: periodTo, value })).toReversed();
  return { frozenAt: work.now, source: 'outcome', points, level: mean(points) };
}

const dayBefore = (now: string): string => dayAfter(now.slice(0, 10), -1);

/** The figures of its metric in a window, with their level: the ratio of the sums, never the mean of ratios. */
async function readDays(
  work: Work,
  improvement: Improvement,
  window: Window,
  newest?: number,
): Promise<{ points: readonly Point[]; level: number } | null> {
  const metric = measuredMetricOf(improvement.fields);
  const { service } = improvement.fields;
  if (!metric || service === null) return null;
  const { providerId } = improvement;
  const read = await daysOf(work.client, {
    providerId,
    service,
    customer: whoseFigures(improvement),
    metric,
    ...window,
  });
  const judged = newest ? read.judged.slice(-newest) : read.judged;
  const [first] = judged;
  if (!first) return null;
  const all = read.all.filter(({ day }) => day >= first.day);
  const points = judged.map(({ day, value }) => ({ at: day, value }));
  return { points, level: levelOf(all) ?? mean(points) };
}

/** An improvement of one customer is shown and decided there: it is proved by that customer's figures, and tells none of others. */
const whoseFigures = ({ customers: [only, ...others] }: RecordData): string | null =>
  others.length ? null : (only ?? null);

/** What comparing writes. Its rules hold: the window is over, and was not compared before, or decided nothing. */
export async function comparedFields(work: Work, improvement: Improvement): Promise<Written> {
  const { fields } = improvement;
  const [baseline, window] = [fields.baselineFrozen, windowOf(fields)];
  if (!baseline || !window) return { verdict: null };
  const after = await afterOf(work, improvement, { baseline, window });
  if (!after.points.length) stop(nothingThere(window));
  const values = (points: readonly Point[]) => points.map(({ value }) => value);
  const effect = effectOf(values(baseline.points), values(after.points), {
    levels: { before: baseline.level, after: after.level },
    target: fields.targetValue ?? 0,
  });
  const verdict: Verdict | null = effect && {
    ...effect,
    window,
    source: baseline.source,
    extended: mayExtend(fields),
  };
  return { verdict, afterSeries: after.points };
}

async function afterOf(
  work: Work,
  improvement: Improvement,
  { baseline, window }: { baseline: Baseline; window: Window },
): Promise<{ points: readonly Point[]; level: number }> {
  const { fields, providerId } = improvement;
  if (baseline.source === 'metric') return (await readDays(work, improvement, window)) ?? { points: [], level: 0 };
  const points =
    baseline.source === 'given'
      ? (fields.afterSeries ?? [])
      : (await measuredPeriods(work.client, providerId, String(fields.outcome)))
          .filter(({ periodFrom, periodTo }) => periodFrom >= window.from && periodTo <= window.to)
          .map(({ periodTo, value }) => ({ at: periodTo, value }))
          .toReversed();
  return { points, level: points.length ? mean(points) : 0 };
}

const nothingThere = ({ from, to }: Window) =>
  refuse(
    'refused',
    refusal(
      'improvement.no-values',
      `Nothing was measured from ${from} to ${to}.`,
      'Give the values of those days; of what is measured here, declare the days as observed, or enter the measurements of the outcome.',
    ),
  );
