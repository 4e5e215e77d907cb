// A start on a machine that has nothing yet, with an npm that writes down what it was asked for. Its kind: code on a server that
// does not run there; looked at besides: what the server imports are dependencies (lockfile.test.ts), and what pages need is built
// into them.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'servicewright-new-machine-'));
  mkdirSync(join(root, 'tools'));
  copyFileSync(join(import.meta.dirname, 'node.mjs'), join(root, 'tools/node.mjs'));
  write('servicewright.ts', "console.log('started');");
  write('tools/run.ts', builds);
  write('npm-cli.mjs', npm);
  write('package-lock.json', JSON.stringify({ packages: locked }));
  for (const each of ['app', 'core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement'])
    write(`${each}/a.ts`, '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What runs has a version of its own of what a tool needs too. */
const locked = {
  '': { dependencies: { runs: '1' }, devDependencies: { vite: '1' } },
  'node_modules/runs': { dependencies: { deep: '1' }, peerDependencies: { beside: '1' } },
  'node_modules/runs/node_modules/deep': {},
  'node_modules/beside': {},
  'node_modules/vite': { dev: true, dependencies: { deep: '2' } },
  'node_modules/deep': { dev: true },
};
const [all, running] = [
  Object.keys(locked).filter(Boolean),
  Object.entries(locked).flatMap(([place, of]) => (place && !('dev' in of) ? [place] : [])),
];

/** Installs what it was told to, and says so. */
const npm = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
appendFileSync('npm.log', process.argv.slice(2, 4).join(' ') + '\\n');
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [place, { dev }] of Object.entries(packages))
  if (place && (!dev || process.argv.includes('--include=dev'))) mkdirSync(place, { recursive: true });
writeFileSync('node_modules/.package-lock.json', '');
`;
const builds = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('built.log', process.argv.slice(2, 4).join(' ') + '\\n');
mkdirSync('dist/web', { recursive: true });
writeFileSync('dist/web/index.html', '');
`;

/** Long ago, as what was checked out; what comes later is newer, on any clock. */
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  utimesSync(join(root, path), 1_000_000, 1_000_000);
}

async function start(as: 'production' | 'development'): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'tools/node.mjs'), 'servicewright.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: as,
      SERVICEWRIGHT_NODE: process.execPath,
      npm_execpath: join(root, 'npm-cli.mjs'),
      npm_node_execpath: process.execPath,
    },
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (told += String(part)));
  await new Promise((resolve) => child.on('close', resolve));
  return told;
}

const lines = (file: string) =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').split('\n') : [];
const asked = () => lines('npm.log').filter(Boolean);
const built = () => lines('built.log').filter(Boolean);
const standing = () => all.filter((place) => existsSync(join(root, place)));

describe('the first start on a machine', () => {
  it('of a server whose pages came with it fetches no tools at all', async () => {
    write('dist/web/index.html', '');
    utimesSync(join(root, 'dist/web/index.html'), 2_000_000, 2_000_000);
    expect(await start('production')).toContain('started');
    expect([asked(), built(), standing()]).toEqual([['ci --omit=dev'], [], running]);
  });

  it('of a server builds the pages once, and keeps only what runs', async () => {
    expect(await start('production')).toContain('started');
    expect([asked(), built(), standing()]).toEqual([['ci --include=dev'], ['vite build'], running]);
    expect(await start('production')).toBe('started\n');
    expect([asked(), built()]).toEqual([['ci --include=dev'], ['vite build']]);
  });

  it('of a server that is started twice at once installs and builds once', async () => {
    const told = await Promise.all([start('production'), start('production')]);
    for (const each of told) expect(each).toContain('started');
    expect([asked(), built(), standing()]).toEqual([['ci --include=dev'], ['vite build'], running]);
  });

  it('of who works on it keeps the tools', async () => {
    expect(await start('development')).toContain('started');
    expect([asked(), standing()]).toEqual([['ci --include=dev'], all]);
  });
});

it('a start after an update fetches the tools, builds the pages anew, and lets the tools go again', async () => {
  await start('production');
  const later = Date.now() / 1000 + 60;
  utimesSync(join(root, 'core/a.ts'), later, later);
  utimesSync(join(root, 'package-lock.json'), later, later);
  // Files that are younger than the clock would be built at every start; the pages are as young.
  write(
    'tools/run.ts',
    `${builds}\nimport { utimesSync } from 'node:fs';\nutimesSync('dist/web/index.html', ${later + 1}, ${later + 1});`,
  );
  write(
    'npm-cli.mjs',
    `${npm}\nimport { utimesSync } from 'node:fs';\nutimesSync('node_modules/.package-lock.json', ${later + 1}, ${later + 1});`,
  );
  expect(await start('production')).toContain('started');
  expect([asked(), built(), standing()]).toEqual([
    ['ci --include=dev', 'ci --include=dev'],
    ['vite build', 'vite build'],
    running,
  ]);
});
