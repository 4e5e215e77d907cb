// The codes with which a decision may be refused.

/** What a decision needs beside its subject's own rules: authority, what it says, what it rests on. */
export const ofDecisions = [
  'decision.condition-due',
  'decision.condition-gate',
  'decision.condition-open',
  'decision.condition-owner',
  'decision.conditions',
  'decision.claim-unconfirmed',
  'decision.customer-unclaimed',
  'decision.evidence',
  'decision.evidence-changed',
  'decision.findings',
  'decision.limit',
  'decision.no-authority',
  'decision.not-business-authority',
  'decision.not-asked',
  'decision.not-open',
  'decision.not-withdrawable',
  'decision.policy',
  'decision.reason',
  'decision.system',
  'decision.variant',
  'decision.wrong-subject',
  'record.unknown-reference',
];
