// Writes docs/reference from the code's own data. `--check`: fails when it is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRegistry } from '../app/server/registry.ts';
import { gates } from './reference/gates.ts';
import { lifecycles } from './reference/lifecycles.ts';
import { permissions } from './reference/permissions.ts';
import { records } from './reference/records.ts';
import { refusals } from './reference/refusals.ts';
import { schema } from './reference/schema.ts';
import { sourceFiles } from './source.ts';

const root = join(import.meta.dirname, '..');

/** The files, by path, as they should be. */
async function reference(): Promise<Record<string, string>> {
  const registry = createRegistry();
  return {
    'docs/reference/lifecycles.md': lifecycles(registry),
    'docs/reference/gates.md': gates(registry),
    'docs/reference/records.md': records(registry),
    'docs/reference/permissions.md': permissions(registry),
    'docs/reference/refusals.md': refusals(registry, sourceFiles(root)),
    'docs/reference/schema.sql': await schema(),
  };
}

const stale: string[] = [];
for (const [path, text] of Object.entries(await reference())) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (!process.argv.includes('--check')) console.log(stale.length ? `Written: ${stale.join(', ')}` : 'Nothing to write.');
else if (stale.length) {
  console.error(`Stale: ${stale.join(', ')}. Run npm run reference and commit what it writes.`);
  process.exitCode = 1;
}
