// Health, metrics, and the API's own description.
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry as Metrics } from 'prom-client';
import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import type { Answered } from '../../core/http/server.ts';
import { openApi } from '../../core/http/openapi.ts';
import type { TagDescriptions } from '../../core/http/openapi.ts';
import type { Application, Registry } from '../../core/record/define/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import { healthEndpoint } from './health/endpoint.ts';
import type { HealthGround } from './health/report.ts';
import { version } from './version.ts';

const common: TagDescriptions = {
  Imports: 'What another system knows, brought in as what it says happened: tried first, followed, and taken back.',
  Decisions: 'Gates: what each asks and rests on, what waits for whom, and the decisions recorded there.',
  Measurement:
    'Metrics, the twelve cells, series with control charts, the records behind a figure, and what detectors find.',
  Records: 'What every record has: header, journal, links, the thread through it, and what happens as it happens.',
  Sharing: 'Which customers share in a record: what is asked, whose consent is missing, and since when each sees it.',
  System: 'The installation itself: this description, and its health.',
};

/** What the operations of each tag are about: of a record type, its own purpose. */
export function tagDescriptions(registry: Pick<Registry, 'records'>): TagDescriptions {
  return {
    ...common,
    ...Object.fromEntries(
      [...registry.records.values()].map(({ definition }) => [definition.plural, definition.purpose]),
    ),
  };
}

export const apiInfo = {
  title: 'Servicewright',
  version,
  description: "The open system of record for a service's whole life.",
};

/** Counts and times of answered calls, in the Prometheus format. */
export function callMetrics() {
  const metrics = new Metrics();
  collectDefaultMetrics({ register: metrics });
  const seconds = new Histogram({
    name: 'servicewright_call_seconds',
    help: 'Seconds to answer a call',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [metrics],
  });
  return {
    metrics,
    answered: ({ operationId: operation, status, seconds: duration }: Answered) =>
      seconds.observe({ operation, status }, duration),
  };
}

/** Routes for machines outside the API: is it alive, can it serve, what does it count. */
export function mountSystem(server: FastifyInstance, application: Application, metrics: Metrics): void {
  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    try {
      await application.pool.query('select 1');
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' }); // the answer is the news; the pool logs the cause
    }
  });
  server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

export function systemEndpoints(
  protectsJournal: boolean,
  health: HealthGround,
  all: () => readonly Endpoint[],
): Endpoint[] {
  let document: ReturnType<typeof openApi> | undefined;
  return [
    endpoint({
      method: 'GET',
      path: '/openapi.json',
      operationId: 'api.describe',
      tag: 'System',
      status: 200,
      summary: 'This description',
      description: 'Answers with this document: every operation with what it takes, answers and refuses.',
      public: true,
      response: z.looseObject({ openapi: z.string() }),
      handle: async ({ application }) =>
        done((document ??= openApi(application.registry, all(), apiInfo, tagDescriptions(application.registry)))),
    }),
    healthEndpoint(health, protectsJournal),
  ];
}
