// Shapes of the answers about services and the loop.
import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { headerSchema, names } from '../../core/http/views.ts';

const figure = z.number().nullable();
const stageName = z.enum(['strategy', 'design', 'transition', 'operation', 'improvement']);

/** A service at a glance. */
export const overviewSchema = z
  .object({
    service: headerSchema,
    status: z.string().nullable(),
    versions: z.array(z.object({ header: headerSchema, state: z.string() })),
    subscriptions: z.array(
      z.object({ header: headerSchema, state: z.string(), customer: idText, agreement: idText.nullable() }),
    ),
    value: z.object({ attainment: z.number(), grade: z.string().nullable(), at: z.string().nullable() }).nullable(),
    outcomes: z.array(
      z.object({
        header: headerSchema,
        baseline: figure,
        target: figure,
        unit: z.string().nullable(),
        direction: z.string().nullable(),
        weight: figure,
        latest: figure,
        attainment: figure,
        unclamped: figure.describe('As measured: below 0 where it got worse than its baseline'),
        at: z.string().nullable(),
        grade: z.string().nullable(),
        attainedInARow: z.int().nullable().describe('How many of the newest periods in a row reached the target'),
      }),
    ),
    incidents: z.object({ open: z.int(), last30: z.int() }),
    broken: z
      .array(z.object({ code: z.string(), sentence: z.string(), hint: z.string() }))
      .describe('Where its thread is broken, by the rule of the orphan report'),
    names,
  })
  .meta({ id: 'ServiceOverview' });

/** Where everything of the loop stands. */
export const loopSchema = z
  .object({
    stages: z.array(
      z.object({
        stage: stageName,
        count: z.int(),
        services: z.array(
          z.object({ header: headerSchema, status: z.string(), stage: stageName, value: figure, waiting: z.int() }),
        ),
      }),
    ),
    gates: z.array(
      z.object({ gate: z.string(), side: z.enum(['B', 'P']), waiting: z.int(), oldestSince: z.string().nullable() }),
    ),
    backEdges: z.array(z.object({ from: stageName, to: stageName, count: z.int() })),
  })
  .meta({ id: 'Loop' });

/** Where the thread of what is in use is broken. */
export const orphansSchema = z
  .object({
    items: z.array(
      z.object({
        at: headerSchema.describe('The record at which it is broken'),
        of: headerSchema.describe('The service that is in use'),
        code: z.string(),
        sentence: z.string(),
        hint: z.string().describe('How it is mended'),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Orphans' });
