// Shapes of the answers about metrics and the records behind them.
import { z } from 'zod';
import { dateText } from '../../core/names/forms.ts';
import { headerSchema } from '../../core/http/views.ts';
import { jsonValue } from '../../core/record/define/json-value.ts';

const definition = z
  .object({
    id: z.string(),
    object: z.string(),
    quality: z.string(),
    label: z.string(),
    question: z.string(),
    formula: z.string(),
    unit: z.string(),
    direction: z.enum(['up', 'down']),
    source: z.string().nullable(),
    aggregation: z.string().nullable(),
    minSample: z.int().nullable(),
    grains: z.array(z.string()),
    target: z.object({ value: z.number(), whose: z.enum(['promised', 'customary']), why: z.string() }).nullable(),
    unavailable: z.string().nullable().describe('Why there is no figure of it yet'),
  })
  .meta({ id: 'Metric' });

export const metricsView = z.object({ items: z.array(definition) });

/** The records that a figure counts, with the values that went into it. */
export const recordsView = z.object({
  items: z.array(z.object({ header: headerSchema, day: dateText, values: z.record(z.string(), jsonValue) })),
  nextCursor: z.string().nullable(),
});
