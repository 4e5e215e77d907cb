import type { DecisionData, StandingDecision } from './standing.ts';

/** A decision as it is answered: what it is judged by anew (policies, what ran out) shows at the gate alone. */
export type ToldDecision = Omit<StandingDecision, 'policies' | 'rebound' | 'ranOut'>;

export function toldDecision<D extends DecisionData>(decision: D): Omit<D, 'policies' | 'rebound' | 'ranOut'> {
  const { policies: _policies, rebound: _rebound, ranOut: _ranOut, ...told } = { ranOut: [], ...decision };
  return told;
}

/**
 * Decisions as somebody reads them to whom `names` are known: of what each was based on, attestations stand where they were read
 * (`attested`), and records where they are to be seen.
 */
export const decisionsSeen = (
  decisions: readonly StandingDecision[],
  names: Readonly<Record<string, string>>,
  attested: ReadonlySet<string>,
): ToldDecision[] =>
  decisions.map((decision) => ({
    ...toldDecision(decision),
    evidence: decision.evidence.filter(({ type, id }) => (type === 'attestation' ? attested.has(id) : id in names)),
  }));
