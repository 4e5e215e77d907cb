// What was released stays: a migration of a released version is never edited, and a backup that it made restores into this one.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allRecounts, allSubscribers } from '../../app/server/background.ts';
import { migrationFolders } from '../../app/server/migrations.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { readMigrations } from '../../core/database/migrate.ts';
import { rememberCheckpointKeys } from '../../core/journal/format/checkpoint.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { verify } from '../../core/journal/verify.ts';
import { rollUp } from '../../improvement/measurement/index.ts';
import { restoreFrom } from '../support/backup.ts';
import { createTestDatabase } from '../support/database.ts';

interface Release {
  version: string;
  fingerprint: string;
  checkpointKeys: Record<string, string>;
  migrations: Record<string, string>;
}

const stored = join(import.meta.dirname, '../stored');
const releases = (existsSync(stored) ? readdirSync(stored) : [])
  .filter((name) => /^backup-.*\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(join(stored, name), 'utf8')) as Release);

const keys = mkdtempSync(join(tmpdir(), 'servicewright-released-'));
afterAll(() => rmSync(keys, { recursive: true }));

// Before the first release nothing is stored, and nothing is held: it says so instead of passing.
describe.skipIf(releases.length === 0)('released versions', () => {
  it('are kept each with a backup', () => {
    for (const { version } of releases) expect(existsSync(join(stored, `backup-${version}.gz`))).toBe(true);
  });

  it.each(releases)('$version: its migrations read as they did', async ({ migrations }) => {
    const now = Object.fromEntries((await readMigrations(migrationFolders)).map(({ name, sha256 }) => [name, sha256]));
    const edited = Object.entries(migrations).filter(([name, sha256]) => now[name] !== sha256);
    expect(edited.map(([name]) => `${name} was released: undo the edit, and write a new migration`)).toEqual([]);
  });

  it.each(releases)('$version: new migrations come after its own, folder by folder', async ({ migrations }) => {
    const before = Object.keys(migrations);
    const misplaced = (await readMigrations(migrationFolders)).filter(
      ({ name }) =>
        !before.includes(name) && before.some((each) => each.split('/')[0] === name.split('/')[0] && each > name),
    );
    expect(misplaced.map(({ name }) => `${name} would run after what follows it: give it a higher number`)).toEqual([]);
  });

  it.each(releases)(
    '$version: its backup restores into this one, where verify finds no difference',
    async (release) => {
      rememberCheckpointKeys(keys, release.checkpointKeys);
      const database = await createTestDatabase();
      const restored = await restoreFrom(
        database,
        join(stored, `backup-${release.version}.gz`),
        keys,
        release.fingerprint,
      );
      expect(Object.fromEntries(restored.header.migrations)).toEqual(release.migrations);
      const application = { pool: database.appPool, registry: createRegistry(), clock: Date.now };
      for (const subscriber of allSubscribers()) await catchUp(application, subscriber);
      await rollUp(application);
      const { differences, records, checkpoints } = await verify(database.ownerPool, application.registry, keys, {
        recounts: allRecounts(),
      });
      expect(differences).toEqual([]);
      expect(records).toBeGreaterThan(100);
      expect(checkpoints).toBeGreaterThan(0);
      await database.drop();
    },
  );
});
