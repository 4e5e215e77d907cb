// What a walk never comes to, read from the database by statements and hashes of the oracle's own: none of the program's rules,
// stores or hash functions is asked. Only what the program says of itself (which decisions count, the orphan report) comes by its API.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type pg from 'pg';
import type { Registry } from '../../core/record/define/work.ts';
import type { Body, Client } from '../support/client.ts';
import { contentHashes } from './own-hash.ts';

export interface Oracle {
  /** What is wrong now, of what was altered since it was last asked. */
  look: () => Promise<string[]>;
  /** The same of everything. */
  lookAtAll: () => Promise<string[]>;
  checked: { decisions: number; services: number; targets: number };
}

interface Counting {
  id: string;
  seq: number;
  gate: string;
  subject: string;
  type: string;
  hash: string;
  evidence: { type: string; id: string; hash: string }[];
  evidenceHash: string;
  side: string;
  role: string;
  by: string;
  holder: string;
  delegation: string | null;
  customer: string | null;
  at: string;
}

/** What is known of decisions that were looked at: by what right somebody decided once does not change. */
type Rights = Map<string, string[]>;

export interface Watched {
  pool: pg.Pool;
  registry: Registry;
  providerId: string;
  /** Sees everything. */
  reader: Client;
}

export async function oracleOf(watched: Watched): Promise<Oracle> {
  const { pool } = watched;
  const checked = { decisions: 0, services: 0, targets: 0 };
  let seen = await lastEntry(pool);
  const promised = await promises(pool);
  const rights: Rights = new Map();
  const look = async (altered: readonly string[] | null): Promise<string[]> => {
    const faults = [
      ...(await alteredPromises(pool, promised, checked)),
      ...(await unmarkedOrphans(watched, checked)),
      ...(await unfoundedDecisions(watched, altered, checked, rights)),
    ];
    return faults;
  };
  return {
    checked,
    look: async () => {
      const { rows } = await pool.query<{ id: string }>(
        'select distinct record_id as id from core.journal where seq > $1',
        [seen],
      );
      if (rows.length === 0) return [];
      const faults = [...(await undecidedMoves(watched, seen)), ...(await look(rows.map(({ id }) => id)))];
      seen = await lastEntry(pool);
      return faults;
    },
    lookAtAll: () => look(null),
  };
}

const lastEntry = async (pool: pg.Pool): Promise<number> =>
  (await pool.query<{ seq: number }>('select coalesce(max(seq), 0)::int8 as seq from core.journal')).rows[0]?.seq ?? 0;

// (c) What was agreed of an outcome is what was decided.

const promise = `jsonb_build_array(o.statement, o.measure, o.unit, o.direction, o.baseline, o.baseline_from, o.baseline_to, o.target,
  o.attain_by, o.sustain_periods, o.period, o.source, o.weight, o.unit_value_minor, o.unit_value_currency, o.verifier)`;

interface Promised {
  id: string;
  state: string;
  promise: unknown[];
  /** Decisions of the business that agree it or alter it: at G1 on its requirement, at G11 on its amendments. */
  agreed: string | null;
  amended: string | null;
  /** What the newest amendment gives, in the same order. */
  becomes: unknown[] | null;
}

async function promises(pool: pg.Pool): Promise<Map<string, Promised>> {
  const { rows } = await pool.query<Promised>(
    `select o.id,
       o.state,
       ${promise} as promise,
       (
         select d.id
         from core.decision d
         where d.subject_id = o.requirement and d.gate = 'G1' and d.side = 'B' and d.outcome like 'approve%'
         order by d.recorded_at desc, d.id desc
         limit 1) as agreed,
       a.decision as amended,
       a.becomes
     from strategy.outcome o
     left join lateral (
       select d.id as decision, ${promise.replaceAll('o.', 'm.')} as becomes
       from strategy.outcome_amendment m
       join core.decision d on d.subject_id = m.id and d.gate = 'G11' and d.side = 'B' and d.outcome like 'approve%'
       where m.outcome = o.id and m.kind = 'amend' and m.state = 'applied'
       order by d.recorded_at desc, d.id desc
       limit 1) a on true`,
  );
  return new Map(rows.map((each) => [each.id, each]));
}

