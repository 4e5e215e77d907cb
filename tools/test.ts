// Runs every check of the project, in order: `npm test`. `npm test -- --only unit,types` runs a part.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasBrowserTests, reports } from './counts.ts';
import { toolPath } from './run.ts';

const root = join(import.meta.dirname, '..');

type Step = {
  name: string;
  tool: string;
  args: string[];
  /** Why there is nothing to do yet; `undefined` when there is. */
  idle?: string | undefined;
  /** Shows its output while it runs; the others show it only when they fail. */
  isLoud?: boolean;
  env?: Record<string, string>;
};

type Outcome = { name: string; result: 'passed' | 'failed' | 'nothing to do'; seconds: number };

const missing = (file: string): string | undefined => (existsSync(join(root, file)) ? undefined : `no ${file} yet`);

// Steps of one row run side by side.
const rows: Step[][] = [
  [
    { name: 'types', tool: 'tsc', args: ['--noEmit'] },
    { name: 'lint', tool: 'oxlint', args: [] },
  ],
  [{ name: 'format', tool: 'biome', args: ['format'] }],
  // Before there is a program, everything is unused.
  [{ name: 'dead-code', tool: 'knip', args: ['--no-config-hints'], idle: missing('servicewright.ts') }],
  [{ name: 'reference', tool: 'tools/reference.ts', args: ['--check'], idle: missing('tools/reference.ts') }],
  [
    {
      name: 'unit',
      tool: 'vitest',
      args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports.unit}`],
      isLoud: true,
    },
  ],
  [{ name: 'acts', tool: 'tools/acts.ts', args: [] }],
  [{ name: 'statements', tool: 'tools/statements.ts', args: [] }],
  [{ name: 'clients', tool: 'tools/clients.ts', args: [] }],
  [{ name: 'build', tool: 'vite', args: ['build'], idle: missing('vite.config.ts') }],
  [
    {
      name: 'browser',
      tool: 'playwright',
      args: ['test', '--reporter=list,json'],
      idle: missing('playwright.config.ts') ?? (hasBrowserTests() ? undefined : 'no tests under test/browser yet'),
      isLoud: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, reports.browser) },
    },
  ],
];

async function run(step: Step): Promise<Outcome> {
  const { name, idle } = step;
  if (idle) {
    console.log(`${name}: ${idle}`);
    return { name, result: 'nothing to do', seconds: 0 };
  }
  const start = performance.now();
  const { code, output } = await execute(step);
  const seconds = (performance.now() - start) / 1000;
  const result = code === 0 ? 'passed' : 'failed';
  if (result === 'failed') console.log(output);
  console.log(`${name}: ${result} in ${seconds.toFixed(1)} s`);
  return { name, result, seconds };
}

function execute({ tool, args, isLoud, env }: Step): Promise<{ code: number; output: string }> {
  const program = tool.endsWith('.ts') ? join(root, tool) : toolPath(tool);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', isLoud ? 'inherit' : 'pipe', isLoud ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function chosenSteps(args: readonly string[]): Step[][] {
  const only = args[args.indexOf('--only') + 1]?.split(',');
  if (!args.includes('--only') || !only) return rows;
  const names = rows.flat().map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}: choose from ${names.join(', ')}.`);
  return rows.map((row) => row.filter(({ name }) => only.includes(name)));
}

for (const report of Object.values(reports)) rmSync(join(root, report), { force: true, recursive: true });
const outcomes: Outcome[] = [];
for (const row of chosenSteps(process.argv.slice(2))) outcomes.push(...(await Promise.all(row.map(run))));
console.log('');
for (const { name, result, seconds } of outcomes)
  console.log(`${name.padEnd(10)} ${result.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s`);
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
