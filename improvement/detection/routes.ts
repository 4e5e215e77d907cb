import { z } from 'zod';
import { dateText, idText, instantText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import { anyId } from '../../core/http/example.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { headerShape } from '../../core/http/views.ts';
import { toHeader } from '../../core/record/define/data.ts';
import { load } from '../../core/record/read/load.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import { figureScope, forRoles, metricById, noMetric } from '../measurement/index.ts';
import { detectFor } from './commands.ts';
import { seriesOf } from './series.ts';
import { seriesSchema } from './views.ts';

const tag = 'Measurement';
const detected = z.object({
  ...headerShape,
  fields: z.object({
    detector: z.string().nullable(),
    cell: z.string().nullable(),
    service: idText.nullable(),
    description: z.string(),
    originStage: z.string(),
    targetStage: z.string().nullable(),
    metric: z.string().nullable(),
    unit: z.string().nullable(),
    baselineValue: z.number().nullable(),
    occurrences: z.int().nullable(),
    lastSeenAt: instantText.nullable(),
  }),
});

async function detect({
  application,
  caller,
  query,
}: Pick<Call<object, { service: string }>, 'application' | 'caller' | 'query'>) {
  const allowed = await forRoles(application, caller, 'run the detectors', ['CSI', 'SOW']);
  if (!allowed.ok) return allowed;
  const scope = await figureScope(application, caller, query);
  if (!scope.ok) return scope;
  const { serviceId } = scope.value;
  const outcome = await act(
    application,
    caller,
    { command: 'detect', type: 'service', id: serviceId },
    async (work) => ({ id: serviceId, data: await detectFor(work, serviceId) }),
  );
  if (!outcome.ok) return outcome;
  const record = serverRecord(application.registry, 'improvement');
  const items = [];
  for (const id of outcome.value.data ?? []) {
    const found = await load(application.pool, record, caller.principal, id);
    if (found) items.push({ ...toHeader(found), fields: pick(found.fields) });
  }
  return done({ items });
}

const told = Object.keys(detected.shape.fields.shape);
const pick = (fields: Readonly<Record<string, unknown>>) =>
  detected.shape.fields.parse(Object.fromEntries(told.map((name) => [name, fields[name] ?? null])));

export const detectionEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/measurement/metrics/{metric}/series',
    operationId: 'measurement.series',
    refusals: ['measurement.no-metric', 'measurement.not-yours', 'measurement.period'],
    tag,
    status: 200,
    summary: 'A metric over time with its control chart (XmR), its formula, its age and where its records are',
    description:
      'Answers with the figures of one metric day by day, week by week or month by month, with the limits of its control chart, the signals that were found in it, its formula and its age.',
    params: z.object({
      metric: z
        .string()
        .max(60)
        .meta({ examples: ['SF-4'] }),
    }),
    query: z.object({
      service: z.string().max(60).optional(),
      customer: idText.optional(),
      grain: z.enum(['day', 'week', 'month']).default('day'),
      from: dateText.optional(),
      to: dateText.optional(),
    }),
    response: seriesSchema,
    handle: async ({ application, caller, params, query }) => {
      const metric = metricById.get(params.metric);
      if (!metric) return noMetric(params.metric);
      const scope = await figureScope(application, caller, query);
      return scope.ok ? done(await seriesOf(application.pool, scope.value, metric, query)) : scope;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/measurement/detections',
    operationId: 'measurement.detect',
    refusals: ['measurement.role', 'permission.role', 'record.not-found'],
    refusesWith: [404],
    tag,
    status: 200,
    rateLimit: 20,
    summary: "Run the detectors over a service's observed time, and register what they find as improvements",
    description:
      'Looks through the observed days of a service for missed targets, special causes and a process that cannot reach its target, and registers what it finds. Answers with the improvements.',
    query: z.object({
      service: z
        .string()
        .max(60)
        .meta({ examples: [anyId] }),
    }),
    response: z.object({ items: z.array(detected) }),
    handle: detect,
  }),
];
