import type { StandingDecision } from './standing.ts';

/**
 * Decisions as somebody reads them to whom `names` are known: of what each was based on, attestations stand where they were read
 * (`attested`), and records where they are to be seen.
 */
export const decisionsSeen = (
  decisions: readonly StandingDecision[],
  names: Readonly<Record<string, string>>,
  attested: ReadonlySet<string>,
): StandingDecision[] =>
  decisions.map((decision) => ({
    ...decision,
    evidence: decision.evidence.filter(({ type, id }) => (type === 'attestation' ? attested.has(id) : id in names)),
  }));
