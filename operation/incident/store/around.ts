import type { Principal } from '../../../core/permission/principal.ts';
import { scopeOf } from '../../../core/permission/scope.ts';
import { headerColumns, toHeader } from '../../../core/record/define/data.ts';
import type { Header } from '../../../core/record/define/data.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import { wordsOf } from '../../../core/record/define/shared-words.ts';

export interface SimilarIncident {
  record: Header;
  resolution: string | null;
  /** What both have in common, in words. */
  because: string[];
}

/** How far back one looks: the newest of the same service, on the index by service and log. */
const newest = 500;
const shown = 5;

/** Incidents of the same service most like this one: the same component or category, and words of the title. Only those the principal may see. */
export async function similarTo(client: Queryable, principal: Principal, id: string): Promise<SimilarIncident[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query(
    `with own as (
       select i.provider_id,
         i.service,
         i.component,
         i.category,
         i.id,
         array(
           select distinct w
           from unnest(string_to_array(trim(${wordsOf('o.title')}), ' ')) w
           where length(w) > 2) as words
       from operation.incident i
       join core.record o on o.provider_id = i.provider_id and o.id = i.id
       where i.provider_id = $2 and i.id = $1),
       near as (
         select i.*
         from own,
           lateral (
             select n.id, n.component, n.category, n.resolution, n.logged_at
             from operation.incident n
             where n.provider_id = own.provider_id and n.service = own.service and n.id <> own.id
             order by n.logged_at desc
             limit ${newest}) i),
       compared as (
         select ${headerColumns},
           near.resolution,
           near.logged_at,
           near.component = own.component as "sameComponent",
           near.category = own.category as "sameCategory",
           (
             select count(*)::int
             from unnest(own.words) w
             where strpos(r.words, ' ' || w || ' ') > 0) as shared
         from near,
           own,
           lateral (
             select x.*, ${wordsOf('x.title')} as words
             from core.record x
             where x.provider_id = own.provider_id and x.id = near.id
             offset 0) r
         where ${scope.sql}),
       scored as (
         select *,
           coalesce("sameComponent", false)::int * 3 + coalesce("sameCategory", false)::int * 2 + shared as score
         from compared)
     select *
     from scored
     where score >= 2
     order by score desc, resolution is null, logged_at desc
     limit ${shown}`,
    [id, ...scope.values],
  );
  return (rows as (Header & Compared)[]).map((row) => ({
    record: toHeader(row),
    resolution: row.resolution,
    because: [
      ...(row.sameComponent ? ['same component'] : []),
      ...(row.sameCategory ? ['same category'] : []),
      ...(row.shared ? [`${row.shared} ${row.shared === 1 ? 'word' : 'words'} of the title`] : []),
    ],
  }));
}

interface Compared {
  resolution: string | null;
  sameComponent: boolean | null;
  sameCategory: boolean | null;
  shared: number;
}

/** Open records that authorise something on the incident's component: what may have caused it, or may mend it. */
export async function openOnComponent(
  client: Queryable,
  principal: Principal,
  id: string,
  open: readonly string[],
): Promise<Header[]> {
  const scope = scopeOf(principal, 3);
  const { rows } = await client.query(
    `select ${headerColumns}
     from operation.incident i
     join core.link l on l.provider_id = i.provider_id
       and l.from_id = i.component
       and l.type = 'authorisedBy'
       and l.withdrawn_at is null
     join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
     where i.provider_id = $3 and i.id = $1 and r.state = any($2::text[]) and ${scope.sql}
     order by r.updated_at desc
     limit ${shown}`,
    [id, open, ...scope.values],
  );
  return (rows as Header[]).map(toHeader);
}
