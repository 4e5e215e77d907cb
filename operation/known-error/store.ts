import type { Principal } from '../../core/permission/principal.ts';
import { scopeOf } from '../../core/permission/scope.ts';
import { headerColumns, toHeader } from '../../core/record/define/data.ts';
import type { Header } from '../../core/record/define/data.ts';
import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { knownErrorRecord } from './record.ts';
import type { KnownErrorFacts } from './rules.ts';
import { authorised } from './rules.ts';
import { wordsOf } from '../../core/record/define/shared-words.ts';

/** What the rules of a known error need to know, over $1 = provider and $2 = record. */
export const knownErrorFacts: FactsFor<typeof knownErrorRecord, KnownErrorFacts> = {
  problemState: `(
    select to_jsonb(p.state)
    from operation.known_error k
    join operation.problem p on p.provider_id = k.provider_id and p.id = k.problem
    where k.provider_id = $1 and k.id = $2)`,
  isFixAuthorised: `to_jsonb(
      exists (
        select
        from operation.known_error k
        join core.link l on l.provider_id = k.provider_id
          and l.from_id = k.problem
          and l.type = 'resolvedBy'
          and l.withdrawn_at is null
        join core.record c on c.provider_id = l.provider_id and c.id = l.to_id
        where k.provider_id = $1
          and k.id = $2
          and c.state in (${authorised.map((state) => `'${state}'`).join(', ')})))`,
};

/** What a problem concerns: its known errors concern the same. */
export async function placeOf(
  client: Queryable,
  providerId: string,
  problem: string,
): Promise<{ service: string | null; component: string | null; category: string | null }> {
  const { rows } = await client.query(
    `select service, component, category
     from operation.problem
     where provider_id = $1
       and id = $2`,
    [providerId, problem],
  );
  const [found] = rows as { service: string | null; component: string | null; category: string | null }[]; // the select list
  return found ?? { service: null, component: null, category: null };
}

/** Whether it is told already how a workaround fared on an incident. */
export async function usedOn(
  client: Queryable,
  { providerId, id }: { providerId: string; id: string },
  knownError: string,
): Promise<boolean> {
  const { rows } = await client.query(
    `select true
     from core.link l
     where l.provider_id = $1
       and l.from_id = $2
       and l.type in ('workedAroundBy', 'notHelpedBy')
       and l.to_id = $3
       and l.withdrawn_at is null
     limit 1`,
    [providerId, id, knownError],
  );
  return rows.length > 0;
}

export interface Offer {
  record: Header;
  workaround: string | null;
  /** What it has in common with the incident, in words. */
  because: string[];
  /** How it fared on the incident, once that was told. */
  used: 'worked' | 'failed' | null;
}

/** How many known errors, or problems, of a service are compared at most: the newest. */
const newest = 200;
const shown = 5;

/** Of an incident what is compared, with the words of its title. */
const own = `own as (
       select i.provider_id, i.id, i.service, i.component, i.category, array(
         select distinct w
         from unnest(string_to_array(trim(${wordsOf('o.title')}), ' ')) w
         where length(w) > 3) as words
       from operation.incident i
       join core.record o on o.provider_id = i.provider_id and o.id = i.id
       where i.provider_id = $2
         and i.id = $1)`;
const shares = `near.component = own.component as "sameComponent",
    near.category = own.category as "sameCategory",
    (
      select count(*)::int
      from unnest(own.words) w
      where strpos(${wordsOf('near.text')}, ' ' || w || ' ') > 0) as shared`;
const score = `coalesce("sameComponent", false)::int * 3 + coalesce("sameCategory", false)::int * 2 + shared`;

/** Known errors with or without a workaround that an incident looks like, and those that were used on it. */
export async function offersFor(client: Queryable, principal: Principal, incident: string): Promise<Offer[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query(
    `with ${own},
       near as (
         select k.id,
           k.component,
           k.category,
           k.workaround,
           concat_ws(' ', k.symptom, k.detection_rule) as text
         from own
         cross join lateral (
           select e.*
           from operation.known_error e
           where e.service = own.service
             and e.provider_id = own.provider_id
             and e.state in ('active', 'workaround_verified', 'fix_scheduled')
           order by e.id desc
           limit ${newest}) k),
       compared as (
         select ${headerColumns},
           near.workaround,
           ${shares},
           (
             select l.type
             from core.link l
             where l.provider_id = own.provider_id
               and l.from_id = own.id
               and l.type in ('workedAroundBy', 'notHelpedBy')
               and l.to_id = near.id
               and l.withdrawn_at is null
             limit 1) as link
         from own,
           near,
           lateral (
             select x.*
             from core.record x
             where x.provider_id = own.provider_id and x.id = near.id
             offset 0) r
         where ${scope.sql})
     select *
     from compared
     where ${score} >= 2 or link is not null
     order by link is null, ${score} desc, state = 'workaround_verified' desc, number desc
     limit ${shown}`,
    [incident, ...scope.values],
  );
  return (rows as (Header & Compared & { workaround: string | null; link: string | null })[]).map((row) => ({
    record: toHeader(row),
    workaround: row.workaround,
    because: because(row),
    used: row.link === null ? null : row.link === 'workedAroundBy' ? 'worked' : 'failed',
  }));
}

/** Open problems that an incident looks like and is not joined to. */
export async function problemsFor(
  client: Queryable,
  principal: Principal,
  incident: string,
): Promise<Pick<Offer, 'record' | 'because'>[]> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query(
    `with ${own},
       near as (
         select p.id, p.component, p.category, p.description as text
         from own
         cross join lateral (
           select b.*
           from operation.problem b
           where b.service = own.service
             and b.provider_id = own.provider_id
             and b.state not in ('closed', 'cancelled')
           order by b.id desc
           limit ${newest}) p),
       compared as (
         select ${headerColumns}, ${shares.replace('near.text', "near.text || ' ' || r.title")}
         from own,
           near,
           lateral (
             select x.*
             from core.record x
             where x.provider_id = own.provider_id and x.id = near.id
             offset 0) r
         where ${scope.sql}
           and not exists (
             select
             from core.link l
             where l.provider_id = own.provider_id
               and l.from_id = own.id
               and l.type = 'causedBy'
               and l.to_id = near.id
               and l.withdrawn_at is null))
     select *
     from compared
     where ${score} >= 2
     order by ${score} desc, number desc
     limit ${shown}`,
    [incident, ...scope.values],
  );
  return (rows as (Header & Compared)[]).map((row) => ({ record: toHeader(row), because: because(row) }));
}

interface Compared {
  sameComponent: boolean | null;
  sameCategory: boolean | null;
  shared: number;
}

const because = ({ sameComponent, sameCategory, shared }: Compared): string[] => [
  ...(sameComponent ? ['same component'] : []),
  ...(sameCategory ? ['same category'] : []),
  ...(shared ? [`${shared} ${shared === 1 ? 'word' : 'words'} of the title`] : []),
];