async function alteredPromises(
  pool: pg.Pool,
  known: Map<string, Promised>,
  checked: Oracle['checked'],
): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, now] of await promises(pool)) {
    const was = known.get(id);
    known.set(id, now);
    if (now.state !== 'agreed') continue;
    checked.targets += 1;
    if (now.agreed === null) faults.push(`outcome ${id} is agreed, and no business agreed it`);
    if (was?.state !== 'agreed' || same(was.promise, now.promise)) continue;
    const decided =
      now.amended !== was.amended && now.becomes
        ? was.promise.map((value, index) => now.becomes?.[index] ?? value)
        : was.promise;
    if (!same(decided, now.promise))
      faults.push(
        `outcome ${id} promises ${JSON.stringify(now.promise)}, and what was decided is ${JSON.stringify(decided)}`,
      );
  }
  return faults;
}

const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);

// (a) A live service without a whole way up and down stands in the orphan report, and is red in its thread.

async function unmarkedOrphans({ pool, reader }: Watched, checked: Oracle['checked']): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; ref: string; whole: boolean }>(
    `select s.id,
       r.ref,
       exists (
         select
         from strategy.service_package p
         join core.decision g2 on g2.subject_id = p.id and g2.gate = 'G2' and g2.side = 'B' and g2.outcome like 'approve%'
         join core.link up on up.to_id = p.id and up.type = 'packagedIn' and up.withdrawn_at is null
         join strategy.business_requirement b on b.id = up.from_id and b.state <> 'withdrawn'
         join core.decision g1 on g1.subject_id = b.id and g1.gate = 'G1' and g1.side = 'B' and g1.outcome like 'approve%'
         join core.link down on down.from_id = p.id and down.type = 'promises' and down.withdrawn_at is null
         join strategy.outcome o on o.id = down.to_id and o.state <> 'withdrawn' and o.requirement = b.id
         where p.service = s.id and o.baseline is not null and o.source is not null) as whole
     from strategy.service s
     join core.record r on r.id = s.id
     where exists (
       select
       from strategy.service_version v
       where v.service = s.id and v.state in ('live_els', 'live', 'live_restricted', 'retiring'))`,
  );
  checked.services += rows.length;
  const faults: string[] = [];
  for (const { id, ref } of rows.filter(({ whole }) => !whole)) {
    const report = (await everyPage(reader, '/orphans')).some(({ of, at }) => [of?.id, at?.id].includes(id));
    const thread = (await reader.get(`/records/${id}/thread`)).body;
    if (!report)
      faults.push(`${ref} is live, and no whole way leads to what the business agreed: not in the orphan report`);
    if (thread.complete) faults.push(`${ref} is live and broken, and its thread says that it is complete`);
  }
  return faults;
}

async function everyPage(reader: Client, path: string): Promise<Body[]> {
  const items: Body[] = [];
  for (let next: string | null = path; next !== null; ) {
    const { body }: { body: Body } = await reader.get(next);
    items.push(...body.items);
    next = body.nextCursor ? `${path}?cursor=${encodeURIComponent(body.nextCursor)}` : null;
  }
  return items;
}

// (b) A gate of the business counts as passed only where a person of that business decided, by right, on what it holds now.

/** Moves that a gate of the business makes, that no decision of a business person made. */
async function undecidedMoves({ pool, registry }: Watched, after: number): Promise<string[]> {
  const { rows } = await pool.query<{
    type: string;
    ref: string;
    move: string;
    gate: string | null;
    side: string | null;
    ok: boolean;
  }>(
    `select j.record_type as type, r.ref, j.move, d.gate, d.side, coalesce(d.outcome like 'approve%' and d.subject_id = r.id, false) as ok
     from core.journal j
     join core.record r on r.id = j.record_id
     left join core.decision d on d.id = j.decision_id
     where j.seq > $1 and j.move is not null`,
    [after],
  );
  return rows.flatMap(({ type, ref, move, gate, side, ok }) => {
    const asked = registry.records.get(type)?.definition.lifecycle.moves[move];
    const of = asked?.gate === undefined ? undefined : registry.gates.get(asked.gate);
    if (of?.side !== 'B' || asked?.on !== 'approve') return [];
    const isTheirs = side === 'B' || (of.internally !== undefined && side === 'P');
    return ok && gate === of.code && isTheirs ? [] : [`${ref} made ${move}, and no business decided so at ${of.code}`];
  });
}

