/** The level of authority that a change needs: L1 is the business executive, L4 the change manager alone. */
export type Level = 'L1' | 'L2' | 'L3' | 'L4';

export interface RiskFactors {
  /** 1 to 4: users, hours, customers, money or safety affected. */
  impact?: number | null;
  /** 1 to 4: how likely it is to fail. */
  likelihood?: number | null;
  /** Alters an agreed outcome or warranty. */
  touchesAgreement?: boolean | null;
  /** Takes a vital function down in its service hours. */
  outageInServiceHours?: boolean | null;
  /** Costs more than any change manager may commit. */
  costOverLimit?: boolean | null;
}

/**
 * Score and level of authority (model B.7): impact × likelihood; 12 and above, an agreement touched, an outage in service
 * hours or a cost above the delegated limit needs the business.
 * @example riskOf({ impact: 2, likelihood: 3 }) // { score: 6, level: 'L3' }
 */
export function riskOf({ impact, likelihood, touchesAgreement, outageInServiceHours, costOverLimit }: RiskFactors): {
  score: number | null;
  level: Level | null;
} {
  if (!impact || !likelihood) return { score: null, level: null };
  const score = impact * likelihood;
  if (touchesAgreement || outageInServiceHours || costOverLimit) return { score, level: 'L1' };
  return { score, level: levelOf(score) };
}

function levelOf(score: number): Level {
  if (score >= 12) return 'L1';
  if (score >= 9) return 'L2';
  return score >= 4 ? 'L3' : 'L4';
}

/** Why a change stands at its level, in a few words: "risk 12, cost over the limit". */
export function whyLevel(factors: RiskFactors): string {
  const { score } = riskOf(factors);
  return [
    score === null ? 'risk not assessed' : `risk ${score}`,
    factors.touchesAgreement ? 'alters what was agreed' : '',
    factors.outageInServiceHours ? 'outage in service hours' : '',
    factors.costOverLimit ? 'cost over the limit' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
