// Which of a record's entries somebody reads, and what of each: of a record that several share, one's own and the provider's
// (model R11), without what is internal to the provider. Conditions and columns on `core.journal j`.
import type { Json } from './format/hash.ts';
import { inFacets, saidInFacets, sinceOf } from '../permission/facet.ts';

/** Lists beside a record of which some elements are internal to the provider, as entries tell them. */
const mixed = ['_notes', '_files'];

/** Whether another customer's person made the entry, or it tells what was decided or attested for another customer. */
const isForeign = (facets: string): string => `(not (
  ${saidInFacets({ provider: 'j.provider_id', person: 'j.actor_id' }, facets)}
  and (
    j.decision_id is null
    or exists (
      select
      from core.decision d
      where d.provider_id = j.provider_id and d.id = j.decision_id and ${inFacets('d.customer_id', facets)}))
  and (
    not j.edits ? '_evidence'
    or exists (
      select
      from core.evidence e
      where e.provider_id = j.provider_id
        and e.id = (j.edits -> '_evidence' ->> 'id')::uuid
        and ${inFacets('e.customer_id', facets)}))
  and (
    not j.edits ? '_condition'
    or exists (
      select
      from core.condition c
      join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
      where c.provider_id = j.provider_id
        and c.id = (j.edits -> '_condition' ->> 'id')::uuid
        and ${inFacets('d.customer_id', facets)}))))`;

/** What an entry tells that nobody may know who may not read the note or file itself. */
const publicOf = (name: string, select: string) =>
  `${select} from jsonb_array_elements(j.edits -> '${name}') n where n ->> 'audience' is distinct from 'internal'`;

/** Of the commitments whose values an erasure took away, those that entries which are read had told. */
const erasedOf = (facets: string, select: string) =>
  `${select}
   from jsonb_array_elements_text(j.edits -> '_erased') x(commitment)
   where not exists (
     select
     from core.journal t
     cross join lateral jsonb_array_elements(
       coalesce(t.edits -> '_notes', '[]') || coalesce(t.edits -> '_files', '[]')) n
     where t.provider_id = j.provider_id
       and t.record_id = j.record_id
       and (t.edits ? '_notes' or t.edits ? '_files')
       and x.commitment in (n -> 'text' ->> 'commitment', n -> 'name' ->> 'commitment')
       and (
         n ->> 'audience' = 'internal'
         or not ${saidInFacets({ provider: 't.provider_id', person: 't.actor_id' }, facets)}))`;

/** Of an entry that tells of links alone: whether one of them leads to what is read. A link is told where it begins. */
const isLinkSeen = (facets: string) => `exists (
    select
    from core.record o
    where o.provider_id = j.provider_id
      and o.customers && ${facets}::uuid[]
      and o.id in (
        select (n ->> 'to')::uuid
        from jsonb_array_elements(j.edits -> '_links') n
        union all
        select l.to_id
        from jsonb_array_elements(j.edits -> '_unlinks') n
        join core.link l on l.provider_id = j.provider_id and l.id = (n ->> 'id')::uuid))`;

/**
 * Whether an entry is read at all: not what was before one came to share in the record; one that is about internal notes and files alone is the provider's; of another customer's,
 * only what altered what all of them see: where it stands, and what its fields hold.
 */
export const entriesSeenBy = (facets: string): string => `(${facets}::uuid[] is null or (
  (j.kind <> 'noted' or ${mixed.map((name) => `exists (${publicOf(name, 'select')})`).join(' or ')})
  and (j.kind <> 'erased' or exists (${erasedOf(facets, 'select')}))
  and (j.kind <> 'linked' or ${isLinkSeen(facets)})
  and exists (
    select
    from core.record r
    where r.provider_id = j.provider_id
      and r.id = j.record_id
      and least(j.occurred_at, j.recorded_at) > ${sinceOf(facets)})
  and (
    j.kind in ('created', 'observed', 'edited', 'moved', 'corrected')
    or j.to_state is not null
    or not ${isForeign(facets)})))`;

/** Whether no more of the entry is read than what it altered of what all see. */
export const isAnothersEntry = (facets: string): string => `(${facets}::uuid[] is not null and ${isForeign(facets)})`;

const withoutMixed = mixed.map((name) => ` - '${name}'`).join('');

const publicPart = (name: string) =>
  `|| coalesce((${publicOf(name, `select jsonb_build_object('${name}', jsonb_agg(n))`)} having count(*) > 0), '{}')`;

/** The edits of an entry that is read: an act may carry an internal note beside what everybody may read of it. */
export const editsSeenBy = (facets: string): string =>
  `case
     when ${facets}::uuid[] is null then j.edits
     when j.edits ? '_erased' then j.edits${withoutMixed} || jsonb_build_object('_erased', (${erasedOf(facets, "select coalesce(jsonb_agg(x.commitment), '[]')")}))
     when j.edits ?| array[${mixed.map((name) => `'${name}'`).join(', ')}]
       then (j.edits${withoutMixed}) ${mixed.map(publicPart).join(' ')}
     else j.edits end`;

/** Of another customer's entry: what it altered of the record itself, none of what is kept beside it. */
export const editsOfAll = (edits: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(edits).filter(([name]) => !name.startsWith('_') || ofTheRecord.has(name)));

/** The edits of an entry without links to what is hidden: `names` knows the rest. */
export function linksKnown(
  { kind, edits }: { kind: string; edits: Readonly<Record<string, Json>> },
  names: Readonly<Record<string, string>>,
): Record<string, Json> {
  const { _links: links, _unlinks: ended, ...others } = edits;
  const known = (Array.isArray(links) ? links : []).filter(
    (each) => typeof each === 'object' && each !== null && 'to' in each && String(each['to']) in names,
  );
  return {
    ...others,
    ...(known.length ? { _links: known } : {}),
    // What ended says by its id alone what it was: beside another act it is not told.
    ...(ended !== undefined && kind === 'linked' ? { _unlinks: ended } : {}),
  };
}

/** What entries tell of header and checklist. */
const ofTheRecord: ReadonlySet<string> = new Set([
  '_customers',
  '_owner',
  '_ref',
  '_number',
  '_lineage',
  '_profile',
  '_items',
  '_item',
  '_then',
  '_links',
  '_unlinks',
]);
