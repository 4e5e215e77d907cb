import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout, DatabaseUnavailable } from '../../core/database/embedded/index.ts';
import { databaseFromEnvironment, unprotected } from '../../core/database/settings.ts';
import { MigrationRefused } from '../../core/database/migrate.ts';
import { startServer } from '../server/start.ts';
import { dataFolderOf, serverFile } from './local.ts';
import { buildWeb } from './build-web.ts';

/** `servicewright start`: everything in one process, until Ctrl-C. */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      'public-url': { type: 'string' },
      'calls-per-minute': { type: 'string' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(`${values.port} is no port. Give a number from 1 to 65535: npm start -- --port 8080`);
    return 2;
  }
  try {
    if (!existsSync(join(checkout, 'dist/web/index.html'))) await buildWeb();
    return await serve(port, values.host, values['public-url'], values['calls-per-minute']);
  } catch (error) {
    const message = explained(error, port);
    if (!message) throw error;
    console.error(message);
    return 1;
  }
}

async function serve(
  port: number,
  host: string,
  publicUrl: string | undefined,
  calls: string | undefined,
): Promise<number> {
  const database = await databaseFromEnvironment();
  const dataFolder = dataFolderOf(database);
  const server = await startServer({
    database,
    port,
    host,
    dataFolder,
    ...(publicUrl ? { publicUrl } : {}),
    ...(calls ? { callsPerMinute: Number(calls) } : {}),
  });
  writeFileSync(serverFile(dataFolder), JSON.stringify({ url: server.url, pid: process.pid }));
  console.log(`Servicewright is ready at ${server.url}`);
  console.log(`Data: ${dataFolder}${database.embedded ? ` (PostgreSQL ${database.embedded.version})` : ''}`);
  if (!database.protectsJournal) console.log(unprotected);
  if (server.firstLink) console.log(`First sign-in (one time, for a day): ${server.firstLink}`);
  await stopSignal();
  console.log('Stopping ...');
  rmSync(serverFile(dataFolder), { force: true });
  await server.close();
  return 0;
}

/** Ctrl-C reaches this process twice, directly and through the wrapper: the second within half a second is the same. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    const heard = () => {
      const now = Date.now();
      if (first && now - first > 500) process.exit(130);
      first ||= now;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
  });
}

/** One line for what a person can mend; undefined for a bug. */
function explained(error: unknown, port: number): string | undefined {
  if (error instanceof DatabaseUnavailable || error instanceof MigrationRefused) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop the other program, or choose another port: npm start -- --port ${port + 1}`;
  return undefined;
}
