import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { pageQuery, recordParams } from '../../core/http/views.ts';
import { toHeader } from '../../core/record/define/data.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { idsIn, namesOf } from '../../core/record/read/names.ts';
import { nowOf } from '../../core/record/define/work.ts';
import type { Application } from '../../core/record/define/work.ts';
import type { Caller } from '../../core/permission/principal.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import { loopOf } from './loop.ts';
import { breaksOf, orphans } from './orphans.ts';
import type { OrphanPlace } from './orphans.ts';
import { outcomesOfService, serviceState, subscriptionHeaders, versionHeaders } from './store/overview.ts';
import { weightedAttainment } from './value.ts';
import { loopSchema, orphansSchema, overviewSchema } from './views.ts';

const tag = 'Services';
export const portfolioEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/services/{id}/overview',
    operationId: 'service.overview',
    tag,
    status: 200,
    summary: 'A service at a glance: versions, subscriptions, outcomes, value, incidents',
    description:
      'Sums a service up on one page: its versions and who subscribed to them, the outcomes it promised with how far they came, its value, and its incidents.',
    params: recordParams,
    response: overviewSchema,
    handle: ({ application, caller, params }) => overview(application, caller, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/orphans',
    operationId: 'orphan.list',
    refusals: ['list.cursor'],
    tag,
    status: 200,
    summary: 'Where the thread of what is in use is broken',
    description:
      'Lists, of the services that you may see and that are live, run as they were taken over, or have open cases or agreements, every break: no agreed requirement above it, no outcome that stands, an outcome without a baseline or a source, or without a value once its first whole period in live use is over; each with how it is mended. Page by page, in the order of the services: `nextCursor` asks for the next, also of a page that told nothing.',
    query: pageQuery,
    response: orphansSchema,
    handle: async ({ application, caller, query: { limit, cursor } }) => {
      const from = cursor === undefined ? start : placeOf(cursor);
      if (!from) return refuse('invalid', foreignCursor);
      const source = { client: application.pool, principal: caller.principal, now: nowOf(application, caller) };
      const { items, next } = await orphans(source, { from, limit });
      return done({ items, nextCursor: next && `${next.number}_${next.told}` });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/loop',
    operationId: 'loop.read',
    tag,
    status: 200,
    summary: 'The five stages with the services in each, what waits at the gates, and what went back in ninety days',
    description:
      'Counts what stands in each of the five stages and what waits at the gates between them, for the services that you may see, with what was sent back in the last ninety days.',
    response: loopSchema,
    handle: async ({ application, caller }) =>
      done(await loopOf(application, caller.principal, nowOf(application, caller))),
  }),
];

const start: OrphanPlace = { number: 0, told: 0 };
const position = z.tuple([z.coerce.number().pipe(z.int32().min(0)), z.coerce.number().pipe(z.int32().min(0))]);

const foreignCursor = refusal(
  'list.cursor',
  'The cursor is not one that this list gave.',
  'Start again without a cursor.',
  'cursor',
);

function placeOf(cursor: string): OrphanPlace | undefined {
  const [number, told] = /^\d{1,10}_\d{1,10}$/.test(cursor) ? (position.safeParse(cursor.split('_')).data ?? []) : [];
  return number === undefined || told === undefined ? undefined : { number, told };
}

async function overview(application: Application, caller: Caller, name: string) {
  const { pool } = application;
  const { principal } = caller;
  const header = await loadHeader(pool, principal, name);
  if (header?.type !== 'service') return missing('service', name);
  const source = { client: pool, principal, now: nowOf(application, caller) };
  const [state, versions, subscriptions, outcomes, broken] = await Promise.all([
    serviceState(pool, principal, header.id),
    versionHeaders(pool, principal, header.id),
    subscriptionHeaders(pool, principal, header.id),
    outcomesOfService(pool, principal, header.id),
    breaksOf(source, [header.id], 'in use'),
  ]);
  const attainment = weightedAttainment(outcomes);
  // The value is as old and as good as the oldest and the weakest of its parts.
  const at = inOrder(outcomes.map((outcome) => outcome.at)).at(0) ?? null;
  const grade = inOrder(outcomes.map((outcome) => outcome.grade)).at(-1) ?? null;
  const told = {
    service: toHeader(header),
    status: state.status,
    versions: versions.map((each) => ({ header: each, state: each.state })),
    subscriptions: subscriptions.map((each) => ({ ...each, state: each.header.state })),
    value: attainment === null ? null : { attainment, grade, at },
    outcomes,
    incidents: { open: state.open, last30: state.last30 },
    broken: broken.map(({ code, sentence, hint }) => ({ code, sentence, hint })),
  };
  return done({ ...told, names: await namesOf(pool, principal, idsIn(told)) });
}

/** ISO instants, or grades, in the order of their letters. */
function inOrder(texts: readonly (string | null)[]): string[] {
  return texts.filter((each) => each !== null).toSorted((one, other) => (one < other ? -1 : 1));
}
