// What is asked of any record whatever its type: who am I, find, header, journal, links, why visible.
import { z } from 'zod';
import { lineageDecisions } from '../decision/lineage-decisions.ts';
import { toHeader } from '../record/data.ts';
import { createdBy } from '../record/may-create.ts';
import { searchHeaders } from '../record/search.ts';
import { loadHeader, missing } from '../record/load.ts';
import { idsIn, namesOf } from '../record/names.ts';
import { ownedBy } from '../record/owned.ts';
import { linkAsPerson, withdrawLink } from '../record/relate.ts';
import { act, nowOf } from '../record/work.ts';
import { providerOf } from '../permission/store.ts';
import { done, refusable } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { journalPage } from '../journal/page.ts';
import { whyVisible } from '../permission/why.ts';
import { threadOf } from '../trace/thread.ts';
import { headerSchema, pageQuery, recordParams } from './views.ts';
import { journalSchema, lineageDecisionsSchema, meSchema, threadSchema } from './common-views.ts';

const tag = 'Records';

/** What concerns any record, whatever its type. */
export const commonEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/me',
    operationId: 'me.read',
    tag: 'People',
    status: 200,
    summary: 'Who you are here, with your rights',
    response: meSchema,
    handle: async ({ application, caller }) => {
      const { principal } = caller;
      const provider = await providerOf(application.pool, principal);
      const grants = principal.grants.map(({ role, side, customer, onBehalfOf }) => ({
        role,
        side,
        customer,
        onBehalfOf,
      }));
      return done({
        person: { id: principal.id, name: principal.name, customer: principal.customer },
        provider: { id: principal.providerId, ...provider, now: nowOf(application, caller) },
        grants,
        creates: createdBy(application.registry, principal),
        names: await namesOf(application.pool, principal, idsIn([grants, principal.customer])),
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/search',
    operationId: 'record.search',
    tag,
    status: 200,
    summary: 'Find records by words, word beginnings or reference',
    query: z.object({
      q: z.string().min(1).max(200),
      types: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({ items: z.array(headerSchema) }),
    handle: async ({ application, caller, query }) =>
      done({
        items: await searchHeaders(application.pool, caller.principal, {
          words: query.q,
          types: query.types?.split(',') ?? null,
          limit: query.limit,
        }),
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/records',
    operationId: 'record.owned',
    tag,
    status: 200,
    summary: 'What a person owns, whatever its type, edited last first',
    query: pageQuery.extend({
      owner: z.uuid(),
      open: z.enum(['true', 'false']).default('false').describe('Only what still has a way to go'),
    }),
    response: z.object({ items: z.array(headerSchema), nextCursor: z.string().nullable() }),
    handle: async ({ application, caller, query }) =>
      refusable(() => ownedBy(application, caller.principal, { ...query, open: query.open === 'true' })),
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}',
    operationId: 'record.header',
    tag,
    status: 200,
    summary: 'The header of any record, by id or reference',
    params: recordParams,
    response: headerSchema,
    handle: async ({ application, caller, params }) => {
      const found = await loadHeader(application.pool, caller.principal, params.id);
      return found ? done(toHeader(found)) : missing('record', params.id);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}/journal',
    operationId: 'record.journal',
    tag,
    status: 200,
    summary: 'What happened to a record, newest first',
    params: recordParams,
    query: pageQuery,
    response: journalSchema,
    handle: async ({ application, caller, params, query }) =>
      journalPage(application, caller.principal, params.id, query),
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}/thread',
    operationId: 'record.thread',
    tag,
    status: 200,
    summary: 'The value thread through a record: up to the sentence the business wrote, down to the newest value',
    params: recordParams,
    query: z.object({ asOf: z.iso.datetime({ offset: true }).optional() }),
    response: threadSchema,
    handle: async ({ application, caller, params, query }) =>
      threadOf(application, caller.principal, params.id, query.asOf),
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}/lineage-decisions',
    operationId: 'record.lineage-decisions',
    tag,
    status: 200,
    summary: 'Who decided what along the whole lineage of a record, newest first',
    params: recordParams,
    query: z.object({ asOf: z.iso.datetime({ offset: true }).optional() }),
    response: lineageDecisionsSchema,
    handle: async ({ application, caller, params, query }) =>
      lineageDecisions(application, caller.principal, params.id, query.asOf),
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}/why-visible',
    operationId: 'record.why-visible',
    tag,
    status: 200,
    summary: 'Why you, or a person you name, can see a record, or cannot',
    params: recordParams,
    query: z.object({ person: z.uuid().optional() }),
    response: z.object({ visible: z.boolean(), because: z.array(z.string()) }),
    handle: ({ application, caller, params, query }) => whyVisible(application, caller, params.id, query.person),
  }),
  endpoint({
    method: 'POST',
    path: '/links',
    operationId: 'link.create',
    tag,
    status: 201,
    summary: 'Relate two records',
    idempotent: true,
    body: z.strictObject({ type: z.string().max(40), from: z.uuid(), to: z.uuid() }),
    response: z.object({ id: z.uuid() }),
    handle: async ({ application, caller, body }) => {
      const outcome = await act(application, caller, { command: 'link', id: body.from }, async (work) => ({
        id: await linkAsPerson(work, body),
      }));
      return outcome.ok ? done({ id: outcome.value.id }) : outcome;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/links/{id}/withdraw',
    operationId: 'link.withdraw',
    tag,
    status: 200,
    summary: 'End a relation; it stays readable in the past',
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: z.object({ id: z.uuid() }),
    handle: async ({ application, caller, params, body }) => {
      const outcome = await act(application, caller, { command: 'withdraw link' }, async (work) => {
        await withdrawLink(work, params.id, body.reason);
        return { id: params.id };
      });
      return outcome.ok ? done({ id: params.id }) : outcome;
    },
  }),
];
