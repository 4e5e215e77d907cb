import { facetsOf, sinceOf } from '../permission/facet.ts';
import { seenSince } from '../record/read/since.ts';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { headerColumns, toHeader } from '../record/define/data.ts';
import type { Header } from '../record/define/data.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { linksInThread } from '../record/relate/relate.ts';
import type { Application, Registry } from '../record/define/work.ts';
import { done } from '../refusal/refusal.ts';
import { depths } from './depths.ts';
import type { Flow } from './depths.ts';
import { figuresOf } from './figures.ts';
import { inStatesOf } from './past.ts';

interface Edge {
  id: string;
  from: string;
  to: string;
  type: string;
  state: 'asserted' | 'suspect';
  at: string;
}

/** Records reached at the most: a thread is a picture for people, and a request must not grow with history. */
const most = 300;
const furthest = 14;

/** A link that stands now, or stood at an instant where one is bound. */
const stands = (link: string, asOf: string): string =>
  `case when ${asOf}::timestamptz is null then ${link}.withdrawn_at is null
     else ${link}.asserted_at <= ${asOf} and coalesce(${link}.withdrawn_at, 'infinity') > ${asOf} end`;

/** Walks links both ways from a record, breadth first, a statement a step, over what the principal may see. */
export async function threadOf(application: Application, principal: Principal, name: string, asOf: string | undefined) {
  const start = await loadHeader(application.pool, principal, name);
  if (!start) return missing('record', name);
  const since = await seenSince(application.pool, principal, { providerId: principal.providerId, id: start.id });
  if (asOf !== undefined && since !== null && Date.parse(asOf) <= Date.parse(since)) return missing('record', name);
  const nodes = new Map<string, { header: Header; distance: number }>([
    [start.id, { header: toHeader(start), distance: 0 }],
  ]);
  const edges = new Map<string, Edge>();
  let frontier = [start.id];
  let truncated = false;
  for (let distance = 1; frontier.length && distance <= furthest; distance += 1) {
    const step = await stepFrom(application, principal, frontier, asOf);
    for (const edge of step.edges) edges.set(edge.id, edge);
    frontier = [];
    for (const header of step.headers.filter((each) => !nodes.has(each.id))) {
      if (nodes.size >= most) {
        truncated = true;
        break;
      }
      nodes.set(header.id, { header, distance });
      frontier.push(header.id);
    }
  }
  for (const edge of await linksBetween(application, principal, [...nodes.keys()], asOf)) edges.set(edge.id, edge);
  const shown = [...edges.values()].filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  const { pool, registry } = application;
  const depth = depths(
    start.id,
    shown.map((edge) => flowOf(registry, edge)),
  );
  const today = [...nodes.values()].map(({ header }) => header);
  const headers = asOf === undefined ? today : await inStatesOf(pool, today, asOf);
  const figures = await figuresOf(pool, registry, principal.providerId, headers, asOf);
  const now = principal.scenarioNow ?? new Date(application.clock()).toISOString();
  // As of an earlier day nothing is told: what was in use then is not kept.
  const broken =
    asOf === undefined
      ? ((await registry.breaks?.({ client: pool, principal, now }, [...nodes.keys()], 'in use')) ?? [])
      : [];
  return done({
    nodes: headers.map((header) => ({
      header,
      distance: nodes.get(header.id)?.distance ?? 0,
      depth: depth.get(header.id) ?? 0,
      measured: figures.get(header.id) ?? null,
      broken: broken
        .filter(({ at }) => at.id === header.id)
        .map(({ code, sentence, hint }) => ({ code, sentence, hint })),
    })),
    edges: shown.map((edge) => ({ ...edge, label: registry.links.get(edge.type)?.label ?? edge.type })),
    weakest: shown.find((edge) => edge.state === 'suspect')?.id ?? null,
    // By the very breaks that the report tells: there is no second rule of what holds.
    complete: broken.length ? false : asOf === undefined && !truncated ? true : null,
    truncated,
  });
}

async function stepFrom(
  application: Application,
  principal: Principal,
  frontier: readonly string[],
  asOf: string | undefined,
): Promise<{ edges: Edge[]; headers: Header[] }> {
  const scope = scopeOf(principal, 6);
  const { registry } = application;
  const { rows } = await application.pool.query(
    `select l.id as "linkId",
       l.from_id as "from",
       l.to_id as "to",
       l.type as "linkType",
       l.asserted_at as "at",
       case
         when case
         when l.from_id = r.id then l.from_hash
         else l.to_hash end = r.content_hash then 'asserted'
         else 'suspect' end as "linkState",
       ${headerColumns}
     from (
       select *
       from core.link
       where provider_id = $6 and from_id = any($1::uuid[])
       union
       select *
       from core.link
       where provider_id = $6 and to_id = any($1::uuid[])) l
     join core.record r on r.provider_id = l.provider_id
       and r.id = case when not (l.to_id = any($1::uuid[])) then l.to_id when not (
         l.from_id = any($1::uuid[])) then l.from_id else l.to_id end
     where l.type <> all($3::text[])
       and not (
         l.type = any($4::text[])
         and exists (
           select
           from core.link n
           where n.provider_id = l.provider_id
             and n.from_id = l.from_id
             and n.type = l.type
             and ${stands('n', '$2')}
             and (n.asserted_at, n.id) > (l.asserted_at, l.id)))
       and ${stands('l', '$2')}
       and ($2::timestamptz is null or $2 > ${sinceOf('$5')})
       and ${scope.sql}
     order by l.asserted_at, l.id
     limit ${most}`,
    [
      frontier,
      asOf ?? null,
      [...linksInThread(registry, 'never'), ...linksInThread(registry, 'between')],
      linksInThread(registry, 'newest'),
      facetsOf(principal),
      ...scope.values,
    ],
  );
  const found = rows as (Header & {
    linkId: string;
    from: string;
    to: string;
    linkType: string;
    linkState: 'asserted' | 'suspect';
    at: string;
  })[];
  return {
    edges: found.map((row) => ({
      id: row.linkId,
      from: row.from,
      to: row.to,
      type: row.linkType,
      state: row.linkState,
      at: row.at,
    })),
    headers: found.map(toHeader),
  };
}

/** Links that lead to nothing new, among the records that a thread has found. */
async function linksBetween(
  { pool, registry }: Application,
  principal: Principal,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Edge[]> {
  const { rows } = await pool.query<Edge>(
    `select l.id, l.from_id as "from", l.to_id as "to", l.type, l.asserted_at as "at",
       case when l.from_hash = f.content_hash and l.to_hash = t.content_hash then 'asserted' else 'suspect' end as state
     from core.link l
     join core.record f on f.provider_id = l.provider_id and f.id = l.from_id
     join core.record t on t.provider_id = l.provider_id and t.id = l.to_id
     where l.provider_id = $1
       and l.from_id = any($2::uuid[])
       and l.to_id = any($2::uuid[])
       and l.type = any($3::text[])
       and ${stands('l', '$4')}`,
    [principal.providerId, ids, linksInThread(registry, 'between'), asOf ?? null],
  );
  return rows;
}

/** The direction in which the thread runs along a link. */
function flowOf({ links }: Registry, { type, from, to, at }: Edge): Flow {
  return links.get(type)?.against ? { from: to, to: from, at } : { from, to, at };
}
