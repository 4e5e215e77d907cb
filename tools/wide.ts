// The whole sweeps, of which `npm test` runs samples: `npm run wide`, or `npm run wide -- --minutes 15` for a part of them that
// changes with the commit. `--seed N` repeats a run. Ends in a line that says how many parts passed, failed and were not begun.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reports } from './counts.ts';
import { toolPath } from './run.ts';

const root = join(import.meta.dirname, '..');

interface Part {
  name: string;
  /** Test files or folders. */
  of: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** Each a run of its own, of a few minutes: so that a part of them fits into any time. */
function partsOf(seed: number): Part[] {
  const fuzz = Array.from({ length: 6 }, (_, index): Part => {
    const own = String(seed + index * 1000);
    return {
      name: `calls of the API, seed ${own}`,
      of: ['test/generated/fuzz.test.ts'],
      env: { FUZZ_SEED: own, FUZZ_TIMES: '4' },
    };
  });
  const properties = { PROPERTY_TIMES: '40', PROPERTY_SEED: String(seed) };
  return [
    ...fuzz,
    { name: 'clocks', of: ['core/clock'], env: properties },
    {
      name: 'money, hashes, words',
      of: ['core/money', 'core/journal', 'core/record', 'core/import', 'operation/incident/next-export.test.ts'],
      env: properties,
    },
    {
      name: 'who reads and alters what',
      of: ['test/generated/matrix.test.ts'],
      env: { MATRIX: 'whole', MATRIX_SEED: String(seed) },
    },
    { name: 'hostile values', of: ['test/generated/values.test.ts'], env: { VALUES_EACH: '0' } },
    { name: 'who decides', of: ['test/generated/authority.test.ts'], env: properties },
    { name: 'what was agreed', of: ['test/generated/agreed.test.ts'], env: { WIDE: '1' } },
    {
      name: 'a random walk',
      of: ['test/generated/random-walk.test.ts'],
      env: { WALKS: '200', WALK_SEED: String(seed) },
    },
    {
      name: 'figures',
      of: ['improvement/measurement', 'operation/incident/summary.test.ts'],
      env: { PROPERTY_TIMES: '6' },
    },
    {
      name: 'every act, every guard, every walk',
      of: ['test/generated/one-entry.test.ts', 'test/generated/guards.test.ts', 'test/generated/walks.test.ts'],
      env: {},
    },
    { name: 'a desk that signs in', of: ['test/journeys/sign-in.test.ts'], env: { WIDE: '1' } },
    {
      name: 'the real log',
      of: ['test/journeys/real-log.test.ts', 'operation/incident/import.test.ts'],
      env: { WIDE: '1' },
    },
  ];
}

/** The commit at hand as a number: it chooses the seed, and which part comes first. */
function commitNumber(): number {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  const digits = /^[0-9a-f]{7}/.exec(stdout ?? '')?.[0];
  return digits ? Number.parseInt(digits, 16) : 1;
}

function run({ of, env }: Part, report: string): Promise<number> {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...of];
  const child = spawn(process.execPath, [toolPath('vitest'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? commitNumber() : Number(values.seed);
const until = performance.now() + Number(values.minutes) * 60_000;
if (!Number.isFinite(until) || !Number.isSafeInteger(seed))
  throw new Error('Give numbers: npm run wide -- --minutes 15 --seed 7');
const all = partsOf(seed);
const first = seed % all.length;
const parts = [...all.slice(first), ...all.slice(0, first)];
const outcomes: { name: string; result: 'passed' | 'failed' | 'not begun' }[] = [];
rmSync(join(root, reports.wide), { recursive: true, force: true });
mkdirSync(join(root, reports.wide), { recursive: true });
console.log(`Seed ${seed}; ${values.minutes} minutes.`);
for (const [index, part] of parts.entries()) {
  // The last part that is begun may take a few minutes more.
  const begins = performance.now() < until;
  const result = begins
    ? (await run(part, join(root, reports.wide, `${index}.json`))) === 0
      ? 'passed'
      : 'failed'
    : 'not begun';
  outcomes.push({ name: part.name, result });
}
const count = (result: string) => outcomes.filter((each) => each.result === result).length;
for (const { name, result } of outcomes) console.log(`${result.padEnd(10)} ${name}`);
console.log(
  `wide: ${count('passed')} parts passed, ${count('failed')} failed, ${count('not begun')} not begun for want of time (seed ${seed})`,
);
process.exitCode = count('failed') ? 1 : 0;
