// Every metric by its cell of the 4 x 3 matrix; the first of a cell that has a figure is shown there.
import { gates } from '../../../handover/gates.ts';
import type { MeasuredMetric, MeasuredObject, MetricDefinition, Quality } from './define.ts';
import { unavailableMetrics } from './unavailable.ts';

const cell = (object: MeasuredObject, quality: Quality) => ({ object, quality });
const ratio = { aggregation: 'ratio of sums', minSample: 5 } as const;
const percentile = { aggregation: 'percentile of cases', minSample: 5 } as const;
const all = { count: [] } as const;
const timed = [
  { field: 'restoreMinutes', is: 'known' },
  { field: 'targetMinutes', is: 'known' },
] as const;

const services: readonly MeasuredMetric[] = [
  {
    id: 'SE-3',
    ...cell('services', 'efficiency'),
    label: 'Settled where it was taken',
    unit: '%',
    mostPossible: 100,
    direction: 'up',
    source: 'restored',
    ...ratio,
    question: 'How many incidents are settled by those who take them, without a hand-over?',
    formula: {
      kind: 'ratio',
      over: { count: [{ field: 'reassignments', is: 'equal', to: 0 }] },
      under: all,
      times: 100,
    },
  },
  {
    id: 'incidents-per-weekday',
    ...cell('services', 'efficiency'),
    label: 'Incidents per weekday',
    unit: 'per day',
    direction: 'down',
    source: 'opened',
    ...ratio,
    question: 'How many incidents does a working day bring?',
    formula: { kind: 'ratio', over: { count: [{ field: 'weekday', is: 'known' }] }, under: { distinct: 'weekday' } },
  },
  {
    id: 'SF-4',
    ...cell('services', 'effectiveness'),
    label: 'Restored within target',
    unit: '%',
    mostPossible: 100,
    direction: 'up',
    source: 'restored',
    ...ratio,
    question: 'Is the service back within the time that was agreed?',
    target: { value: 90, why: 'Customary, until the agreement names a share.' },
    formula: {
      kind: 'ratio',
      over: { count: [...timed, { field: 'restoreMinutes', is: 'at most', toField: 'targetMinutes' }] },
      under: { count: timed },
      times: 100,
    },
  },
  {
    id: 'SF-1',
    ...cell('services', 'effectiveness'),
    label: 'Outcome attainment',
    unit: '%',
    direction: 'up',
    source: 'attained',
    ...ratio,
    minSample: 1,
    question: 'How far has the service brought its outcomes from their baseline to their target?',
    target: { value: 100, why: 'The targets of the outcomes in the agreed package.' },
    formula: { kind: 'ratio', over: { sum: 'weightedAttainment' }, under: { sum: 'weight' }, times: 100 },
  },
  {
    id: 'restore-median',
    ...cell('services', 'effectiveness'),
    label: 'Open hours to restore, median',
    unit: 'h',
    direction: 'down',
    source: 'restored',
    ...percentile,
    question: 'How long does the usual user wait, in agreed service hours?',
    formula: { kind: 'percentile', at: 0.5, of: 'restoreMinutes', dividedBy: 60 },
  },
  {
    id: 'restore-p90',
    ...cell('services', 'effectiveness'),
    label: 'Open hours to restore, 90th percentile',
    unit: 'h',
    direction: 'down',
    source: 'restored',
    ...percentile,
    question: 'How long does one user in ten wait at least, in agreed service hours?',
    formula: { kind: 'percentile', at: 0.9, of: 'restoreMinutes', dividedBy: 60 },
  },
];

const efficiency = cell('processes', 'efficiency');
const wait = { ...efficiency, unit: 'days', direction: 'down', source: 'gates', ...percentile, minSample: 1 } as const;
const stages = ['strategy', 'design', 'transition', 'operation', 'improvement'] as const;

