// A gate of the business counts as passed only where a person of that business decided, by right, on what it holds now.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Body } from '../support/client.ts';
import { contentHashes } from './own-hash.ts';
import { notAllSeen, notByRight } from './seen-by-right.ts';
import type { Checked, Watched } from './watched.ts';

export interface Counting {
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
export type Rights = Map<string, string[]>;

/** Moves that a gate of the business makes, that no decision of a business person made: an approval, or a leaving that made it whole. */
export async function undecidedMoves({ pool, registry }: Watched, after: number): Promise<string[]> {
  const { rows } = await pool.query<{
    type: string;
    ref: string;
    move: string;
    gate: string | null;
    side: string | null;
    ok: boolean;
  }>(
    `select j.record_type as type, r.ref, j.move, d.gate, d.side, coalesce((d.outcome like 'approve%' or d.outcome = 'opt_out') and d.subject_id = r.id, false) as ok
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

/** What a business decided on, and somebody parted by hand while it stands. */
export async function cutByHand({ pool, registry }: Watched, after: number): Promise<string[]> {
  const { rows } = await pool.query<{ link: string; ref: string; gate: string; type: string; state: string }>(
    `select distinct l.type as link, r.ref, d.gate, r.type, r.state
     from core.journal j
     cross join jsonb_array_elements(j.edits -> '_unlinks') as u
     join core.link l on l.id = (u ->> 'id')::uuid
     join core.decision d on d.subject_id in (l.from_id, l.to_id)
     join core.record r on r.id = d.subject_id
     where j.seq > $1
       and j.kind = 'linked'
       and j.move is null
       and d.side = 'B'
       and d.outcome like 'approve%'
       and not exists (select from core.decision_end e where e.decision_id = d.id)
       and exists (
         select
         from jsonb_array_elements(d.evidence) e
         where (e ->> 'id')::uuid in (l.from_id, l.to_id) and (e ->> 'id')::uuid <> d.subject_id)`,
    [after],
  );
  return rows
    .filter(({ type, state }) => !registry.records.get(type)?.definition.lifecycle.states[state]?.editable)
    .map(({ link, ref, gate }) => `${ref} was parted by hand from what ${gate} was decided on (${link})`);
}

export async function unfoundedDecisions(
  watched: Watched,
  altered: readonly string[] | null,
  checked: Checked,
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
