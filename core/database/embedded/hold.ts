import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';

// Any number will do, as long as every process of this program takes the same. Locks are per database: it is taken in `postgres`.
const holdKey = 7_301_944;

/** What the watcher is told on its standard input, one line of JSON. */
export type WatchedServer = { cluster: string; socketFolder: string; ownerConfig: pg.ClientConfig };

/**
 * A process's hold on a running server: a shared advisory lock that the server itself drops when the process dies.
 * `lost` resolves when the server drops it otherwise: because it died, or its process for this connection.
 */
export type Hold = { lost: Promise<void>; letGo(): Promise<void> };

/** Takes hold of a running server. Throws when the server is just stopping. */
export async function takeHold(server: WatchedServer): Promise<Hold> {
  const client = quietClient(server.ownerConfig, 'servicewright hold');
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [holdKey]);
  keepAlive(client, false);
  return {
    lost,
    async letGo() {
      keepAlive(client, true);
      await client.end().catch(() => undefined);
    },
  };
}

/** A process of its own that stops the server when this process is gone and no other holds the server. */
export type Watcher = {
  /** Ends it, and with it the server where nobody else holds that. */
  end(): Promise<void>;
};

export function watch(server: WatchedServer): Watcher {
  const watcher = startWatcher(server);
  return {
    async end() {
      watcher.ref();
      const ended = new Promise((resolve) => watcher.once('exit', resolve));
      watcher.stdin?.end();
      if (watcher.exitCode === null && watcher.signalCode === null) await ended;
    },
  };
}

function startWatcher(server: WatchedServer): ChildProcess {
  const watcher = spawn(process.execPath, [join(import.meta.dirname, 'watcher.ts')], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.stdin?.on('error', () => undefined);
  watcher.stdin?.write(`${JSON.stringify(server)}\n`);
  watcher.unref();
  keepAlive(watcher.stdin, false);
  return watcher;
}

/** Says whether the program stays alive for this while it is open. The types of pg and of pipes leave the methods out. */
function keepAlive(open: object | null, isKept: boolean): void {
  if (!open || !('ref' in open && 'unref' in open)) return;
  const { ref, unref } = open;
  if (typeof ref === 'function' && typeof unref === 'function') (isKept ? ref : unref).call(open);
}

/**
 * Runs `work` when no process holds the server any more, and keeps new ones out meanwhile.
 * Processes that ended together are given half a second to be noticed by the server.
 */
export async function whenUnheld(server: WatchedServer, work: () => Promise<void>): Promise<void> {
  const client = quietClient(server.ownerConfig, 'servicewright watcher');
  await client.connect();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [holdKey]);
    if (rows[0]?.taken) return await work();
    await client.query('select pg_sleep(0.1)');
  }
  await client.end();
}

function quietClient(config: pg.ClientConfig, name: string): pg.Client {
  const client = new pg.Client({ ...config, database: 'postgres', application_name: name });
  // Without a listener the end of the server would end this process too.
  client.on('error', () => undefined);
  return client;
}
