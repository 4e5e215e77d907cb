// Keeps a backup of the version at hand as every later one must restore it: `npm run store-release`, once when a version is
// released. It plays the example in an installation of its own, backs it up, and notes what the migrations were.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../app/cli/run.ts';
import { migrationFolders } from '../app/server/migrations.ts';
import { keysFolder } from '../core/database/embedded/index.ts';
import { readMigrations } from '../core/database/migrate.ts';
import { checkpointKeys, fingerprintsOf } from '../core/journal/format/checkpoint.ts';
import { harbour } from '../examples/harbour/harbour.ts';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const stored = join(root, 'test/stored');
const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-release-'));
delete process.env['DATABASE_URL'];
delete process.env['DATABASE_OWNER_URL'];
process.env['SERVICEWRIGHT_DATA'] = dataFolder;

async function made(...args: string[]): Promise<void> {
  const code = await run(harbour, args);
  if (code !== 0) throw new Error(`servicewright ${args.join(' ')} ended with ${code}`);
}

await mkdir(stored, { recursive: true });
const file = join(stored, `backup-${version}.gz`);
try {
  await made('demo', 'incident-log');
  await made('verify');
  await made('backup', file);
  const keys = keysFolder(dataFolder);
  const [fingerprint] = fingerprintsOf(keys);
  const migrations = Object.fromEntries(
    (await readMigrations(migrationFolders)).map(({ name, sha256 }) => [name, sha256]),
  );
  writeFileSync(
    join(stored, `backup-${version}.json`),
    `${JSON.stringify({ version, fingerprint, checkpointKeys: checkpointKeys(keys), migrations }, null, 2)}\n`,
  );
} finally {
  rmSync(dataFolder, { recursive: true, force: true });
}
console.log(`Keep ${file} and the file beside it: from now on no migration of ${version} may be edited.`);
