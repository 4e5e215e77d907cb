import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { databaseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { passwordsOf, prepareDataFolder, prepareSocketFolder, socketFolderOf } from './folders.ts';
import { type Hold, takeHold, watch, type WatchedServer } from './hold.ts';
import { keepHold } from './keep-hold.ts';
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

export type EmbeddedOptions = {
  /** See {@link prepareDataFolder}. */
  dataFolder?: string;
  /** Given up by tests only; true unless told otherwise. */
  fsync?: boolean;
  /** Told, in a line for the operator, when the server died and when it is back. */
  told?: (line: string) => void;
};

/**
 * Starts the embedded PostgreSQL of a data folder, or takes hold of the one that is running there. Should it die, killed or for
 * want of room on its disk, it is started again until it runs, or this process lets go of it.
 * Throws {@link DatabaseUnavailable}, whose message is one line for the operator.
 */
export async function startEmbedded({
  dataFolder: wanted,
  fsync = true,
  told = () => undefined,
}: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const account = databaseAccount();
  const dataFolder = prepareDataFolder(wanted, account);
  const binaries = await findBinaries(account);
  const alone = <T>(work: () => Promise<T>) => withStartLock(join(dataFolder, 'start.lock'), work);
  return await alone(async () => {
    const passwords = passwordsOf(dataFolder);
    const cluster = await ensureCluster({ dataFolder, binaries, account, ownerPassword: passwords.owner });
    const socketFolder = socketFolderOf(dataFolder);
    const plan: Launch = { cluster, socketFolder, logFile: join(dataFolder, 'postgres.log'), binaries, account, fsync };
    const server: WatchedServer = {
      cluster,
      socketFolder,
      ownerConfig: { host: socketFolder, port: 5432, user: 'owner', password: passwords.owner },
    };
    const hold = await holdRunning(plan, server);
    const kept = keepHold(hold, () => alone(() => holdRunning(plan, server)), told);
    const watcher = watch(server);
    const configs = await prepareDatabase(socketFolder, passwords);
    const stop = async () => {
      await kept.letGo();
      await watcher.end();
    };
    return { ...configs, dataFolder, socketFolder, version: binaries.version, stop };
  });
}

/** Tries for five seconds: what refuses longer does not pass by itself. */
async function holdRunning(plan: Launch, server: WatchedServer): Promise<Hold> {
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
