// The endpoints that every record type has, from its definition: list, create, read, edit, moves, items.
import { uuidForm } from '../record/define/id.ts';
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { edit } from '../record/edit/edit.ts';
import type { EditInput } from '../record/edit/edit.ts';
import { create } from '../record/edit/create.ts';
import type { CreateInput } from '../record/edit/create.ts';
import { isMadeByHand } from '../record/edit/may-create.ts';
import { foldAsOf } from '../journal/as-of.ts';
import { editItem } from '../record/edit/items.ts';
import { fieldsOf } from '../record/define/define.ts';
import { filterSchema } from '../record/define/filter.ts';
import { list } from '../record/read/list.ts';
import type { ListQuery } from '../record/read/list.ts';
import { notFound } from '../record/read/load.ts';
import { move } from '../record/edit/move.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import { read, view } from '../record/page/read.ts';
import type { RecordData } from '../record/define/data.ts';
import { moveSchema, recordSchemas } from '../record/define/schema.ts';
import { act } from '../record/act/act.ts';
import type { Application, ServerRecord, Work } from '../record/define/work.ts';
import type { Done } from '../record/act/act.ts';
import type { Principal } from '../permission/principal.ts';
import { withArticle } from '../refusal/article.ts';
import { done, refusable } from '../refusal/refusal.ts';
import { createsOf, editsOf, itemsOf, listsOf, movesOf, readsOf } from './describe.ts';
import { endpoint } from './endpoint.ts';
import { exampleOfMove } from './example.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { readSchema, listSchema, pageQuery, recordParams } from './views.ts';

export function recordEndpoints(record: ServerRecord): Endpoint[] {
  const { definition } = record;
  const schemas = recordSchemas(definition);
  const tag = definition.plural;
  const one = withArticle(definition.label);
  const response = readSchema(definition, schemas.view);
  const common = { tag, response, params: recordParams };
  const endpoints: Endpoint[] = [
    endpoint({
      method: 'GET',
      path: `/${definition.path}`,
      operationId: `${definition.type}.list`,
      tag,
      status: 200,
      summary: `List ${definition.plural.toLowerCase()}: ${definition.purpose}`,
      description: listsOf(definition),
      query: listQuery(record),
      refusals: ['list.cursor', 'list.sort'],
      response: listSchema(definition, schemas.columns),
      handle: async ({ application, caller, query }) =>
        refusable(() => page(application, record, caller.principal, query as ListQuery)),
    }),
    endpoint({
      ...common,
      method: 'GET',
      path: `/${definition.path}/{id}`,
      operationId: `${definition.type}.read`,
      status: 200,
      summary: `Read ${one} with the moves open to you`,
      description: readsOf(definition),
      query: z.object({ asOf: instantText.optional() }),
      refusals: ['record.not-yet', 'record.past'],
      handle: async ({ application, caller, params, query }) => {
        const found = await read(application, record, caller.principal, params.id);
        if (!found) return notFound(definition, params.id);
        const { asOf } = query;
        if (asOf === undefined) return done(found);
        return refusable(() => foldAsOf(application, record, { current: found, principal: caller.principal, asOf }));
      },
    }),
    endpoint({
      ...common,
      method: 'PATCH',
      path: `/${definition.path}/{id}`,
      operationId: `${definition.type}.edit`,
      status: 200,
      summary: `Edit ${one}`,
      description: editsOf(record),
      body: schemas.edit,
      example: { expectedVersion: 1, title: `${definition.label} under another title` },
      writes: { type: definition.type, edits: true },
      idempotent: true,
      handle: (call) =>
        writing(call, record, 'edit', (work) => edit(work, record, call.params.id, call.body as EditInput)),
    }),
    ...Object.entries(definition.lifecycle.moves)
      .filter(([, each]) => !each.gate && each.who.some((role) => role !== 'system'))
      .map(([name, each]) =>
        endpoint({
          ...common,
          method: 'POST',
          path: `/${definition.path}/{id}/moves/${name}`,
          operationId: `${definition.type}.${name}`,
          status: 200,
          idempotent: true,
          summary: `${each.label}: ${each.from.join(' or ')}${each.to === 'same' ? '' : ` → ${each.to}`}`,
          description: movesOf(record, name, each),
          body: moveSchema(definition, each),
          example: exampleOfMove(definition, each),
          writes: { type: definition.type, moves: [name] },
          handle: (call) => writing(call, record, name, (work) => move(work, record, call.params.id, name, call.body)),
        }),
      ),
  ];
  if (isMadeByHand(definition)) endpoints.push(createEndpoint(record, response, schemas.create));
  if (definition.checklist) endpoints.push(itemEndpoint(record, response));
  return endpoints;
}

