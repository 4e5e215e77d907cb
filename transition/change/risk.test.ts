import { expect, it } from 'vitest';
import { riskOf, whyLevel } from './risk.ts';

it.each([
  [1, 3, { score: 3, level: 'L4' }],
  [2, 2, { score: 4, level: 'L3' }],
  [2, 4, { score: 8, level: 'L3' }],
  [3, 3, { score: 9, level: 'L2' }],
  [3, 4, { score: 12, level: 'L1' }],
  [4, 4, { score: 16, level: 'L1' }],
])('gives impact %i and likelihood %i their score and level', (impact, likelihood, expected) => {
  expect(riskOf({ impact, likelihood })).toEqual(expected);
});

it('needs the business whatever the score, once an agreement, the service hours or the limit of cost are touched', () => {
  expect(riskOf({ impact: 1, likelihood: 1, touchesAgreement: true })).toEqual({ score: 1, level: 'L1' });
  expect(riskOf({ impact: 1, likelihood: 1, outageInServiceHours: true })).toEqual({ score: 1, level: 'L1' });
  expect(riskOf({ impact: 1, likelihood: 1, costOverLimit: true })).toEqual({ score: 1, level: 'L1' });
});

it('has no level before both factors are known', () => {
  expect(riskOf({ impact: 4, likelihood: null })).toEqual({ score: null, level: null });
});

it('says why it stands at its level', () => {
  expect(whyLevel({ impact: 3, likelihood: 4, costOverLimit: true })).toBe('risk 12, cost over the limit');
  expect(whyLevel({ impact: null, touchesAgreement: true })).toBe('risk not assessed, alters what was agreed');
});
