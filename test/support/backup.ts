// Backs a test application up, and restores into a test database, as the commands do.
import { migrationFolders } from '../../app/server/migrations.ts';
import type { BackupKey } from '../../core/database/backup/format.ts';
import { restore } from '../../core/database/backup/restore.ts';
import type { Restored } from '../../core/database/backup/restore.ts';
import { backup } from '../../core/database/backup/write.ts';
import type { MigrationFolder } from '../../core/database/migrate.ts';
import { checkpointKeys, fingerprintsOf, loadOrCreateKey } from '../../core/journal/format/checkpoint.ts';
import type { TestApplication } from './application.ts';
import type { TestDatabase } from './database.ts';

export async function backUpInto(
  app: Pick<TestApplication, 'database' | 'keysFolder'>,
  file: string,
  key: BackupKey = loadOrCreateKey(app.keysFolder),
): Promise<{ tables: number; fingerprint: string }> {
  const client = await app.database.ownerPool.connect();
  try {
    return await backup(client, {
      schemas: migrationFolders.map(({ schema }) => schema),
      file,
      key,
      checkpointKeys: checkpointKeys(app.keysFolder),
      takenAt: '2026-03-02T09:00:00.000Z',
    });
  } finally {
    client.release();
  }
}

/** Believes the keys of the folder, and the one of a fingerprint that an operator tells. */
export async function restoreFrom(
  database: TestDatabase,
  file: string,
  keysFolder: string,
  signedBy?: string,
  folders: readonly MigrationFolder[] = migrationFolders,
): Promise<Restored> {
  const own = fingerprintsOf(keysFolder);
  const client = await database.ownerPool.connect();
  try {
    return await restore(client, {
      folders,
      appLogin: database.appConfig.user,
      file,
      believes: (fingerprint) => fingerprint === signedBy || own.includes(fingerprint),
    });
  } finally {
    client.release();
  }
}
