import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { restore as readBackup } from '../../core/database/backup/restore.ts';
import { backup as writeBackup, isTaken } from '../../core/database/backup/write.ts';
import {
  checkpointKeys,
  fingerprintsOf,
  loadOrCreateKey,
  rememberCheckpointKeys,
} from '../../core/journal/format/checkpoint.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { migrationFolders } from '../server/migrations.ts';
import { requireKeys } from '../server/secrets.ts';
import { withDatabase, withLocal } from './local.ts';

const schemas = migrationFolders.map(({ schema }) => schema);

const backupUsage = `servicewright backup FILE
Writes all data of one moment to a file that is not there yet, signed by this installation.`;

/** `servicewright backup FILE`: all data of one moment, with a signed checkpoint of the journal. */
export async function backup(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(backupUsage);
    return 0;
  }
  const [file] = positionals;
  if (!file || positionals.length > 1) return fault('Say: servicewright backup FILE');
  if (existsSync(file)) return fault(`${file} exists already. Name a new file: a backup never overwrites another.`);
  return withLocal(async ({ owner, pool, keys }) => {
    await requireKeys(pool, keys);
    const takenAt = new Date().toISOString();
    await takeCheckpoint(pool, keys, takenAt);
    const client = await owner.connect();
    try {
      const { tables, fingerprint } = await writeBackup(client, {
        schemas,
        file,
        key: loadOrCreateKey(keys),
        checkpointKeys: checkpointKeys(keys),
        takenAt,
      });
      console.log(
        `Backed up ${tables} tables to ${file}. Keep the folder ${keys} safe as well: it holds the keys that sign the journal's checkpoints and open second factors.`,
      );
      console.log(`Signed by ${fingerprint}: write it down elsewhere; a restore into a new installation asks for it.`);
      return 0;
    } catch (error) {
      if (isTaken(error)) return fault(error.message);
      throw error;
    } finally {
      client.release();
    }
  });
}

const usage = `servicewright restore FILE [--signed-by FINGERPRINT]
Fills an empty installation from a backup. A file that another installation signed is taken with the fingerprint that its
backup told.`;

/** `servicewright restore FILE`: fills an empty installation from a backup; run `verify` afterwards. */
export async function restore(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'signed-by': { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [file] = positionals;
  const signedBy = values['signed-by']?.toLowerCase();
  if (!file || positionals.length > 1) return fault('Say: servicewright restore FILE [--signed-by FINGERPRINT]');
  if (signedBy !== undefined && !/^[0-9a-f]{64}$/.test(signedBy))
    return fault('--signed-by wants a fingerprint of 64 hexadecimal digits, as the backup told it.');
  if (!existsSync(file)) return fault(`There is no file ${file}.`);
  return withDatabase(async ({ database, owner, keys }) => {
    const own = fingerprintsOf(keys);
    const client = await owner.connect();
    try {
      const { header, fingerprint, upgraded } = await readBackup(client, {
        folders: migrationFolders,
        appLogin: database.appLogin,
        file,
        believes: (each) => each === signedBy || own.includes(each),
      });
      rememberCheckpointKeys(keys, header.checkpointKeys);
      console.log(`Signed by ${fingerprint}.`);
      console.log(
        `Restored what was backed up at ${header.takenAt}${upgraded.length ? `, and upgraded it by ${upgraded.length} migrations` : ''}. Nobody is signed in. Now run: servicewright verify`,
      );
      return 0;
    } finally {
      client.release();
    }
  });
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
