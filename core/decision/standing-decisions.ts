import type { Queryable } from '../record/queryable.ts';
import type { RecordData } from '../record/data.ts';
import type { ServerRecord } from '../record/work.ts';
import { evidenceHash, evidenceOf, evidenceSources } from './evidence.ts';
import { basisOf, decisionColumns } from './standing.ts';
import type { DecisionData, StandingDecision } from './standing.ts';

/** All decisions on a subject, oldest first, each with its basis as of now. Two statements. */
export async function standingDecisions(
  client: Queryable,
  record: ServerRecord,
  subject: Pick<RecordData, 'id' | 'providerId' | 'contentHash'>,
  now: string,
): Promise<StandingDecision[]> {
  const { rows } = await client.query(
    `select ${decisionColumns} from core.decision d left join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
     where d.provider_id = $1 and d.subject_id = $2 order by d.recorded_at, d.id`,
    [subject.providerId, subject.id],
  );
  if (!rows.length) return [];
  const sources = await evidenceSources(client, subject, now);
  const hashes = new Map<string, string>();
  return (rows as DecisionData[]).map((decision) => {
    const hash = hashes.get(decision.gate) ?? evidenceHash(evidenceOf(record, decision.gate, sources));
    hashes.set(decision.gate, hash);
    return { ...decision, basis: basisOf(decision, subject.contentHash, hash) };
  });
}
