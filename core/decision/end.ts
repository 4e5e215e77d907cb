import type { Work } from '../record/define/work.ts';

/** Ends of decisions as the subject's journal entry tells them; the entry is of the same instant. */
export type Ended = { _ends?: { decision: string; state: 'consumed' | 'revoked'; reason: string }[] };

/**
 * Ends decisions: consumed by a back-out, or withdrawn. They stay readable, and satisfy nothing any more. What is returned
 * belongs into the subject's journal entry: `verify` takes no end that no entry tells of.
 */
export async function endDecisions(
  work: Work,
  ids: readonly string[],
  state: 'consumed' | 'revoked',
  reason: string,
): Promise<Ended> {
  if (!ids.length) return {};
  const { rows } = await work.client.query<{ decision: string }>(
    `insert into core.decision_end (provider_id, decision_id, state, at, reason)
     select $1, x, $3, $4, $5
     from unnest($2::uuid[]) x
     on conflict do nothing
     returning decision_id as decision`,
    [work.caller.principal.providerId, ids, state, work.now, reason],
  );
  return rows.length ? { _ends: rows.map(({ decision }) => ({ decision, state, reason })) } : {};
}