function createEndpoint(record: ServerRecord, response: z.ZodType, body: z.ZodObject): Endpoint {
  const { definition } = record;
  return endpoint({
    method: 'POST',
    path: `/${definition.path}`,
    operationId: `${definition.type}.create`,
    tag: definition.plural,
    status: 201,
    idempotent: true,
    summary: `Create ${withArticle(definition.label)}`,
    description: createsOf(record),
    writes: { type: definition.type, creates: true },
    body,
    response,
    handle: (call) => writing(call, record, 'create', (work) => create(work, record, call.body as CreateInput)),
  });
}

const itemBody = z.strictObject({
  expectedVersion: z.int32().min(1),
  statement: z.string().max(20_000).nullable().optional(),
  file: idText
    .nullable()
    .optional()
    .describe('A public file of the record that is stated, with the statement or instead of one'),
  applicable: z.boolean().optional(),
  notApplicableReason: z.string().max(2000).optional(),
  accept: z.literal(true).optional(),
  reject: z.string().min(1).max(2000).optional(),
});

function itemEndpoint(record: ServerRecord, response: z.ZodType): Endpoint {
  const { definition } = record;
  return endpoint({
    method: 'PATCH',
    path: `/${definition.path}/{id}/items/{item}`,
    operationId: `${definition.type}.item`,
    tag: definition.plural,
    status: 200,
    idempotent: true,
    summary: 'Draft, accept, reject or set aside one checklist item',
    description: itemsOf(definition),
    params: recordParams.extend({ item: z.string().max(40) }),
    body: itemBody,
    writes: { type: definition.type },
    refusals: ['item.closed', 'item.missing', 'item.reason', 'item.unknown', 'separation.sd1'],
    response,
    handle: (call) =>
      writing(call, record, 'item', (work) => editItem(work, record, call.params.id, call.params.item, call.body)),
  });
}

/** Runs a write, and answers with the record as it then stands. */
async function writing(
  call: Pick<Call<Record<string, unknown>>, 'application' | 'caller' | 'params'>,
  record: ServerRecord,
  command: string,
  run: (work: Work) => Promise<RecordData>,
) {
  const { application, caller } = call;
  const name = call.params['id'];
  const attempt = {
    command,
    type: record.definition.type,
    ...(typeof name === 'string' && uuidForm.test(name) ? { id: name } : {}),
  };
  const outcome = await act(application, caller, attempt, async (work): Promise<Done<RecordData>> => {
    const data = await run(work);
    return { id: data.id, data };
  });
  if (!outcome.ok) return outcome;
  const { id, data } = outcome.value;
  // What follows a save may have touched the record further: what is told is what stands.
  const { created, edited, moved, settled } = record.commands ?? {};
  const told =
    data && !created && !edited && !moved && !settled
      ? await view(application, record, caller.principal, data)
      : await read(application, record, caller.principal, id);
  return told ? done(told) : notFound(record.definition, id);
}

async function page(application: Application, record: ServerRecord, principal: Principal, query: ListQuery) {
  const { items, nextCursor } = await list(application.pool, record, principal, query);
  return {
    items,
    nextCursor,
    names: await namesOf(
      application.pool,
      principal,
      idsIn(items.map((item) => [item.fields, item['owner'], item['customers']])),
    ),
  };
}

function listQuery({ definition }: ServerRecord) {
  const filters = Object.fromEntries(
    fieldsOf(definition)
      .filter(([name]) => definition.filters?.includes(name))
      .map(([name, field]) => [name, filterSchema(field).optional()]),
  );
  return pageQuery.extend({
    ...filters,
    sort: z.string().max(60).optional(),
    state: z.string().max(500).optional(),
    owner: idText.optional(),
    customer: idText.optional(),
    q: z.string().max(200).optional(),
  });
}
