// What stood around a record at an instant: its checklist, links, conditions and attestations.
import type { ItemData } from '../record/define/checklist.ts';
import type { Queryable } from '../database/queryable.ts';
import type { LinkView, ReadView } from '../record/page/read.ts';
import { linkLabel, linksOfMany } from '../record/relate/relate.ts';
import type { Application } from '../record/define/work.ts';
import { isAfter } from '../record/read/since.ts';
import { facetsOf, inFacets, sinceOf } from '../permission/facet.ts';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';

interface Told {
  edits: Record<string, unknown>;
}

/** The items as the entries up to an instant left them, in the order that the checklist has today. */
export function itemsAsOf(entries: readonly Told[], today: readonly ItemData[]): ItemData[] {
  const items = new Map<string, ItemData>();
  for (const { edits } of entries) {
    const { _item: item, _items: all } = edits as { _item?: ItemData; _items?: ItemData[] }; // written by the door alone
    for (const each of [...(all ?? []), ...(item ? [item] : [])]) items.set(each.item, each);
  }
  return today.flatMap(({ item }) => items.get(item) ?? []);
}

/**
 * The links that stood at an instant, those withdrawn since among them; suspect where either end then read otherwise than when
 * the link was last asserted by then. The other end shows its title of today, and its state and version of then.
 */
export async function linksAsOf(
  { pool, registry }: Application,
  principal: Principal,
  record: { providerId: string; id: string },
  asOf: string,
): Promise<LinkView[]> {
  const scope = scopeOf(principal, 6);
  const { rows } = await pool.query({
    text: `select l.id,
        l.type,
        case when l.from_id = $2 then 'out' else 'in' end as direction,
        case
          when l.type = any($4::text[]) or coalesce(
            t.told ->> case when l.from_id = $2 then 'toHash' else 'fromHash' end,
            case when l.from_id = $2 then l.to_hash else l.from_hash end) = o.content_hash then 'asserted'
          else 'suspect' end as state,
        l.asserted_by as "assertedBy",
        l.asserted_at as at,
        jsonb_build_object(
          'id', r.id, 'type', r.type, 'ref', r.ref, 'number', r.number, 'title', r.title, 'state', s.to_state,
          'stage', r.stage, 'version', o.version, 'customers', r.customers, 'owner', r.owner_id,
          'createdAt', r.created_at, 'updatedAt', o.occurred_at) as other
      from core.link l
      join core.record r on r.provider_id = l.provider_id
        and r.id = case when l.from_id = $2 then l.to_id else l.from_id end
      join lateral (
        select j.content_hash, j.version, j.occurred_at
        from core.journal j
        where j.provider_id = r.provider_id and j.record_id = r.id and j.occurred_at <= $3
        order by j.seq desc
        limit 1) o on true
      join lateral (
        select j.to_state
        from core.journal j
        where j.provider_id = r.provider_id
          and j.record_id = r.id
          and j.occurred_at <= $3
          and j.to_state is not null
        order by j.seq desc
        limit 1) s on true
      left join lateral (
        select told
        from core.journal j
        cross join lateral jsonb_array_elements(j.edits -> '_links') told
        where j.provider_id = l.provider_id
          and j.record_id = l.from_id
          and j.occurred_at <= $3
          and told ->> 'id' = l.id::text
        order by j.seq desc
        limit 1) t on true
      where l.provider_id = $1
        and (l.from_id = $2 or l.to_id = $2 and l.type <> all($4::text[]))
        and l.asserted_at <= $3
        and (l.withdrawn_at is null or l.withdrawn_at > $3)
        and ${scope.sql}
        and $3 > ${sinceOf('$5')}
      order by l.asserted_at, l.id
      limit 200`,
    values: [record.providerId, record.id, asOf, linksOfMany(registry), facetsOf(principal), ...scope.values],
  });
  return (rows as Omit<LinkView, 'label'>[]).map((each) => ({ ...each, label: linkLabel(registry, each) })); // the select list
}

/** The conditions of decisions made by then, open where they were met only later; and what was attested by then. */
export async function attestedAsOf(
  client: Queryable,
  principal: Principal,
  record: { providerId: string; id: string },
  { asOf, since }: { asOf: string; since: string | null },
): Promise<Pick<ReadView, 'conditions' | 'evidence'>> {
  const { rows } = await client.query({
    text: `select coalesce(
        (
          select jsonb_agg(
            jsonb_build_object(
              'id', c.id, 'decision', c.decision_id, 'text', c.text, 'owner', c.owner_id, 'dueAt', c.due_at,
              'blocks', c.blocks,
              'state',
              case when c.met_at <= $3 then 'met' when c.lapsed_at <= $3 then 'lapsed' else 'open' end)
            order by c.id)
          from core.condition c
          join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
          where c.provider_id = $1
            and c.subject_id = $2
            and d.occurred_at <= $3
            and ${inFacets('d.customer_id', '$4')}
            and ${isAfter('d.occurred_at', '$5')}),
        '[]') as conditions,
        coalesce(
          (
            select jsonb_agg(
              jsonb_build_object(
                'id', e.id, 'gate', e.gate, 'title', e.title, 'statement', e.statement, 'withdraws', e.withdraws,
                'failed', e.failed, 'fileName', e.file_name, 'fileHash', e.file_hash, 'hash', e.hash,
                'role', e.role, 'customer', e.customer_id, 'attestedBy', e.attested_by,
                'at', e.attested_at, 'expiresAt', e.expires_at)
              order by e.attested_at)
            from core.evidence e
            where e.provider_id = $1
              and e.subject_id = $2
              and e.attested_at <= $3
              and ${inFacets('e.customer_id', '$4')}
              and ${isAfter('e.attested_at', '$5')}),
          '[]') as evidence`,
    values: [record.providerId, record.id, asOf, facetsOf(principal), since],
  });
  return rows[0] as Pick<ReadView, 'conditions' | 'evidence'>; // one row, with the columns above
}
