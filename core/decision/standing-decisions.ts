import type { Queryable } from '../database/queryable.ts';
import type { EveryFact } from '../record/define/fact.ts';
import type { RecordData } from '../record/define/data.ts';
import type { ServerRecord } from '../record/define/work.ts';
import { evidenceHash, evidenceOf, evidenceSources, evidenceSourcesAsOf } from './evidence.ts';
import type { EvidenceItem, Source } from './evidence.ts';
import { basisOf, decisionColumns } from './standing.ts';
import type { DecisionData, StandingDecision } from './standing.ts';

/** All decisions on a subject, oldest first, each with its basis as of now. Two statements. */
export async function standingDecisions(
  client: Queryable,
  record: ServerRecord,
  subject: Pick<RecordData, 'id' | 'providerId' | 'contentHash'>,
  now: string,
): Promise<StandingDecision[]> {
  const decisions = await decisionsOn(client, record, subject, null);
  return decisions.length
    ? judged(record, subject, decisions, { sources: await evidenceSources(client, record, subject, now), now })
    : [];
}

/** The fact that is known of every record: the decisions on it. */
export const decisionsKnown: EveryFact = ({ client, now }, data, record) =>
  standingDecisions(client, record, data, now);

/** One decision, by its id, as it was just made. */
export async function decisionOf(client: Queryable, providerId: string, id: string): Promise<DecisionData | undefined> {
  const { rows } = await client.query(
    `select ${decisionColumns}, false as lapsed, false as rebound, d.policies
     from core.decision d
     left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
     where d.provider_id = $1 and d.id = $2`,
    [providerId, id],
  );
  return rows[0] as DecisionData | undefined; // the select list is DecisionData
}

/** The decisions by an instant, each with the basis it had then; `contentHash` is the subject's of then. */
export async function decisionsAsOf(
  client: Queryable,
  record: ServerRecord,
  subject: Pick<RecordData, 'id' | 'providerId' | 'contentHash'>,
  asOf: string,
): Promise<StandingDecision[]> {
  const decisions = await decisionsOn(client, record, subject, asOf);
  return decisions.length
    ? judged(record, subject, decisions, {
        sources: await evidenceSourcesAsOf(client, record, subject, asOf),
        now: asOf,
      })
    : [];
}

async function decisionsOn(
  client: Queryable,
  { judging }: ServerRecord,
  subject: Pick<RecordData, 'id' | 'providerId'>,
  asOf: string | null,
): Promise<DecisionData[]> {
  const { rows } = await client.query(
    `select ${decisionColumns},
       exists (
         select
         from core.condition c
         where c.provider_id = d.provider_id
           and c.subject_id = d.subject_id
           and c.decision_id = d.id
           and c.lapsed_at <= coalesce($3::timestamptz, 'infinity')
           and (c.met_at is null or c.met_at > $3::timestamptz)) as lapsed,
       d.policies,
       -- By which policies it was bound earlier is not asked.
       $3::timestamptz is null and x.decision_id is null and ${judging?.rebound ?? 'false'} as rebound
     from core.decision d
     left join core.decision_end x on x.provider_id = d.provider_id
       and x.decision_id = d.id
       and ($3::timestamptz is null or x.at <= $3)
     where d.provider_id = $1 and d.subject_id = $2 and ($3::timestamptz is null or d.occurred_at <= $3)
     order by d.recorded_at, d.id`,
    [subject.providerId, subject.id, asOf],
  );
  return rows as DecisionData[]; // the select list is DecisionData
}

function judged(
  record: ServerRecord,
  subject: Pick<RecordData, 'contentHash'>,
  decisions: readonly DecisionData[],
  { sources, now }: { sources: readonly Source[]; now: string },
): StandingDecision[] {
  const read = new Map<string, { hash: string; items: EvidenceItem[] }>();
  return decisions.map((decision) => {
    const of = `${decision.gate} ${decision.customer}`;
    const items = read.get(of)?.items ?? evidenceOf(record, decision, sources);
    const hash = read.get(of)?.hash ?? evidenceHash(items);
    read.set(of, { hash, items });
    return {
      ...decision,
      basis: basisOf(decision, subject.contentHash, hash),
      ranOut: items.filter((item) => ranOutSince(decision, item, now)).map(({ id }) => id),
    };
  });
}

/** What was in force when it was decided on, and is over now. What had ended before was known. */
const ranOutSince = (
  { evidence, occurredAt }: Pick<DecisionData, 'evidence' | 'occurredAt'>,
  { id, expiresAt }: Pick<EvidenceItem, 'id' | 'expiresAt'>,
  now: string,
): boolean =>
  expiresAt !== null &&
  Date.parse(expiresAt) > Date.parse(occurredAt) &&
  Date.parse(expiresAt) <= Date.parse(now) &&
  evidence.some((each) => each.id === id);
