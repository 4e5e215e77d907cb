import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import { refusalsBefore } from '../record/act/refusal-stream.ts';
import type { Application } from '../record/define/work.ts';
import type { Principal } from '../permission/principal.ts';
import { done, refusal, refuse } from '../refusal/refusal.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { names, pageQuery, refusalSchema } from './views.ts';

const item = z.object({
  id: idText,
  at: z.string(),
  actor: idText.nullable(),
  channel: z.string(),
  record: idText.nullable(),
  type: z.string().nullable(),
  command: z.string(),
  kind: z.string(),
  codes: z.array(z.string()),
  refusals: z.array(refusalSchema),
});

/** Refused attempts are facts: who tried what, when, and why it was refused. */
export function refusalsEndpoint(): Endpoint {
  return endpoint({
    method: 'GET',
    path: '/refusals',
    operationId: 'refusal.list',
    refusals: ['list.cursor', 'permission.role', 'record.not-found'],
    refusesWith: [404],
    tag: 'Records',
    status: 200,
    summary: 'Refused attempts, newest first: for the provider and auditors, of one record or of all',
    description:
      'Lists attempts that were refused, newest first, with who tried what and every reason that was given: of one record, or of all for the provider and auditors.',
    query: pageQuery.extend({ record: z.string().max(60).optional() }),
    response: z.object({ items: z.array(item), nextCursor: z.string().nullable(), names }),
    handle: ({ application, caller, query }) => page(application, caller.principal, query),
  });
}

async function page(
  application: Application,
  principal: Principal,
  query: { limit: number; cursor?: string | undefined; record?: string | undefined },
) {
  if (!principal.grants.some((grant) => grant.side === 'P' || grant.side === 'A'))
    return refuse(
      'forbidden',
      refusal('permission.role', 'Refused attempts are read by the provider and by auditors.', 'Ask an auditor.'),
    );
  const record = query.record ? await loadHeader(application.pool, principal, query.record) : null;
  if (record === undefined) return missing('record', query.record ?? '');
  const before = query.cursor === undefined ? null : positionOf(query.cursor);
  if (before === undefined)
    return refuse(
      'invalid',
      refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
    );
  const rows = await refusalsBefore(application.pool, principal.providerId, {
    record: record?.id ?? null,
    before,
    limit: query.limit + 1,
  });
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return done({
    items,
    nextCursor: rows.length > query.limit && last ? `${last.at}_${last.id}` : null,
    names: await namesOf(application.pool, principal, idsIn(items.map((each) => each.actor))),
  });
}

const position = z.tuple([instantText, idText]);

/** The place behind an attempt: many may have been refused at one instant, of a clock that stands still as well. */
function positionOf(cursor: string): { at: string; id: string } | undefined {
  const [at, id] = position.safeParse(cursor.split('_')).data ?? [];
  return at === undefined || id === undefined ? undefined : { at, id };
}
