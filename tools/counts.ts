// Names what failed in the reports of the last `npm test` and `npm run wide`, each with what it said, and prints
// `N passed, N failed` alone on the last line.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** Where each runner writes its JSON report; of the whole sweeps one a part. */
export const reports = {
  unit: 'test-results/unit.json',
  browser: 'test-results/browser.json',
  wide: 'test-results/wide',
} as const;

/** One test that failed: where it stands, what it is called, and what it said. */
export type Failure = { file: string; name: string; said: string };

/** How many tests of a report passed, and which failed. */
export type Counts = { passed: number; failed: readonly Failure[] };

const vitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/**
 * Counts Vitest's report. A file that failed without a failed test of its own, one that could not even be loaded or whose
 * end found a fault, counts as one.
 */
export function vitestCounts(report: unknown): Counts {
  const { numPassedTests, testResults } = vitestReport.parse(report);
  const failed = testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const tests = assertionResults.filter((each) => each.status === 'failed');
    if (status === 'failed' && tests.length === 0) return [{ file, name: 'the file as a whole', said: message }];
    return tests.map((each) => ({ file, name: each.fullName, said: each.failureMessages?.join('\n') ?? '' }));
  });
  return { passed: numPassedTests, failed };
}

const playwrightError = z.object({ message: z.string().default('') });

const playwrightSuite = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      ok: z.boolean(),
      tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(playwrightError).default([]) })) })),
    }),
  ),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), flaky: z.number() }),
  suites: z.array(playwrightSuite).default([]),
  errors: z.array(playwrightError),
});

/** Counts Playwright's report. A test that passed only when repeated counts as passed; an error outside tests as failed. */
export function playwrightCounts(report: unknown): Counts {
  const { stats, suites, errors } = playwrightReport.parse(report);
  const specsOf = (of: typeof suites): (typeof suites)[number]['specs'] =>
    of.flatMap((suite) => [...suite.specs, ...specsOf(suite.suites)]);
  const tests = specsOf(suites)
    .filter(({ ok }) => !ok)
    .map(({ file, title: name, tests: runs }) => {
      const said = runs.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return { file, name, said: said.map(({ message }) => message).join('\n') };
    });
  const outside = errors.map(({ message: said }) => ({ file: '', name: 'outside the tests', said }));
  return { passed: stats.expected + stats.flaky, failed: [...tests, ...outside] };
}

function countsOf(file: string, count: (report: unknown) => Counts): Counts {
  const path = join(root, file);
  return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: [] };
}

/** How much of what a failed test said is shown: its message, not the whole of its trace. */
const linesShown = 12;

function tell({ file, name, said }: Failure): void {
  console.log(`\nfailed: ${file.startsWith(root) ? relative(root, file) : file}: ${name}`);
  for (const line of said.split('\n').slice(0, linesShown)) console.log(`  ${line}`);
}

/** Whether there are browser tests to be run at all. */
export const hasBrowserTests = (): boolean => globSync('test/browser/**/*.{spec,test}.ts', { cwd: root }).length > 0;

function main(): void {
  const unit = countsOf(reports.unit, vitestCounts);
  const browser = countsOf(reports.browser, playwrightCounts);
  const wide = globSync('*.json', { cwd: join(root, reports.wide) }).map((file) =>
    countsOf(join(reports.wide, file), vitestCounts),
  );
  const all = [unit, browser, ...wide];
  const failed = all.flatMap((each) => each.failed);
  for (const each of failed) tell(each);
  const isEmpty = unit.passed === 0 || (hasBrowserTests() && browser.passed === 0);
  if (unit.passed === 0) console.log('No test outside the browser passed.');
  if (!hasBrowserTests()) console.log('There are no browser tests yet (test/browser).');
  else if (browser.passed === 0) console.log('No browser test passed.');
  console.log(`${all.reduce((sum, each) => sum + each.passed, 0)} passed, ${failed.length} failed`);
  process.exitCode = isEmpty || failed.length > 0 ? 1 : 0;
}

if (import.meta.main) main();
