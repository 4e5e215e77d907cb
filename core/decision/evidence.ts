// What a decision binds to besides its subject: the linked records and the attestations of its gate.
import { canonical, sha256 } from '../journal/format/hash.ts';
import { titleKey } from '../lifecycle/gate.ts';
import type { Role } from '../permission/role.ts';
import type { Queryable } from '../database/queryable.ts';
import type { RecordData } from '../record/define/data.ts';
import type { MeasuredFigure, ServerRecord } from '../record/define/work.ts';

export type Grade = 'measured' | 'recorded' | 'attested';
/** A statement that failed, ran out or was made of what reads otherwise now; a record that does not stand where it has to. */
export type Fault = 'failed' | 'expired' | 'stale' | 'unready';

export interface EvidenceItem {
  type: string;
  id: string;
  /** Of a record. */
  ref: string | null;
  title: string;
  /** Of an attestation: what was stated. */
  statement: string | null;
  /** Follows from what it is: a record is recorded, what a person says is attested, a figure computed from records is measured. */
  grade: Grade;
  /** Why it shows nothing as it stands. */
  fault: Fault | null;
  /** The kind of evidence that it is, where the gate asks for it. */
  kind: string | null;
  hash: string;
  at: string;
  /** Person who asserted it. */
  from: string | null;
  /** The gate an attestation was made for. */
  gate: string | null;
  /** Of an attestation: the file that it states. */
  fileName: string | null;
  fileHash: string | null;
  /** Of an attestation: the customer it was made for; null: the provider's, or a record. */
  customer: string | null;
  /** Of an attestation: in which role it was made. */
  role: Role | null;
  /** From when on it counts no more. */
  expiresAt: string | null;
  /** Of a figure: what was computed. */
  figure: MeasuredFigure | null;
}

export interface Source extends Omit<EvidenceItem, 'grade' | 'kind' | 'figure'> {
  /** Of a record: where it stands; not known of then. */
  state: string | null;
  /** Of a statement that takes an earlier one back: which. */
  withdraws: string | null;
  linkType: string | null;
  /** Customers who came to share in the subject only later. */
  before: string[] | null;
  direction: 'out' | 'in' | null;
}

/** What links lead to, on $1 = provider and $2 = subject; its hash is that of the record now (`r`) or of then (`j`). */
const linked = (hash: 'r' | 'j', runsOut: string) => `select r.type,
       r.id,
       r.ref,
       r.title,
       null::text as statement,
       case when (${runsOut}) <= $3 then 'expired' end as fault,
       ${hash}.content_hash as hash,
       l.asserted_at as at,
       l.asserted_by as "from",
       null::text as gate,
       null::text as "fileName",
       null::text as "fileHash",
       null::uuid as customer,
       null::text as role,
       (${runsOut}) as "expiresAt",
       null::uuid as withdraws,
       ${hash === 'r' ? 'r.state' : 'null::text'} as state,
       null::uuid[] as before,
       l.type as "linkType",
       case when l.from_id = $2 then 'out' else 'in' end as direction
     from core.link l
     join core.record r on r.provider_id = l.provider_id
       and r.id = case when l.from_id = $2 then l.to_id else l.from_id end`;

/** What people attested of it, as of $3. */
const attested = `select 'attestation',
       e.id,
       null,
       e.title,
       e.statement,
       case
         when e.failed then 'failed'
         when e.expires_at <= $3 then 'expired'
         when e.subject_hash <> (
           select content_hash
           from core.record
           where provider_id = $1 and id = $2) then 'stale' end,
       e.hash,
       e.attested_at,
       e.attested_by,
       e.gate,
       e.file_name,
       e.file_hash,
       e.customer_id,
       e.role,
       e.expires_at,
       e.withdraws,
       null,
       (
         select array_agg(s.customer_id)
         from core.share s
         where s.provider_id = e.provider_id
           and s.record_id = e.subject_id
           and s.kind = 'join'
           and s.since >= e.attested_at),
       null,
       null
     from core.evidence e
     where e.provider_id = $1 and e.subject_id = $2`;

