// Clients that nobody here wrote: two generators make one each from the OpenAPI document, and what they make must compile under
// `strict`. They live in a folder of their own (tools/clients), with the TypeScript they need.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEndpoints } from '../app/server/endpoints.ts';
import { createRegistry } from '../app/server/registry.ts';
import { apiInfo, tagDescriptions } from '../app/server/system-endpoints.ts';
import { openApi } from '../core/http/openapi.ts';
import { harbour } from '../examples/harbour/harbour.ts';

const named = join(import.meta.dirname, 'clients');
// Beside the packages, where no other tool looks for our own files.
const folder = join(import.meta.dirname, '../node_modules/.cache/clients');
const made = join(folder, 'made');
const bin = (name: string) => join(folder, 'node_modules/.bin', name);

/** Runs a command in the clients' folder; what it says is shown when it fails. */
function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    // Whatever is found by name is run by the pinned Node, not by an older one of the machine.
    env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` },
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')}\n${stdout}${stderr}${error?.message ?? ''}`);
  process.exit(1);
}

/** Installs the generators anew when their lockfile is another. */
function install(): void {
  const lockfile = readFileSync(join(named, 'package-lock.json'), 'utf8');
  const installed = join(folder, 'installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lockfile) return;
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(named, name), join(folder, name));
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(installed, lockfile);
}

/** The document needs the endpoints' data only: nothing of their parts is called. */
function document(): Record<string, unknown> {
  const registry = createRegistry();
  const demo = { example: harbour, appConfig: {}, dataFolder: '', address: () => '', failed: () => undefined };
  const parts = { demo } as unknown as Parameters<typeof allEndpoints>[1];
  return openApi(registry, allEndpoints(registry, parts), apiInfo, tagDescriptions(registry));
}

rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
install();
writeFileSync(join(made, 'openapi.json'), JSON.stringify(document()));
writeFileSync(
  join(made, 'tsconfig.json'),
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2023', 'dom', 'dom.iterable'],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    },
    files: ['types.ts', 'fetch.ts'],
  }),
);
run(bin('openapi-typescript'), ['made/openapi.json', '--output', 'made/types.ts']);
run(bin('orval'), ['--input', 'made/openapi.json', '--output', 'made/fetch.ts', '--client', 'fetch']);
run(bin('tsc'), ['--project', 'made']);
console.log('Two generated clients compile under strict.');
