import { nil } from './cursor.ts';

/**
 * The entries of the batch at hand, read once along the index that they came by, however many the planner believes them to be;
 * what they name is then looked up entry by entry (`offset 0` sees to it). Joined freely, the whole journal was read for each decision.
 */
export const span = (only: string) =>
  `span as materialized (
     select j.seq,
       j.provider_id,
       j.record_id,
       j.record_type,
       j.occurred_at,
       j.kind,
       j.move,
       j.decision_id,
       j.edits -> '_then' as further
     from core.journal j
     where (j.transaction, j.seq) > ($1::xid8, $2::bigint)
       and (j.transaction, j.seq) <= ($3::xid8, $4::bigint)
       and ${only})`;

export const recordOf = (id: string, provider: string, alias: string) =>
  `cross join lateral (select * from core.record x where x.provider_id = ${provider} and x.id = ${id} offset 0) ${alias}`;

/**
 * The moves of the batch at hand; and, with the contrary sign, all earlier ones of records that it tells were taken back: what
 * was counted of them is counted no longer.
 */
export const spanOfMoves = `batch as materialized (
     select j.seq,
       j.provider_id,
       j.record_id,
       j.record_type,
       j.occurred_at,
       j.kind,
       j.move,
       j.edits -> '_then' as further,
       j.edits ? '_takenBack' as taken_back,
       j.from_state is not null and j.to_state is not null as is_move
     from core.journal j
     where (j.transaction, j.seq) > ($1::xid8, $2::bigint)
       and (j.transaction, j.seq) <= ($3::xid8, $4::bigint)),
   span as materialized (
     select seq, provider_id, record_id, record_type, occurred_at, kind, move, further, 1 as sign
     from batch
     where is_move
     union all
     select e.seq, e.provider_id, e.record_id, e.record_type, e.occurred_at, e.kind, e.move, e.edits -> '_then', -1
     from batch b
     cross join lateral (
       select *
       from core.journal x
       where x.provider_id = b.provider_id
         and x.record_id = b.record_id
         and x.seq < b.seq
         and x.from_state is not null
         and x.to_state is not null
       offset 0) e
     where b.taken_back)`;

/** The lineage and stage of the record of an entry `f`; of one that was taken back as its last entry tells them. */
export const lineageOf = `cross join lateral (
    select x.lineage_id, x.stage
    from core.record x
    where x.provider_id = f.provider_id and x.id = f.record_id
    union all
    select (k.edits -> '_takenBack' ->> 'lineage')::uuid, k.edits -> '_takenBack' ->> 'stage'
    from core.journal k
    where k.provider_id = f.provider_id and k.record_id = f.record_id and k.edits ? '_takenBack'
    limit 1
    offset 0) r`;

/** How many moves an entry tells, and how many of them went back. */
export const movesMade = `cross join lateral (
    select count(*) as made, count(*) filter (where f.record_type || ' ' || x.name = any($5::text[])) as back
    from (select f.move as name union all select jsonb_array_elements_text(f.further)) x) m`;

/**
 * Some entries of the batch, each with the service and the customers that its record had at that time, as its own journal tells: so that
 * counted again they come out the same, whatever was edited since. A record says whose it is when it is made, and whenever that alters.
 */
export const attributed = (entries: string) => `${entries},
    told as materialized (
      select x.*
      from (select distinct provider_id, record_id, record_type from span) s
      cross join lateral (
        select j.provider_id,
          j.record_id,
          j.seq,
          j.edits -> '_customers' as customers,
          s.record_type = 'incident' and j.edits ? 'service' as says_service,
          j.edits ->> 'service' as service
        from core.journal j
        where j.provider_id = s.provider_id
          and j.record_id = s.record_id
          and (j.edits ? '_customers' or j.edits ? 'service')
        offset 0) x),
    whose as materialized (
      select j.seq,
        (array_agg(t.customers order by t.seq desc) filter (where t.customers is not null))[1] as customers,
        (array_agg(t.service order by t.seq desc) filter (where t.says_service))[1]::uuid as service_id
      from span j
      join told t on t.provider_id = j.provider_id and t.record_id = j.record_id and t.seq <= j.seq
      group by j.seq),
    steps as materialized (
      select j.*,
        w.service_id,
        (w.customers ->> 0)::uuid as customer_id,
        case
          when jsonb_array_length(w.customers) = 1 then (w.customers ->> 0)::uuid
          else ${nil} end as only_customer
      from span j
      join whose w using (seq))`;
