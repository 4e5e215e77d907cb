import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../../core/database/embedded/index.ts';
import { databaseFromEnvironment, unprotected } from '../../core/database/settings.ts';
import type { DatabaseSettings } from '../../core/database/settings.ts';
import type { Example } from '../server/example.ts';
import { publicUrlFault, trustProxyFault } from '../server/address.ts';
import { startServer } from '../server/start.ts';
import type { RunningServer } from '../server/start.ts';
import { dataFolderOf, serverFile } from './local.ts';
import { buildWeb } from './build-web.ts';

const usage = `npm start -- [options]         (or: servicewright start [options])
  --port N                where it listens, 8080 unless told otherwise (also PORT)
  --host ADDRESS          the address it listens on, 127.0.0.1 unless told otherwise
  --public-url URL        the address that people use, when a proxy stands before it (also SERVICEWRIGHT_PUBLIC_URL)
  --trust-proxy LIST      addresses or networks of proxies that say whom they pass on, such as loopback or 10.0.0.0/8
                          (also SERVICEWRIGHT_TRUST_PROXY); without it all behind a proxy are one address
  --calls-per-minute N    how many calls one credential may make a minute, 15000 unless told otherwise; an address
                          has a fifth of it for callers who are not known
  --file-mib N            how many MiB a file may have that is given to a record, 25 unless told otherwise
  --new-keys              where the keys folder of this installation is lost: goes on with the one that is here;
                          verify can then no longer check what was signed before
Data lies in ./data or in SERVICEWRIGHT_DATA. DATABASE_URL and DATABASE_OWNER_URL name a PostgreSQL of your own,
for several processes too: they share one keys folder, or copies of it (SERVICEWRIGHT_KEYS). SERVICEWRIGHT_CHECKPOINTS
names a folder, elsewhere, that gets each checkpoint of the journal.`;

/** `servicewright start`: everything in one process, until Ctrl-C. */
export async function start(example: Example, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      'public-url': { type: 'string', default: process.env['SERVICEWRIGHT_PUBLIC_URL'] },
      'trust-proxy': { type: 'string', default: process.env['SERVICEWRIGHT_TRUST_PROXY'] },
      'calls-per-minute': { type: 'string' },
      'file-mib': { type: 'string' },
      'new-keys': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const calls = values['calls-per-minute'];
  if (calls !== undefined && !/^[1-9]\d{0,8}$/.test(calls)) {
    console.error(`${calls} is no number of calls. Give a whole number above 0: npm start -- --calls-per-minute 15000`);
    return 2;
  }
  const { 'public-url': publicUrl, 'trust-proxy': trustProxy } = values;
  const fault = (publicUrl && publicUrlFault(publicUrl)) || (trustProxy && trustProxyFault(trustProxy));
  if (fault) {
    console.error(fault);
    return 2;
  }
  const mib = values['file-mib'];
  if (mib !== undefined && !(/^[1-9]\d{0,2}$/.test(mib) && Number(mib) <= mostMib)) {
    console.error(`${mib} is no size of a file. Give a whole number from 1 to ${mostMib}: npm start -- --file-mib 25`);
    return 2;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error(`${values.port} is no port. Give a number from 1 to 65535: npm start -- --port 8080`);
    return 2;
  }
  try {
    if (!existsSync(join(checkout, 'dist/web/index.html'))) await buildWeb();
    return await serve({
      example,
      port,
      host: values.host,
      publicUrl,
      trustProxy,
      calls,
      mib,
      adoptKeys: values['new-keys'],
    });
  } catch (error) {
    const message = ofAddress(error, port);
    if (!message) throw error;
    console.error(message);
    return 1;
  }
}

interface Serving {
  example: Example;
  port: number;
  host: string;
  publicUrl: string | undefined;
  trustProxy: string | undefined;
  calls: string | undefined;
  mib: string | undefined;
  adoptKeys: boolean;
}

/** PostgreSQL puts the rows of a file together to hash them, in less than the gigabyte that one value may have. */
const mostMib = 500;

async function serve({ example, port, host, publicUrl, trustProxy, calls, mib, adoptKeys }: Serving): Promise<number> {
  const database = await databaseFromEnvironment(process.env, (line) => console.error(line));
  const dataFolder = dataFolderOf(database);
  const server = await startServer({
    database,
    example,
    port,
    host,
    dataFolder,
    adoptKeys,
    ...(publicUrl ? { publicUrl } : {}),
    ...(trustProxy ? { trustProxy } : {}),
    ...(calls ? { callsPerMinute: Number(calls) } : {}),
    ...(mib ? { limits: { fileBytes: Number(mib) * 1_048_576 } } : {}),
  });
  try {
    writeFileSync(serverFile(dataFolder), JSON.stringify({ url: server.url, pid: process.pid }));
    tell(server, { database, dataFolder });
    await stopSignal();
    console.log('Stopping ...');
    rmSync(serverFile(dataFolder), { force: true });
  } finally {
    await server.close();
  }
  return 0;
}

/** What a person needs to know who started it. */
function tell(
  { url, firstLink }: RunningServer,
  { database, dataFolder }: { database: DatabaseSettings; dataFolder: string },
): void {
  console.log(`Servicewright is ready at ${url}`);
  console.log(`Data: ${dataFolder}${database.embedded ? ` (PostgreSQL ${database.embedded.version})` : ''}`);
  if (!database.protectsJournal) console.log(unprotected);
  if (firstLink) console.log(`First sign-in (one time, for a day): ${firstLink}`);
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

/** What is wrong with the address to listen on; undefined for anything else. */
function ofAddress(error: unknown, port: number): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'This machine has no such address. Leave --host out, or name one of its own addresses.';
  if (code === 'EACCES' && error instanceof Error && 'port' in error)
    return `Port ${port} is not open to this account. Choose one above 1023: npm start -- --port 8080`;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop the other program, or choose another port: npm start -- --port ${port + 1}`;
  return undefined;
}
