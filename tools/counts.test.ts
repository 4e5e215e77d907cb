import { expect, test } from 'vitest';
import { playwrightCounts, vitestCounts } from './counts.ts';

test('counts the tests of Vitest, and a file that could not be loaded as a failed one', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}, {}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  expect(vitestCounts({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({ passed: 2, failed: 2 });
});

test('counts the tests of Playwright, and an error outside tests as a failed one', () => {
  expect(playwrightCounts({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] })).toEqual({
    passed: 6,
    failed: 2,
  });
});
