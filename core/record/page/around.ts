import { postsIn } from '../../decision/open-gates.ts';
import { stillAsked } from '../../journal/format/made.ts';
import { facetsOf, inFacets } from '../../permission/facet.ts';
import { isAfter } from '../read/since.ts';
import { scopeOf } from '../../permission/scope.ts';
import type { Principal } from '../../permission/principal.ts';
import type { ItemData } from '../define/checklist.ts';
import type { RecordData } from '../define/data.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { ServerRecord } from '../define/work.ts';
import type { LinkView } from './read.ts';

export interface Surroundings {
  links: Omit<LinkView, 'label'>[];
  items: ItemData[];
  conditions: unknown[];
  evidence: unknown[];
  decided: boolean;
  /** Of the moves that ask for a decision open now: those by which it still is asked for. */
  asked: string[];
}

/** Links, items, conditions and attestations of a record, and what was asked for, in one statement. */
export async function surroundings(
  client: Queryable,
  record: ServerRecord,
  principal: Principal,
  { data, many, since }: { data: RecordData; many: readonly string[]; since: string | null },
): Promise<Surroundings> {
  const scope = scopeOf(principal, 8);
  const asking = postsIn(record.definition.lifecycle, data.state).flatMap(({ askedBy, within }) =>
    askedBy === null ? [] : [{ move: askedBy, within }],
  );
  const { rows } = await client.query({
    text: `select coalesce(
        (
          select jsonb_agg(
            jsonb_build_object(
              'id', l.id, 'type', l.type,
              'direction', case when l.from_id = $2 then 'out' else 'in' end,
              'state', case
                when l.type = any($5::text[]) then 'asserted'
                when (case when l.from_id = $2 then l.to_hash else l.from_hash end) = r.content_hash then 'asserted'
                else 'suspect' end,
              'assertedBy', l.asserted_by, 'at', l.asserted_at,
              'other', jsonb_build_object(
                'id', r.id, 'type', r.type, 'ref', r.ref, 'number', r.number, 'title', r.title,
                'state', r.state, 'stage', r.stage, 'version', r.version, 'customers', r.customers,
                'owner', r.owner_id, 'createdAt', r.created_at, 'updatedAt', r.updated_at))
            order by l.asserted_at, l.id)
          from (
            select *
            from core.link
            where provider_id = $1 and from_id = $2 and withdrawn_at is null
            union all
            select *
            from core.link
            where provider_id = $1 and to_id = $2 and withdrawn_at is null and type <> all($5::text[])
            limit 200) l
          join core.record r on r.provider_id = l.provider_id
            and r.id = case when l.from_id = $2 then l.to_id else l.from_id end
          where ${scope.sql}),
        '[]') as links,
        ${record.definition.checklist ? itemsExpression : "'[]'::jsonb"} as items,
        coalesce(
          (
            select jsonb_agg(
              jsonb_build_object(
                'id', c.id, 'decision', c.decision_id, 'text', c.text, 'owner', c.owner_id, 'dueAt', c.due_at,
                'blocks', c.blocks, 'state', c.state)
              order by c.id)
            from core.condition c
            where c.provider_id = $1 and c.subject_id = $2),
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
            where e.provider_id = $1 and e.subject_id = $2 and ${inFacets('e.customer_id', '$6')} and ${isAfter('e.attested_at', '$7')}),
          '[]') as evidence,
        exists (select from core.decision d where d.provider_id = $1 and d.subject_id = $2) as decided,
        $3::text as type,
        ${askedExpression} as asked`,
    values: [
      data.providerId,
      data.id,
      data.type,
      JSON.stringify(asking),
      many,
      facetsOf(principal),
      since,
      ...scope.values,
    ],
  });
  return rows[0] as Surroundings; // one row, with the columns above
}

const askedExpression = `array(
  select w.move
  from jsonb_to_recordset($4::jsonb) as w(move text, within text[])
  where ${stillAsked({ provider: '$1', record: '$2', move: 'w.move', within: 'w.within' })})`;

const itemsExpression = `coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'item', i.item, 'mandatory', i.mandatory, 'applicable', i.applicable,
          'notApplicableReason', i.not_applicable_reason,
          'statement', i.statement, 'fileHash', i.file_hash,
          'state', i.state, 'draftedBy', i.drafted_by, 'acceptedBy', i.accepted_by,
          'acceptedRole', i.accepted_role, 'selfChecked', i.self_checked, 'finding', i.finding,
          'updatedAt', i.updated_at)
        order by i.position)
      from core.item i
      where i.provider_id = $1 and i.record_id = $2),
    '[]')`;