const processes: readonly MeasuredMetric[] = [
  {
    id: 'PE-5',
    ...efficiency,
    label: 'Hand-overs per incident',
    unit: 'hand-overs',
    direction: 'down',
    source: 'restored',
    ...ratio,
    question: 'How often is an incident passed to another team?',
    formula: { kind: 'ratio', over: { sum: 'reassignments' }, under: all },
  },
  {
    id: 'PE-1',
    ...efficiency,
    label: 'Flow efficiency',
    unit: '%',
    mostPossible: 100,
    direction: 'up',
    source: 'restored',
    ...ratio,
    question: 'What share of the time is an incident worked on, rather than waiting for others?',
    formula: { kind: 'ratio', over: { sum: 'restoreMinutes' }, under: { sum: 'spentMinutes' }, times: 100 },
  },
  {
    id: 'touches',
    ...efficiency,
    label: 'Entries per incident',
    unit: 'entries',
    direction: 'down',
    source: 'restored',
    ...ratio,
    question: 'How often is an incident touched until it is restored?',
    formula: { kind: 'ratio', over: { sum: 'entries' }, under: all },
  },
  {
    id: 'PE-2',
    ...wait,
    label: 'Wait at gates, median',
    question: 'How long do decisions wait for their answer?',
    formula: { kind: 'percentile', at: 0.5, of: 'waitedDays' },
  },
  ...(['B', 'P'] as const).map(
    (side): MeasuredMetric => ({
      id: `PE-2-${side}`,
      ...wait,
      label: `Wait at gates of the ${side === 'B' ? 'business' : 'provider'}, median`,
      question: 'How long do decisions wait for this side?',
      formula: { kind: 'percentile', at: 0.5, of: 'waitedDays', where: [{ field: 'side', is: 'equal', to: side }] },
    }),
  ),
  ...[...gates.values()].map(
    ({ code, label, side }): MeasuredMetric => ({
      id: `PE-2-${code}`,
      ...wait,
      label: `Wait at ${code} ${label} (${side === 'B' ? 'business' : 'provider'}), median`,
      question: `How long does ${code} wait for its answer?`,
      formula: { kind: 'percentile', at: 0.5, of: 'waitedDays', where: [{ field: 'gate', is: 'equal', to: code }] },
    }),
  ),
  {
    id: 'PE-3',
    ...efficiency,
    label: 'Rework',
    unit: '%',
    mostPossible: 100,
    direction: 'down',
    source: 'steps',
    ...ratio,
    question: 'How many of the moves made go back?',
    formula: { kind: 'ratio', over: { sum: 'backMoves' }, under: { sum: 'moves' }, times: 100 },
  },
  ...stages.map(
    (stage): MeasuredMetric => ({
      id: `PE-3-${stage}`,
      ...efficiency,
      label: `Rework in ${stage}`,
      unit: '%',
      direction: 'down',
      source: 'steps',
      ...ratio,
      question: `How many of the moves made in ${stage} go back?`,
      formula: {
        kind: 'ratio',
        over: { sum: 'backMoves', where: [{ field: 'stage', is: 'equal', to: stage }] },
        under: { sum: 'moves', where: [{ field: 'stage', is: 'equal', to: stage }] },
        times: 100,
      },
    }),
  ),
  {
    id: 'PF-3',
    ...cell('processes', 'effectiveness'),
    label: 'Reopened',
    unit: '%',
    mostPossible: 100,
    direction: 'down',
    source: 'restored',
    ...ratio,
    question: 'How many incidents come back after they were called resolved?',
    formula: { kind: 'ratio', over: { count: [{ field: 'reopens', is: 'above', to: 0 }] }, under: all, times: 100 },
  },
  {
    id: 'PM-1',
    ...cell('processes', 'compliance'),
    label: 'Conformance of observed steps',
    unit: '%',
    mostPossible: 100,
    direction: 'up',
    source: 'observed',
    ...ratio,
    question: 'How much of what happened outside this system follows the declared lifecycle?',
    formula: { kind: 'ratio', over: { sum: 'known' }, under: { sum: 'observed' }, times: 100 },
  },
  {
    id: 'PM-2',
    ...cell('processes', 'compliance'),
    label: 'Attempts against separation of duties',
    unit: 'attempts',
    direction: 'down',
    source: 'refusals',
    aggregation: 'sum',
    minSample: 1,
    question: 'How often did somebody try to decide on their own work? All were refused.',
    formula: { kind: 'count', of: { sum: 'separation' } },
  },
  {
    id: 'refusals',
    ...cell('processes', 'compliance'),
    label: 'Refused attempts',
    unit: 'attempts',
    direction: 'down',
    source: 'refusals',
    aggregation: 'sum',
    minSample: 1,
    question: 'How often did a rule say no?',
    formula: { kind: 'count', of: all },
  },
];

export const metrics: readonly MetricDefinition[] = [...services, ...processes, ...unavailableMetrics];
export const metricById: ReadonlyMap<string, MetricDefinition> = new Map(metrics.map((metric) => [metric.id, metric]));
