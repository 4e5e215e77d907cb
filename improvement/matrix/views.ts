// Shapes of the answer of the twelve cells.
import { z } from 'zod';
import { instantText } from '../../core/names/forms.ts';

export const cellSchema = z
  .object({
    object: z.enum(['services', 'technology', 'processes']),
    quality: z.enum(['efficiency', 'effectiveness', 'cost_effectiveness', 'compliance']),
    metric: z
      .object({
        id: z.string(),
        label: z.string(),
        formula: z.string(),
        unit: z.string(),
        direction: z.enum(['up', 'down']),
        target: z.object({ value: z.number(), whose: z.enum(['promised', 'customary']) }).nullable(),
      })
      .nullable(),
    value: z.number().nullable(),
    n: z.int(),
    at: instantText.nullable().describe('The end of the period that the value is of'),
    grain: z.enum(['day', 'week', 'month']).nullable(),
    records: z
      .object({ path: z.string(), query: z.string(), api: z.string() })
      .nullable()
      .describe('The rows that the value is of; null where it counts steps, not records'),
    reason: z.string().nullable().describe('Why the cell is empty'),
    status: z.enum(['good', 'attention', 'bad', 'none']),
    spark: z.array(z.number()).describe('Up to 26 weeks, oldest first'),
    age: z.object({ computedAt: instantText, knownTo: instantText }).nullable(),
  })
  .meta({ id: 'MatrixCell' });