async function unfoundedDecisions(
  watched: Watched,
  altered: readonly string[] | null,
  checked: Oracle['checked'],
  rights: Rights,
): Promise<string[]> {
  const { pool, registry, reader } = watched;
  const { rows } = await pool.query<Counting>(
    `select d.id,
       d.gate,
       d.subject_id as subject,
       d.subject_type as type,
       d.subject_hash as hash,
       d.evidence,
       d.evidence_hash as "evidenceHash",
       d.side,
       d.role,
       d.decided_by as by,
       coalesce(d.on_behalf_of, d.decided_by) as holder,
       d.delegation_id as delegation,
       d.customer_id as customer,
       d.occurred_at as at,
       j.seq
     from core.decision d
     join core.journal j on j.record_id = d.subject_id and j.decision_id = d.id
     where d.outcome like 'approve%'
       and not exists (select from core.decision_end e where e.decision_id = d.id)
       and ($1::uuid[] is null
         or d.subject_id = any($1)
         or exists (select from jsonb_array_elements(d.evidence) e where (e ->> 'id')::uuid = any($1))
         or exists (
           select
           from core.link l
           where (l.from_id = d.subject_id and l.to_id = any($1)) or (l.to_id = d.subject_id and l.from_id = any($1))))`,
    [altered],
  );
  const theirs = rows.filter(({ gate }) => registry.gates.get(gate)?.side === 'B');
  const counting: Counting[] = [];
  for (const subject of new Set(theirs.map((each) => each.subject))) {
    const of = theirs.filter((each) => each.subject === subject);
    const { body } = await reader.get(`/${registry.records.get(of[0]?.type ?? '')?.definition.path}/${subject}`);
    const current = new Set(
      (body.decisions ?? []).filter(({ basis }: Body) => basis === 'current').map(({ id }: Body) => id),
    );
    counting.push(...of.filter(({ id }) => current.has(id)));
  }
  checked.decisions += counting.length;
  const hashes = await contentHashes(watched, [
    ...counting.map(({ subject, type }) => ({ id: subject, type })),
    ...counting.flatMap(({ evidence }) => evidence.filter(({ type }) => type !== 'attestation')),
  ]);
  const faults: string[] = [];
  for (const each of counting)
    for (const fault of [
      ...notOnThis(each, hashes),
      ...(await notAllSeen(watched, each)),
      ...(await remembered(rights, each.id, () => notByRight(watched, each))),
    ])
      faults.push(`${each.gate} on ${each.type} ${each.subject} counts, and ${fault}`);
  return faults;
}

async function remembered(known: Rights, id: string, work: () => Promise<string[]>): Promise<string[]> {
  const told = known.get(id) ?? (await work());
  known.set(id, told);
  return told;
}

function notOnThis({ subject, hash, evidence, evidenceHash }: Counting, hashes: ReadonlyMap<string, string>): string[] {
  const members = evidence
    .map(({ type, id, hash: of }) => ({ type, id, hash: of }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const altered = evidence.filter(({ type, id, hash: of }) => type !== 'attestation' && hashes.get(id) !== of);
  return [
    ...(hashes.get(subject) === hash ? [] : ['its subject reads otherwise than it was decided on']),
    ...altered.map(({ type, id }) => `${type} ${id} reads otherwise than the decider saw it`),
    ...(hashOf(members) === evidenceHash ? [] : ['its evidence is not what its hash says']),
  ];
}

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '', 'utf8')
    .digest('hex');

/** What came, or went, since it was decided, of all that the gate counts as evidence. */
async function notAllSeen(
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
async function notByRight({ pool, registry }: Watched, each: Counting): Promise<string[]> {
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
