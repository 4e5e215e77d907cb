// Definitions, records behind a figure, the observed period, and catching up.
import { z } from 'zod';
import { dateText, idText, instantText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import { anyId } from '../../core/http/example.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import type { Caller } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { nowOf, serverRecord } from '../../core/record/define/work.ts';
import { save } from '../../core/record/edit/save.ts';
import { lock } from '../../core/record/read/load.ts';
import type { Application } from '../../core/record/define/work.ts';
import { done, refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { figureScope } from './figures/series.ts';
import { declarePeriod } from './figures/store/figures.ts';
import { hasRecords, recordsBehind } from './figures/store/records.ts';
import { isMeasured } from './metric/define.ts';
import { metricById, metrics } from './metric/metrics.ts';
import { formulaInWords } from './metric/words.ts';
import { rollUp } from './rollup/roll-up.ts';
import { metricsView, recordsView } from './views.ts';

const tag = 'Measurement';
const definitions = metrics.map((metric) => {
  const { id, object, quality, label, question, unit, direction } = metric;
  const measured = isMeasured(metric) ? metric : null;
  return {
    id,
    object,
    quality,
    label,
    question,
    formula: formulaInWords(metric),
    unit,
    direction,
    source: measured?.source ?? null,
    aggregation: measured?.aggregation ?? null,
    minSample: measured?.minSample ?? null,
    grains: measured ? ['day', 'week', 'month'] : [],
    target: measured?.target ?? null,
    unavailable: isMeasured(metric) ? null : metric.unavailable,
  };
});

const recordsQuery = z.object({
  service: z.string().max(60).optional(),
  customer: idText.optional(),
  from: dateText.describe('First day'),
  to: dateText.describe('Last day'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

/** Which days were observed as a whole stands in the service's journal: figures are shown by it. */
async function declareObserved(
  application: Application,
  caller: Caller,
  { serviceId, from, to, minN }: { serviceId: string; from: string; to: string; minN: number },
) {
  const at = nowOf(application, caller);
  const outcome = await act(
    application,
    caller,
    { command: 'declare an observed period', id: serviceId },
    async (work) => {
      const record = serverRecord(application.registry, 'service');
      const service = await lock(work, record, serviceId);
      const { providerId, id: by } = caller.principal;
      await declarePeriod(work.client, { providerId, serviceId }, { from, to, minN, by, at: work.now });
      await save(work, record, service, {
        extra: { _observed: [{ from, to, minN }] },
        entry: { kind: 'noted', reason: `Declared as observed as a whole: ${from} to ${to}.` },
        last: true,
      });
      return { id: serviceId };
    },
  );
  return outcome.ok
    ? done({ service: serviceId, from, to, minN, declaredBy: caller.principal.id, declaredAt: at })
    : outcome;
}

/** Refuses, and remembers that it did, what only improvement managers may do. */
export function forRoles(application: Application, caller: Caller, command: string, roles: readonly string[]) {
  return act(application, caller, { command }, async () => {
    if (!caller.principal.grants.some(({ role }) => roles.includes(role)))
      stop(
        refuse(
          'forbidden',
          refusal(
            'measurement.role',
            `To ${command} takes one of the roles ${roles.join(', ')}.`,
            'Ask somebody who holds it.',
          ),
        ),
      );
    return Promise.resolve({ id: '' });
  });
}

async function listRecords({
  application,
  caller,
  params,
  query,
}: Pick<Call<{ metric: string }, z.infer<typeof recordsQuery>>, 'application' | 'caller' | 'params' | 'query'>) {
  const metric = metricById.get(params.metric);
  if (!metric) return noMetric(params.metric);
  if (!isMeasured(metric) || !hasRecords(metric))
    return refuse(
      'refused',
      refusal(
        'measurement.no-records',
        'This figure counts steps, not records.',
        'Open the journal of a record to see its steps.',
      ),
    );
  const scope = await figureScope(application, caller, query);
  if (!scope.ok) return scope;
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  if (after === undefined)
    return refuse(
      'invalid',
      refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
    );
  const { from, to, limit } = query;
  const rows = await recordsBehind(application.pool, {
    scope: scope.value,
    principal: caller.principal,
    metric,
    from,
    to,
    limit: limit + 1,
    after,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > limit && last ? Buffer.from(JSON.stringify([last.day, last.key])).toString('base64url') : null;
  return done({
    items: items.map(({ header, day: counted, values }) => ({ header, day: counted, values })),
    nextCursor,
  });
}

const cursorForm = z.tuple([dateText, idText]);

function readCursor(cursor: string): [string, string] | undefined {
  try {
    return cursorForm.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined; // it is no JSON, so none of ours
  }
}

export const noMetric = (id: string) =>
  refuse(
    'not_found',
    refusal('measurement.no-metric', `There is no metric ${id}.`, 'GET /measurement/metrics lists them.', 'metric'),
  );

export const measurementEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/measurement/metrics',
    operationId: 'measurement.metrics',
    tag,
    status: 200,
    summary: 'Every metric: what it asks, its formula in words, and why it has no figure yet where it has none',
    description:
      'Lists every metric: its question, its formula in words, unit and direction, the source of its figures, and why it has none yet where that is so.',
    response: metricsView,
    handle: async () => Promise.resolve(done({ items: definitions })),
  }),
  endpoint({
    method: 'GET',
    path: '/measurement/metrics/{metric}/records',
    operationId: 'measurement.records',
    refusals: [
      'list.cursor',
      'measurement.no-metric',
      'measurement.no-records',
      'measurement.not-yours',
      'measurement.period',
    ],
    refusesWith: [409],
    tag,
    status: 200,
    summary: 'The records behind a figure, with the values that count',
    description: 'Lists the records that a figure was computed from, each with the value that counted, page by page.',
    params: z.object({
      metric: z
        .string()
        .max(60)
        .meta({ examples: ['SF-4'] }),
    }),
    query: recordsQuery,
    response: recordsView,
    handle: listRecords,
  }),
  endpoint({
    method: 'POST',
    path: '/measurement/observed-periods',
    operationId: 'measurement.declare-period',
    refusals: ['measurement.no-metric', 'measurement.period', 'measurement.role', 'record.not-found'],
    tag,
    status: 201,
    summary: 'Declare which days of a service were observed as a whole; charts never speak outside them',
    description:
      'Declares from which day to which a service was observed as a whole. Days outside it are not charted, because what is missing there is not nothing.',
    body: z.strictObject({
      service: z
        .string()
        .max(60)
        .meta({ examples: [anyId] }),
      from: dateText,
      to: dateText,
      minN: z.int().min(1).max(1_000_000).default(5).describe('Periods with fewer cases are not judged'),
    }),
    response: z.object({
      service: idText,
      from: dateText,
      to: dateText,
      minN: z.int(),
      declaredBy: idText,
      declaredAt: instantText,
    }),
    handle: async ({ application, caller, body }) => {
      const allowed = await forRoles(application, caller, 'declare an observed period', ['CSI']);
      if (!allowed.ok) return allowed;
      const scope = await figureScope(application, caller, body);
      if (!scope.ok) return scope;
      if (body.to < body.from)
        return refuse(
          'invalid',
          refusal(
            'measurement.period',
            'The period ends before it begins.',
            'Give the first and the last observed day.',
            'to',
          ),
        );
      const { serviceId } = scope.value;
      const { from, to, minN } = body;
      return declareObserved(application, caller, { serviceId, from, to, minN });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/measurement/rollups/catch-up',
    operationId: 'measurement.catch-up',
    refusals: ['measurement.role'],
    tag,
    status: 200,
    summary: 'Compute every figure that something new touches, and answer when it is done',
    description: 'Computes the figures that entries since the last time touch, and answers when they stand.',
    rateLimit: 20,
    response: z.object({ caughtUpAt: instantText }),
    handle: async ({ application, caller }) => {
      const allowed = await forRoles(application, caller, 'compute the figures', ['CSI']);
      if (!allowed.ok) return allowed;
      await rollUp(application);
      return done({ caughtUpAt: new Date(application.clock()).toISOString() });
    },
  }),
];
