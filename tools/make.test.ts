// A record type that nobody wrote: made in a copy of the project, it compiles, and walks its states.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toolPath } from './run.ts';

const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'servicewright-made-'));
const left = /^(?:node_modules|dist|data|test-results|\.git)$/;

function node(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}
const make = (...args: string[]) => node('tools/make.ts', ...args);

beforeAll(() => {
  cpSync(root, copy, { recursive: true, filter: (path) => !left.test(path.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it.each([
  [['something'], 'Say what to make: record.'],
  [['record', 'kitchen', 'pot'], 'kitchen is no stage.'],
  [['record', 'operation', 'Pot'], 'Pot is no name of a record type.'],
  [['record', 'operation', 'incident'], 'operation/incident is there already.'],
  [['record', 'operation', 'pot', '--prefix', 'p1'], 'p1 is no prefix: two to four capital letters.'],
])('%s is refused, and nothing is written', (args, line) => {
  const { code, output } = make(...args);
  expect([code, output.split('\n')[0]]).toEqual([2, line]);
});

it('compiles, walks its states, and fails its first test until it says what it is for', { timeout: 180_000 }, () => {
  expect(make('record', 'operation', 'service-notice', '--prefix', 'NTC')).toMatchObject({ code: 0 });
  expect(node(toolPath('tsc'), '--noEmit')).toEqual({ code: 0, output: '' });
  const { output } = node(toolPath('vitest'), 'run', 'operation/service-notice', '--reporter=verbose');
  expect(output).toMatch(/✓.*is made, refused once, and finished/);
  expect(output).toMatch(/×.*says what it is for/);
  expect(output).toMatch(/Tests .*1 failed.*1 passed/);
});
