// Prints `N passed, N failed` alone on the last line, summed from the reports of the last `npm test`.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** Where each runner writes its JSON report; of the whole sweeps one a part. */
export const reports = {
  unit: 'test-results/unit.json',
  browser: 'test-results/browser.json',
  wide: 'test-results/wide',
} as const;

/** How many tests of a report passed and failed. */
export type Counts = { passed: number; failed: number };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Counts Vitest's report. A file that could not even be loaded counts as one failed test: it reports none itself. */
export function vitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts Playwright's report. A test that passed only when repeated counts as passed; an error outside tests as failed. */
export function playwrightCounts(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

function countsOf(file: string, count: (report: unknown) => Counts): Counts {
  const path = join(root, file);
  return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 0 };
}

/** Whether there are browser tests to be run at all. */
export const hasBrowserTests = (): boolean => globSync('test/browser/**/*.{spec,test}.ts', { cwd: root }).length > 0;

function main(): void {
  const unit = countsOf(reports.unit, vitestCounts);
  const browser = countsOf(reports.browser, playwrightCounts);
  const wide = globSync('*.json', { cwd: join(root, reports.wide) }).map((file) =>
    countsOf(join(reports.wide, file), vitestCounts),
  );
  const swept = (of: 'passed' | 'failed') => wide.reduce((sum, each) => sum + each[of], 0);
  const isEmpty = unit.passed === 0 || (hasBrowserTests() && browser.passed === 0);
  if (unit.passed === 0) console.log('No test outside the browser passed.');
  if (!hasBrowserTests()) console.log('There are no browser tests yet (test/browser).');
  else if (browser.passed === 0) console.log('No browser test passed.');
  const failed = unit.failed + browser.failed + swept('failed');
  console.log(`${unit.passed + browser.passed + swept('passed')} passed, ${failed} failed`);
  process.exitCode = isEmpty || failed > 0 ? 1 : 0;
}

if (import.meta.main) main();
