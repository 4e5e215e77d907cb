import { expect, test } from 'vitest';
import { playwrightCounts, vitestCounts } from './counts.ts';

test('counts the tests of Vitest, and a file that failed by no test of its own as one', () => {
  const passed = { status: 'passed', fullName: 'a sum', failureMessages: [] };
  const failed = { status: 'failed', fullName: 'a share', failureMessages: ['it is not 1'] };
  const testResults = [
    { name: 'a.test.ts', status: 'passed', assertionResults: [passed, passed] },
    { name: 'b.test.ts', status: 'failed', assertionResults: [failed] },
    { name: 'c.test.ts', status: 'failed', message: 'cannot be read', assertionResults: [] },
    { name: 'd.test.ts', status: 'failed', message: 'its end found a fault', assertionResults: [passed] },
  ];
  expect(vitestCounts({ numPassedTests: 3, testResults })).toEqual({
    passed: 3,
    failed: [
      { file: 'b.test.ts', name: 'a share', said: 'it is not 1' },
      { file: 'c.test.ts', name: 'the file as a whole', said: 'cannot be read' },
      { file: 'd.test.ts', name: 'the file as a whole', said: 'its end found a fault' },
    ],
  });
});

test('counts the tests of Playwright, and an error outside tests as a failed one', () => {
  const spec = (title: string, ok: boolean, message = '') => ({
    title,
    file: 'a.spec.ts',
    ok,
    tests: [{ results: [{ errors: ok ? [] : [{ message }] }] }],
  });
  const suites = [{ specs: [spec('opens', true)], suites: [{ specs: [spec('closes', false, 'it is open')] }] }];
  const errors = [{ message: 'no browser' }];
  expect(playwrightCounts({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, suites, errors })).toEqual({
    passed: 6,
    failed: [
      { file: 'a.spec.ts', name: 'closes', said: 'it is open' },
      { file: '', name: 'outside the tests', said: 'no browser' },
    ],
  });
});
