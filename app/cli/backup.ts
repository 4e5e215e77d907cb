import { existsSync } from 'node:fs';
import { backup as writeBackup, BackupRefused, restore as readBackup } from '../../core/database/backup.ts';
import { checkpointKeys, rememberCheckpointKeys } from '../../core/journal/format/checkpoint.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { migrationFolders } from '../server/migrations.ts';
import { withLocal } from './local.ts';

const schemas = migrationFolders.map(({ schema }) => schema);

/** `servicewright backup FILE`: all data of one moment, with a signed checkpoint of the journal. */
export async function backup(args: string[]): Promise<number> {
  const [file] = args;
  if (!file) return fault('Say: servicewright backup FILE');
  if (existsSync(file)) return fault(`${file} exists already. Name a new file: a backup never overwrites another.`);
  return withLocal(async ({ owner, pool, keys }) => {
    const now = new Date().toISOString();
    await takeCheckpoint(pool, keys, now);
    const client = await owner.connect();
    try {
      const { tables } = await writeBackup(client, schemas, file, checkpointKeys(keys), now);
      console.log(
        `Backed up ${tables} tables to ${file}. Keep the folder ${keys} safe as well: it holds the keys that sign the journal's checkpoints.`,
      );
      return 0;
    } finally {
      client.release();
    }
  });
}

/** `servicewright restore FILE`: fills an empty installation from a backup; run `verify` afterwards. */
export async function restore(args: string[]): Promise<number> {
  const [file] = args;
  if (!file) return fault('Say: servicewright restore FILE');
  if (!existsSync(file)) return fault(`There is no file ${file}.`);
  return withLocal(async ({ owner, keys }) => {
    const client = await owner.connect();
    try {
      const header = await readBackup(client, file);
      rememberCheckpointKeys(keys, header.checkpointKeys);
      console.log(`Restored what was backed up at ${header.takenAt}. Now run: servicewright verify`);
      return 0;
    } catch (error) {
      if (error instanceof BackupRefused) return fault(error.message);
      throw error;
    } finally {
      client.release();
    }
  });
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
