import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { done } from '../../core/refusal/refusal.ts';
import { figureScope } from '../measurement/index.ts';
import { matrixOf } from './read.ts';

const instant = z.iso.datetime({ offset: true });
const cell = z
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
    at: instant.nullable().describe('The end of the period that the value is of'),
    grain: z.enum(['day', 'week', 'month']).nullable(),
    records: z
      .object({ path: z.string(), query: z.string(), api: z.string() })
      .nullable()
      .describe('The rows that the value is of; null where it counts steps, not records'),
    reason: z.string().nullable().describe('Why the cell is empty'),
    status: z.enum(['good', 'attention', 'bad', 'none']),
    spark: z.array(z.number()).describe('Up to 26 weeks, oldest first'),
    age: z.object({ computedAt: instant, knownTo: instant }).nullable(),
  })
  .meta({ id: 'MatrixCell' });

export const matrixEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/measurement/matrix',
    operationId: 'measurement.matrix',
    refusesWith: [404],
    tag: 'Measurement',
    status: 200,
    summary:
      'The twelve cells: efficiency, effectiveness, cost-effectiveness and compliance of services, technology and processes',
    query: z.object({ service: z.string().max(60).optional(), customer: z.uuid().optional() }),
    response: z.object({ cells: z.array(cell) }),
    handle: async ({ application, caller, query }) => {
      const scope = await figureScope(application, caller, query);
      return scope.ok ? done({ cells: await matrixOf(application.pool, scope.value) }) : scope;
    },
  }),
];
