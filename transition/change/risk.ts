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
}

/**
 * Score and level of authority (model B.7): impact × likelihood; 12 and above, an agreement touched, or an outage in
 * service hours needs the business.
 * @example riskOf({ impact: 2, likelihood: 3 }) // { score: 6, level: 'L3' }
 */
export function riskOf({ impact, likelihood, touchesAgreement, outageInServiceHours }: RiskFactors): {
  score: number | null;
  level: Level | null;
} {
  if (!impact || !likelihood) return { score: null, level: null };
  const score = impact * likelihood;
  if (touchesAgreement || outageInServiceHours) return { score, level: 'L1' };
  return { score, level: levelOf(score) };
}

function levelOf(score: number): Level {
  if (score >= 12) return 'L1';
  if (score >= 9) return 'L2';
  return score >= 4 ? 'L3' : 'L4';
}
