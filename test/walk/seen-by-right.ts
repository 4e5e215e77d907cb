// Of one decision: that all it rests on was seen, and that who made it had the right to.
import type { Counting } from './decided.ts';
import type { Watched } from './watched.ts';

/** What came, or went, since it was decided, of all that the gate counts as evidence. */
export async function notAllSeen(
  { pool, registry }: Watched,
  { gate, type, subject, customer, evidence, seq }: Counting,
): Promise<string[]> {
  const links = registry.records.get(type)?.evidence?.[gate] ?? [];
  const { rows } = await pool.query<{ what: string; id: string }>(
    `select l.type as what, case when l.from_id = $1 then l.to_id else l.from_id end as id
     from core.link l
     where l.withdrawn_at is null
       and ((l.from_id = $1 and l.type = any($2)) or (l.to_id = $1 and l.type = any($3)))
     union all
     select 'statement', e.id
     from core.evidence e
     join core.journal j on j.record_id = $1 and j.edits -> '_evidence' ->> 'id' = e.id::text
     where e.subject_id = $1 and e.gate = $4 and (e.customer_id is null or e.customer_id = $5) and j.seq > $6`,
    [
      subject,
      links.filter(({ direction }) => direction === 'out').map((each) => each.type),
      links.filter(({ direction }) => direction === 'in').map((each) => each.type),
      gate,
      customer,
      seq,
    ],
  );
  const seen = new Set(evidence.map(({ id }) => id));
  const there = new Set(rows.map(({ id }) => id));
  return [
    ...rows.filter(({ id }) => !seen.has(id)).map(({ what, id }) => `${what} ${id} came since`),
    ...evidence
      .filter((each) => each.type !== 'attestation' && !there.has(each.id))
      .map((each) => `${each.type} ${each.id} is gone`),
  ];
}

/** Who decided held a right of that customer at the time: as the journal tells who was given what, and when it ended. */
export async function notByRight({ pool, registry }: Watched, each: Counting): Promise<string[]> {
  const gate = registry.gates.get(each.gate);
  const isInternal = each.side === 'P' && gate?.internally !== undefined;
  const { rows } = await pool.query<{ byOwn: boolean; lentTo: boolean; ofThem: boolean; internal: boolean }>(
    `select exists (
         select
         from core.role_grant g
         where g.person = $1
           and g.role = $2
           and g.customer is not distinct from $3
           and coalesce(g.valid_from, '-infinity') <= $4
           and coalesce(g.valid_to, 'infinity') > $4
           and exists (select from core.journal j where j.record_id = g.id and j.seq < $5)
           and not exists (select from core.journal j where j.record_id = g.id and j.seq < $5 and j.to_state in ('revoked', 'ended'))
       ) as "byOwn",
       ($6::uuid is null and $7::uuid = $1) or exists (
         select
         from core.delegation n
         where n.id = $6
           and n.delegator = $1
           and n.delegate = $7
           and n.role = $2
           and n.valid_from <= $4
           and n.valid_to > $4
           and not exists (select from core.journal j where j.record_id = n.id and j.seq < $5 and j.to_state = 'revoked')
       ) as "lentTo",
       not exists (select from core.person p where p.id in ($1, $7) and p.customer is distinct from $3) as "ofThem",
       (select r.customers = '{}' from core.record r where r.id = $8) as internal`,
    [each.holder, each.role, each.customer, each.at, each.seq, each.delegation, each.by, each.subject],
  );
  const [right] = rows;
  const roles: readonly string[] = isInternal ? (gate.internally?.roles ?? []) : (gate?.roles ?? []);
  return [
    ...(roles.includes(each.role) ? [] : [`${each.role} does not decide there`]),
    ...(right?.byOwn ? [] : [`${each.holder} held no right as ${each.role} at the time`]),
    ...(right?.lentTo ? [] : ['nobody had lent the right']),
    ...(right?.ofThem ? [] : ['who decided is none of their people']),
    ...(isInternal ? (right?.internal ? [] : ['a customer shares in it, and the provider decided']) : []),
    ...(!isInternal && (each.side !== 'B' || each.customer === null) ? ['it is not a decision of a business'] : []),
  ];
}
