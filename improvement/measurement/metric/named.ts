import type { MetricDefinition } from './define.ts';
import { metrics } from './metrics.ts';

/**
 * The metric that a person's words name: its id, its label, or both, or its id among others. Undefined for a measure that is not ours.
 * @example metricNamed('PE-5 Hand-overs per incident')?.direction // 'down'
 */
export function metricNamed(words: unknown): MetricDefinition | undefined {
  if (typeof words !== 'string') return undefined;
  const said = words.trim().toLowerCase();
  const ofWords = ({ id, label }: MetricDefinition) => [id, label, `${id} ${label}`].map((name) => name.toLowerCase());
  const parts = said.split(/[^\p{L}\d-]+/u);
  return (
    metrics.find((metric) => ofWords(metric).includes(said)) ??
    // An id such as PE-5 says which is meant wherever it stands; one that is a word (refusals) may mean anything.
    metrics.find(({ id }) => id.includes('-') && parts.includes(id.toLowerCase()))
  );
}
