import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { databaseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { passwordsOf, prepareDataFolder, prepareSocketFolder, socketFolderOf } from './folders.ts';
import { type Hold, takeHold, type WatchedServer } from './hold.ts';
import { isPassing, type Launch, launch, readPidFile, stopUnreachable } from './postmaster.ts';
import { prepareDatabase } from './roles.ts';
import { withStartLock } from './start-lock.ts';
import { DatabaseUnavailable } from './unavailable.ts';

/** The embedded server as this process holds it. It stops when the last process holding it stops or dies. */
export type EmbeddedServer = {
  /** Signs in as the role that owns everything: migrations, backup. */
  ownerConfig: pg.ClientConfig;
  /** Signs in as the role of the application, which can do what the migrations grant. */
  appConfig: pg.ClientConfig;
  dataFolder: string;
  socketFolder: string;
  /** PostgreSQL's own version, such as `18.4`. */
  version: string;
  stop(): Promise<void>;
};

/** `dataFolder`: see {@link prepareDataFolder}. `fsync` (default true) is given up by tests only. */
export type EmbeddedOptions = { dataFolder?: string; fsync?: boolean };

/**
 * Starts the embedded PostgreSQL of a data folder, or takes hold of the one that is running there.
 * Throws {@link DatabaseUnavailable}, whose message is one line for the operator.
 */
export async function startEmbedded({
  dataFolder: wanted,
  fsync = true,
}: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const account = databaseAccount();
  const dataFolder = prepareDataFolder(wanted, account);
  const binaries = await findBinaries(account);
  return await withStartLock(join(dataFolder, 'start.lock'), async () => {
    const passwords = passwordsOf(dataFolder);
    const cluster = await ensureCluster({ dataFolder, binaries, account, ownerPassword: passwords.owner });
    const socketFolder = socketFolderOf(dataFolder);
    const plan: Launch = { cluster, socketFolder, logFile: join(dataFolder, 'postgres.log'), binaries, account, fsync };
    const hold = await holdRunning(plan, passwords.owner);
    const configs = await prepareDatabase(socketFolder, passwords);
    return { ...configs, dataFolder, socketFolder, version: binaries.version, stop: () => hold.letGo() };
  });
}

/** Tries for five seconds: what refuses longer does not pass by itself. */
async function holdRunning(plan: Launch, ownerPassword: string): Promise<Hold> {
  const server = {
    cluster: plan.cluster,
    socketFolder: plan.socketFolder,
    ownerConfig: { host: plan.socketFolder, port: 5432, user: 'owner', password: ownerPassword },
  };
  let refusal = '';
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await wait(250);
    const adopted = await tryHold(server);
    if (adopted) return adopted;
    stopUnreachable(plan.cluster);
    prepareSocketFolder(plan.socketFolder, plan.account);
    const refused = await launch(plan);
    refusal = refused?.refused ?? 'it ended as soon as it had started';
    const started = refused ? undefined : await tryHold(server);
    if (started) return started;
    if (refused && !isPassing(refusal)) break;
  }
  await rmdir(plan.socketFolder).catch(() => undefined);
  const pid = readPidFile(plan.cluster)?.pid;
  throw new DatabaseUnavailable(
    `The database in ${plan.cluster} does not start${pid ? ` (process ${pid} holds it)` : ''}: ${refusal} (see ${plan.logFile}).`,
  );
}

/** A server is alive when it answers and works in our cluster: a process id alone may be a zombie's or a stranger's. */
async function tryHold(server: WatchedServer): Promise<Hold | undefined> {
  if (!readPidFile(server.cluster)?.isReady) return undefined;
  try {
    return await takeHold(server);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) {
      throw new DatabaseUnavailable(
        `The database in ${server.cluster} does not accept the password kept beside it: restore database-passwords.json from your backup.`,
      );
    }
    return undefined;
  }
}
