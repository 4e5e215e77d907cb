// Detectors (model F.3): pure functions from series and counts to findings in plain words with their figures.
import type { MeasuredMetric } from '../measurement/index.ts';
import type { Cause } from './pareto.ts';
import { paretoOf } from './pareto.ts';
import type { Misses } from './store.ts';
import { capability } from './xmr.ts';
import type { Insufficient, XmrChart } from './xmr.ts';

export interface Finding {
  /** The same cause and place give the same key. */
  key: string;
  detector: 'xmr' | 'capability' | 'pareto';
  title: string;
  description: string;
  targetStage: 'strategy' | 'design' | 'operation';
  /** The metric that shows the effect of a remedy. */
  metric: string;
}

export interface Judged {
  metric: MeasuredMetric;
  chart: XmrChart | Insufficient;
  /** In words, such as "2016-03-01 to 2016-05-31". */
  period: string;
}

const percent = (share: number) => `${Number((share * 100).toFixed(1)).toLocaleString('en')} %`;
const count = (value: number) => Math.round(value).toLocaleString('en');
const decimals = (value: number) => Number(value.toFixed(2)).toLocaleString('en');

/** Special cause: something happened in the observed time that the process does not make by itself. */
export function specialCauses({ metric, chart, period }: Judged): Finding[] {
  if (chart.kind === 'insufficient') return [];
  const beyond = new Set(chart.signals.filter(({ rule }) => rule === 'beyond_limit').flatMap(({ at }) => at));
  const worse = [...beyond]
    .flatMap((place) => chart.points[place] ?? [])
    .filter(({ value }) => (metric.direction === 'up' ? value < chart.centre : value > chart.centre));
  const [first] = worse;
  if (!first) return [];
  const days = worse
    .slice(0, 5)
    .map(({ from, value }) => `${new Date(from).toISOString().slice(0, 10)} (${decimals(value)} ${metric.unit})`);
  return [
    {
      key: `xmr:${metric.id}`,
      detector: 'xmr',
      metric: metric.id,
      targetStage: 'operation',
      title: `${metric.label}: days that chance does not explain`,
      description: `In ${period}, ${metric.label.toLowerCase()} lay beyond its natural limits (${decimals(chart.lower)} to ${decimals(chart.upper)} ${metric.unit}, mean ${decimals(chart.centre)}) on the worse side ${worse.length} ${worse.length === 1 ? 'time' : 'times'} of ${chart.points.length}: ${days.join(', ')}${worse.length > 5 ? ' and others' : ''}. Something particular happened then: look for it before altering the process.`,
    },
  ];
}

/** Common cause: the process is predictable, and its target lies where it never comes to. */
export function incapable({ metric, chart, period }: Judged): Finding[] {
  const { target } = metric;
  if (!target || chart.kind === 'insufficient') return [];
  const { verdict } = capability(chart, {
    target: target.value,
    better: metric.direction === 'up' ? 'higher' : 'lower',
  });
  if (verdict !== 'not_capable') return [];
  return [
    {
      key: `capability:${metric.id}`,
      detector: 'capability',
      metric: metric.id,
      targetStage: 'design',
      title: `${metric.label}: the target is out of reach of the process as it is`,
      description: `In ${period}, ${metric.label.toLowerCase()} was predictable, between ${decimals(chart.lower)} and ${decimals(chart.upper)} ${metric.unit}, and the target of ${decimals(target.value)} ${metric.unit} lies outside. Effort within the process will not reach it: the service needs another design, or another promise.`,
    },
  ];
}

interface Told {
  title: string;
  who: string;
  metric: string;
  targetStage: Finding['targetStage'];
}

/** The trait that goes with most of the misses beyond chance, if the share of cases within target is below its own target. */
export function causeOfMisses(
  { n, misses, buckets }: Misses,
  { target: { value: target, whose }, period }: { target: NonNullable<MeasuredMetric['target']>; period: string },
): { cause: Cause; tell: (name: string | null) => Finding } | null {
  if (!n || (1 - misses / n) * 100 >= target) return null;
  // The priority sets the target, so it cannot be what misses it; what waits is not counted in the time.
  const [cause] = paretoOf(
    buckets.filter(({ dimension }) => dimension !== 'priority'),
    { n, misses },
  );
  if (!cause) return null;
  const tell = (name: string | null): Finding => {
    const told = toldOf(cause, name ?? cause.value);
    const ratio =
      cause.restRate > 0
        ? `${decimals(cause.missRate / cause.restRate)} times as often as the others`
        : 'though no others did';
    return {
      key: `pareto:SF-4:${cause.dimension}:${cause.value}`,
      detector: 'pareto',
      metric: told.metric,
      targetStage: told.targetStage,
      title: told.title,
      description: `In ${period}, of ${count(n)} incidents with a target ${percent(misses / n)} missed the agreed time to restore (${whose === 'promised' ? 'promised' : 'customary, until the agreement names a share'}: ${decimals(100 - target)} % at most). Those ${told.who} missed it ${ratio}: ${count(cause.misses)} of ${count(cause.n)} (${percent(cause.missRate)}) against ${percent(cause.restRate)}. They are ${percent(cause.n / n)} of the incidents and ${percent(cause.share)} of the misses; at the rate of the others there would be ${count(cause.excess)} misses fewer.`,
    };
  };
  return { cause, tell };
}

function toldOf({ dimension, value }: Cause, name: string): Told {
  if (dimension === 'handovers') {
    const times =
      value === '0' ? 'never handed over' : value === '1' ? 'handed over once' : 'handed over at least twice';
    return {
      title: 'Hand-overs between teams miss the time to restore',
      who: times,
      metric: 'PE-5',
      targetStage: 'strategy',
    };
  }
  if (dimension === 'waiting')
    return value === 'yes'
      ? {
          title: 'Incidents that waited for others miss the time to restore',
          who: 'that waited for others',
          metric: 'PE-1',
          targetStage: 'design',
        }
      : {
          title: 'Incidents that waited for nobody miss the time to restore',
          who: 'that waited for nobody',
          metric: 'SF-4',
          targetStage: 'design',
        };
  if (dimension === 'team')
    return {
      title: `Incidents of ${name} miss the time to restore`,
      who: `last with ${name}`,
      metric: 'SF-4',
      targetStage: 'design',
    };
  return {
    title: `Incidents of category ${name} miss the time to restore`,
    who: `of category ${name}`,
    metric: 'SF-4',
    targetStage: 'design',
  };
}
