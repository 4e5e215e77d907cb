export { figureScope, observedFor } from './figures/series.ts';
export { ageOf, figuresOf } from './figures/store/figures.ts';
export type { Figure, Grain, ObservedPeriod, Scope } from './figures/store/figures.ts';
export { isMeasured } from './metric/define.ts';
export type { MeasuredMetric, MetricDefinition } from './metric/define.ts';
export { metricById, metrics } from './metric/metrics.ts';
export { formulaInWords } from './metric/words.ts';
export { measuredPeriods } from './value/store.ts';
export { forRoles, noMetric } from './routes.ts';
