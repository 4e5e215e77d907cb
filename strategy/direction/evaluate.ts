import { evaluateRule } from '../../core/decision/feel/evaluate.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import type { PolicyResult, Work } from '../../core/record/define/work.ts';
import { factsAt, gateFacts } from './facts.ts';
import { packageOfThread, policiesInForce } from './store.ts';

export const ruleTimeLimitMs = 250;

/** What the policies in force say about a subject at a gate. Undecided is never met; a waiver in force is shown as such. */
export async function evaluatePolicies(
  work: Work,
  gate: Gate,
  subject: RecordData,
  customer: string | null,
): Promise<PolicyResult[]> {
  const bound = customer === null ? subject : { ...subject, customers: [customer] };
  const policies = await policiesInForce(work.client, gate.code, bound, work.now.slice(0, 10));
  if (!policies.length) return [];
  const pack = await packageOfThread(work.client, subject.providerId, subject.lineage);
  const facts = factsAt(gate.code, subject, pack, work.now);
  const limits = { schema: gateFacts(gate.code).schema, timeLimitMs: ruleTimeLimitMs };
  const results: PolicyResult[] = [];
  for (const { id, ref, title, statement, rule, effect, waiver } of policies) {
    const { verdict, warnings } = await evaluateRule(rule, facts, limits);
    const waived = verdict !== 'met' && effect === 'waivable' && waiver !== null;
    const why =
      verdict === 'undecided' ? ` It could not be decided${warnings[0] ? `: ${warnings[0].message}` : ''}.` : '';
    results.push({
      id,
      title: `${ref} ${title}`,
      rule,
      effect,
      verdict: waived ? 'waived' : verdict,
      sentence: waived ? `${statement} Waived by ${waiver}.` : `${statement}${why}`,
    });
  }
  return results;
}
