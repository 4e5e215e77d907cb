import { scopeOf } from '../../permission/scope.ts';
import type { Principal } from '../../permission/principal.ts';
import { headerColumns, toHeader } from '../define/data.ts';
import type { Header } from '../define/data.ts';
import type { Queryable } from '../../database/queryable.ts';
import { searchTerms } from '../define/words.ts';

interface Asked {
  words: string;
  types: readonly string[] | null;
  limit: number;
}

/** How many of the newest records are looked through before the index of words is asked. */
const firstLook = 180;
/** How many more, where the first look met the words so often that the rest cannot be far. */
const secondLook = 4000;
const oftenEnough = 3;
/** How many hits are sorted; where there are more, the next is soon met among the newest. */
const mostSorted = 2000;

/**
 * The record that a reference names, those that another system calls so, then those that hold all words or beginnings of words, edited last first. A common word is
 * met among the newest records; only a rare one is looked up in the index, which knows no order: it would give up all its hits.
 */
export async function searchHeaders(client: Queryable, principal: Principal, asked: Asked): Promise<Header[]> {
  const terms = searchTerms(asked.words);
  if (!terms || asked.types?.length === 0) return [];
  const named = [...(await namedBy(client, principal, asked)), ...(await calledElsewhere(client, principal, asked))];
  const found = await newestHits({ client, principal, asked, terms });
  const others = found.filter(({ id }) => !named.some((each) => each.id === id));
  return [...named, ...others].slice(0, asked.limit).map(toHeader);
}

async function namedBy(client: Queryable, principal: Principal, { words, types }: Asked): Promise<Header[]> {
  if (!/^[a-z][a-z\d]*-\d+$/i.test(words.trim())) return [];
  const scope = scopeOf(principal, 3);
  const { rows } = await client.query(
    `select ${headerColumns}
     from core.record r
     where r.ref = upper($1) and ($2::text[] is null or r.type = any($2)) and ${scope.sql}`,
    [words.trim(), types, ...scope.values],
  );
  return rows as Header[]; // the select list is the header
}

/** Records that another system calls by that very word. */
async function calledElsewhere(
  client: Queryable,
  principal: Principal,
  { words, types, limit }: Asked,
): Promise<Header[]> {
  if (!/^\S+$/.test(words.trim())) return [];
  const scope = scopeOf(principal, 4);
  const { rows } = await client.query(
    `select ${headerColumns}
     from core.source_key s
     join core.record r on r.provider_id = s.provider_id and r.id = s.record_id
     where s.provider_id = $4
       and s.key = $1
       and ($2::text[] is null or r.type = any($2))
       and ${scope.sql}
     order by r.updated_at desc, r.id
     limit $3`,
    [words.trim(), types, limit, ...scope.values],
  );
  return rows as Header[]; // the select list is the header
}

interface Search {
  client: Queryable;
  principal: Principal;
  asked: Asked;
  terms: string;
}

async function newestHits(search: Search): Promise<Header[]> {
  const { limit, types } = search.asked;
  // The newest of several types are no stretch of one index.
  if (types && types.length > 1) return allHits(search);
  const first = await lookAtNewest(search);
  if (first.length >= limit) return first;
  const [one] = first;
  if (one && one.looked < firstLook) return first;
  if (one && first.length >= oftenEnough) {
    const hits = [...first, ...(await lookBehind(search, one, limit - first.length))];
    if (hits.length >= limit) return hits;
  }
  return allHits(search);
}

/** A hit of the first look: how many records were looked at, and where the look ended. */
interface Looked extends Header {
  looked: number;
  endAt: string;
  endId: string;
}

const newestFirst = 'order by r.updated_at desc, r.id desc';
const ofType = (parameter: number) => `($${parameter}::text[] is null or r.type = any($${parameter}))`;

/** Without a type, the index of all records by edit; with one, that of its type. */
const stretch = (types: readonly string[] | null, parameter: number) =>
  types ? `r.type = ($${parameter}::text[])[1]` : `$${parameter}::text[] is null`;

async function lookAtNewest({ client, principal, asked: { types, limit }, terms }: Search): Promise<Looked[]> {
  const scope = scopeOf(principal, 4);
  const { rows } = await client.query(
    `with newest as materialized (
       select r.id, r.updated_at, r.search @@ $1::tsquery and ${scope.sql} as hit from core.record r
       where r.provider_id = $4 and ${stretch(types, 2)} ${newestFirst} limit ${firstLook})
     select ${headerColumns}, (select count(*)::int from newest) as looked, o.updated_at as "endAt", o.id as "endId"
     from (select id, updated_at from newest order by updated_at, id limit 1) o
     cross join (select id from newest where hit order by updated_at desc, id desc limit $3) n
     cross join lateral (select * from core.record x where x.provider_id = $4 and x.id = n.id offset 0) r ${newestFirst}`,
    [terms, types, limit, ...scope.values],
  );
  return rows as Looked[]; // the select list is Looked
}

async function lookBehind(
  { client, principal, asked: { types }, terms }: Search,
  { endAt, endId }: Looked,
  wanted: number,
): Promise<Header[]> {
  const scope = scopeOf(principal, 6);
  const { rows } = await client.query(
    `select ${headerColumns}
     from (
       select *
       from core.record r
       where r.provider_id = $6
         and ${stretch(types, 2)}
         and (r.updated_at, r.id) < ($4::timestamptz, $5::uuid) ${newestFirst}
       limit ${secondLook}) r
     where r.search @@ $1::tsquery and ${scope.sql}
     limit $3`,
    [terms, types, wanted, endAt, endId, ...scope.values],
  );
  return rows as Header[]; // the select list is the header
}

/** All hits from the index of words, sorted; where they are too many for that, in whichever way the planner finds the newest. */
async function allHits({ client, principal, asked: { types, limit }, terms }: Search): Promise<Header[]> {
  const scope = scopeOf(principal, 4);
  const fits = `r.provider_id = $4 and ${ofType(2)} and ${scope.sql}`;
  const hits = 'r.search @@ $1::tsquery';
  const { rows } = await client.query(
    `with found as materialized (
       select r.id, r.updated_at
       from (select * from core.record r where ${hits} offset 0) r
       where ${fits}
       limit ${mostSorted + 1}) (
       select ${headerColumns}
       from (
         select *
         from found
         where (select count(*) from found) <= ${mostSorted}
         order by updated_at desc, id desc
         limit $3) f
       cross join lateral (
         select *
         from core.record x
         where x.provider_id = $4 and x.id = f.id
         offset 0) r ${newestFirst})
     union all (
       select ${headerColumns}
       from core.record r
       where (select count(*) from found) > ${mostSorted} and ${hits} and ${fits} ${newestFirst}
       limit $3)`,
    [terms, types, limit, ...scope.values],
  );
  return rows as Header[]; // the select list is the header
}
