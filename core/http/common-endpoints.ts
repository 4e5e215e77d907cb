// What is asked of any record whatever its type: who am I, find, header, journal, links, why visible.
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { lineageDecisions } from '../decision/lineage-decisions.ts';
import { toHeader } from '../record/define/data.ts';
import { createdBy } from '../record/edit/may-create.ts';
import { searchHeaders } from '../record/read/search.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import { ownedBy } from '../record/read/owned.ts';
import { linkAsPerson, withdrawLink } from '../record/relate/relate.ts';
import { act } from '../record/act/act.ts';
import { nowOf } from '../record/define/work.ts';
import { providerOf } from '../party/store.ts';
import { done, refusable } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { journalPage } from '../journal/page.ts';
import { whyVisible } from '../party/why.ts';
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
    description:
      'Tells who is asking: the person, the provider, the rights in force now, and the types of record that you may make.',
    response: meSchema,
    handle: async ({ application, caller }) => {
      const { principal } = caller;
      const provider = await providerOf(application.pool, principal);
      const held = principal.ended ? [] : principal.grants;
      const grants = held.map(({ role, side, customer, onBehalfOf }) => ({
        role,
        side,
        customer,
        onBehalfOf,
      }));
      return done({
        person: { id: principal.id, name: principal.name, customer: principal.customer },
        ended: principal.ended === true,
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
    refusals: ['list.cursor'],
    tag,
    status: 200,
    summary: 'Find records by words, word beginnings or reference',
    description:
      'Finds records of every type that you may see by words of their text, beginnings of words, or their reference, the best match first.',
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
    refusals: ['list.cursor'],
    tag,
    status: 200,
    summary: 'What a person owns, whatever its type, edited last first',
    description: 'Lists what a person owns, yourself where none is named, of whatever type, edited last first.',
    query: pageQuery.extend({
      owner: idText,
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
    description:
      'Answers with what every record has, by its id or reference: type, title, state, version, owner, customers.',
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
    refusals: ['list.cursor'],
    tag,
    status: 200,
    summary: 'What happened to a record, newest first',
    description:
      'Lists the entries of the journal on one record, newest first: who did what and when, what was edited, why, and the hash that ties each entry to the one before.',
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
    description:
      'Follows the links from a record to the requirement it serves and to the value it came to, as nodes and edges to be drawn.',
    params: recordParams,
    query: z.object({ asOf: instantText.optional() }),
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
    description:
      'Lists the decisions on a record and on all that descend with it from one requirement, newest first, with what each was based on and whether it still stands.',
    params: recordParams,
    query: z.object({ asOf: instantText.optional() }),
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
    description:
      'Says whether a person sees the record and by which right or share, or why not. Whom you may ask about follows your own rights.',
    params: recordParams,
    query: z.object({ person: idText.optional() }),
    response: z.object({ visible: z.boolean(), because: z.array(z.string()) }),
    handle: ({ application, caller, params, query }) => whyVisible(application, caller, params.id, query.person),
  }),
  endpoint({
    method: 'POST',
    path: '/links',
    operationId: 'link.create',
    refusals: [
      'link.ends',
      'link.held',
      'link.itself',
      'record.not-in-use',
      'link.kept',
      'link.unknown',
      'permission.role',
      'record.not-found',
      'record.lighter-profile',
    ],
    tag,
    status: 201,
    summary: 'Relate two records',
    description:
      'Relates two records by a link of a declared type. Both must be of the types that it joins, and visible to you; answers with the id of the link.',
    idempotent: true,
    body: z.strictObject({ type: z.string().max(40), from: idText, to: idText }),
    response: z.object({ id: idText }),
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
    refusals: ['link.held', 'link.kept', 'permission.role'],
    tag,
    status: 200,
    summary: 'End a relation; it stays readable in the past',
    description:
      'Ends a link with a reason. It stands in the journal of both records and in every answer as of an earlier time.',
    params: z.object({ id: idText }),
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: z.object({ id: idText }),
    handle: async ({ application, caller, params, body }) => {
      const outcome = await act(application, caller, { command: 'withdraw link' }, async (work) => {
        await withdrawLink(work, params.id, body.reason);
        return { id: params.id };
      });
      return outcome.ok ? done({ id: params.id }) : outcome;
    },
  }),
];
