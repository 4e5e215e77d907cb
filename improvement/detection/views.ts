// Shapes of the answers about charts.
import { z } from 'zod';
import { instantText } from '../../core/names/forms.ts';

/** A metric over time with its control chart. */
export const seriesSchema = z.object({
  metric: z.object({
    id: z.string(),
    label: z.string(),
    question: z.string(),
    formula: z.string(),
    unit: z.string(),
    direction: z.enum(['up', 'down']),
    target: z.number().nullable(),
    targetWhy: z.string().nullable().describe('Whose target it is'),
  }),
  points: z.array(z.object({ at: instantText, value: z.number(), n: z.int() })),
  chart: z.object({
    verdict: z.enum(['insufficient data', 'predictable', 'signals']),
    mean: z.number().nullable(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    rangeLimit: z.number().nullable(),
    signals: z.array(z.object({ at: instantText, rule: z.string() })),
    observedFrom: instantText.nullable(),
    observedTo: instantText.nullable(),
    reason: z.string().nullable(),
  }),
  age: z.object({ computedAt: instantText, knownTo: instantText }).nullable(),
  records: z
    .object({ path: z.string(), query: z.string(), api: z.string() })
    .nullable()
    .describe('The rows that the figures shown are of; null where they count steps, not records'),
});