const runsOutOf = ({ judging }: Pick<ServerRecord, 'judging'>): string => judging?.runsOut ?? 'null::timestamptz';

/** Everything that any gate of this subject may count as evidence, in one statement. */
export async function evidenceSources(
  client: Queryable,
  record: Pick<ServerRecord, 'judging'>,
  subject: Pick<RecordData, 'id' | 'providerId'>,
  now: string,
): Promise<Source[]> {
  const { rows } = await client.query(
    `${linked('r', runsOutOf(record))}
     where l.provider_id = $1 and l.withdrawn_at is null and (l.from_id = $2 or l.to_id = $2)
     union all
     ${attested}
     order by at, id`,
    [subject.providerId, subject.id, now],
  );
  return rows as Source[]; // the select list is Source
}

/** As `evidenceSources`, as it was at an instant: links that stood then, each other end with the content it had then. */
export async function evidenceSourcesAsOf(
  client: Queryable,
  record: Pick<ServerRecord, 'judging'>,
  subject: Pick<RecordData, 'id' | 'providerId'>,
  asOf: string,
): Promise<Source[]> {
  const { rows } = await client.query(
    `${linked('j', runsOutOf(record))}
     join lateral (
       select content_hash
       from core.journal
       where provider_id = r.provider_id and record_id = r.id and occurred_at <= $3
       order by seq desc
       limit 1) j on true
     where l.provider_id = $1
       and (l.from_id = $2 or l.to_id = $2)
       and l.asserted_at <= $3
       and (l.withdrawn_at is null or l.withdrawn_at > $3)
     union all
     ${attested} and e.attested_at <= $3
     order by at, id`,
    [subject.providerId, subject.id, asOf],
  );
  return rows as Source[]; // the select list is Source
}

/**
 * The evidence of one gate, out of all sources: what somebody who decides for that customer reads and binds to (model R11);
 * null: who decides for the provider, and reads what every customer attested.
 */
export function evidenceOf(
  record: ServerRecord,
  { gate, customer }: { gate: string; customer: string | null },
  sources: readonly Source[],
): EvidenceItem[] {
  const links = record.evidence?.[gate] ?? [];
  return newestStatements(sources.filter((source) => isSeen(source, customer))).flatMap((source): EvidenceItem[] => {
    const { linkType, direction, before: _before, withdraws: _withdraws, state, ...item } = source;
    if (linkType === null)
      return source.gate === gate ? [{ ...item, grade: 'attested', kind: null, figure: null }] : [];
    const link = links.find((each) => each.type === linkType && each.direction === direction);
    if (!link) return [];
    const unready = link.gives && state !== null && !link.gives.in.includes(state);
    return [
      {
        ...item,
        grade: 'recorded',
        fault: unready ? 'unready' : item.fault,
        kind: link.gives?.kind ?? null,
        figure: null,
      },
    ];
  });
}

const isSeen = (source: Source, customer: string | null): boolean =>
  customer === null ||
  ((source.customer === null || source.customer === customer) && !source.before?.includes(customer));

/**
 * Of what one role stated of one thing at a gate the newest: it replaces what that role said before, and nothing that another said.
 * What was taken back stands no more, and nothing older stands instead. Oldest first, as they are read.
 */
export function newestStatements(sources: readonly Source[]): Source[] {
  const newest = new Map<string, Source>();
  for (const source of sources) if (source.linkType === null) newest.set(saidOf(source), source);
  return sources.filter(
    (source) => source.linkType !== null || (newest.get(saidOf(source)) === source && source.withdraws === null),
  );
}

const saidOf = ({ gate, title, role, customer }: Source): string =>
  JSON.stringify([gate, titleKey(title), role, customer]);

/** The hash of an evidence set: order does not matter, every member's own hash does. */
export function evidenceHash(items: readonly Pick<EvidenceItem, 'type' | 'id' | 'hash'>[]): string {
  const members = items.map(({ type, id, hash }) => ({ type, id, hash })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sha256(canonical(members));
}
