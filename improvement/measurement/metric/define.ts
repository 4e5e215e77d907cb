// A metric's definition is data: its formula is executed (rollup/store) and told in words (words.ts) from the same tree. Pure.
import { lookup } from '../../../core/names/lookup.ts';

/** Facts of which metrics are computed, each with the day it counts for. `declared`: bounded by the period declared as observed for the service. */
export const sources = lookup({
  restored: { words: 'incidents restored in the period', declared: true },
  opened: { words: 'incidents opened in the period', declared: true },
  observed: { words: 'what was observed elsewhere in the period', declared: true },
  steps: { words: 'moves of records in the period', declared: false },
  gates: { words: 'decisions taken in the period', declared: false },
  refusals: { words: 'attempts refused in the period', declared: false },
  attained: { words: 'outcome measurements whose period ends in the period', declared: false },
} as const);
export type SourceName = keyof typeof sources;

/** What a fact says, by the words it is told with. Which source has which field: rollup/store/sources.ts. */
export const fieldWords = lookup({
  one: 'cases',
  restoreMinutes: 'open minutes to restore',
  targetMinutes: 'target minutes',
  met: 'the target met',
  waitedMinutes: 'open minutes paused',
  spentMinutes: 'open minutes worked and paused',
  reassignments: 'hand-overs',
  reopens: 'times reopened',
  entries: 'journal entries',
  weekday: 'Mondays to Fridays with at least one',
  waitedDays: 'days from the question to the answer',
  gate: 'gate',
  side: 'deciding side',
  stage: 'stage',
  observed: 'observed moves from state to state',
  known: 'observed moves that the lifecycle knows',
  moves: 'moves made',
  backMoves: 'moves that go back',
  separation: 'refusals for separation of duties',
  weight: 'weight',
  weightedAttainment: 'weight × attainment (clamped to 0 to 1.2)',
  weightedUnclamped: 'weight × attainment as measured',
  unmeasured: 'promised outcome',
} as const);
export type FieldOf = keyof typeof fieldWords;

export type Condition =
  | { field: FieldOf; is: 'known' }
  | { field: FieldOf; is: 'true' }
  | { field: FieldOf; is: 'equal' | 'at most' | 'above'; to: number | string }
  | { field: FieldOf; is: 'at most' | 'above'; toField: FieldOf };

export type Quantity =
  | { sum: FieldOf; where?: readonly Condition[] }
  | { count: readonly Condition[] }
  | { distinct: FieldOf; where?: readonly Condition[] };

export type Formula =
  /** `complete`: no figure of a period in which one of these is missing; what is missing is not met. */
  | { kind: 'ratio'; over: Quantity; under: Quantity; times?: number; complete?: FieldOf }
  | { kind: 'percentile'; at: number; of: FieldOf; dividedBy?: number; where?: readonly Condition[] }
  | { kind: 'count'; of: Quantity };

export type MeasuredObject = 'services' | 'technology' | 'processes';
export type Quality = 'efficiency' | 'effectiveness' | 'cost_effectiveness' | 'compliance';

interface Named {
  /** As in the measurement model where it has the metric (`PE-5`), else a word of its own. */
  id: string;
  object: MeasuredObject;
  quality: Quality;
  label: string;
  question: string;
  unit: string;
  direction: 'up' | 'down';
}

export interface MeasuredMetric extends Named {
  source: SourceName;
  formula: Formula;
  aggregation: 'ratio of sums' | 'percentile of cases' | 'sum';
  /** Periods with fewer cases are not judged. */
  minSample: number;
  /** What no figure can exceed (a share of all: 100). None is ever below 0. */
  mostPossible?: number;
  /** `whose`: agreed with the business, or only what is usual. */
  target?: { value: number; whose: 'promised' | 'customary'; why: string };
}

export interface UnavailableMetric extends Named {
  /** The formula in words, for when its source exists. */
  formulaWords: string;
  /** Why there is no figure: a clause that ends a sentence "No data: …". */
  unavailable: string;
}

export type MetricDefinition = MeasuredMetric | UnavailableMetric;

export const isMeasured = (metric: MetricDefinition): metric is MeasuredMetric => 'source' in metric;
