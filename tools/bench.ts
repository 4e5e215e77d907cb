// `npm run bench -- plans` judges the plans of what is read at 200,000 incidents (or the number named after it).
// `npm run bench -- acts` prints what each act on an incident costs the server: see bench-acts.ts. Else:
// how close the server comes to a bare Fastify handler that sends the same statements through pg: `npm run bench`, or `npm run bench -- 20000 create,update` for fewer incidents and some of it.
// Both answer in the same run, in turns, from one process; ratios are printed, and no absolute time is judged.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRegistry } from '../app/server/registry.ts';
import { connect } from '../core/database/connect.ts';
import { databaseFromEnvironment } from '../core/database/settings.ts';
import { migrate } from '../core/database/migrate.ts';
import { migrationFolders } from '../app/server/migrations.ts';
import { fill, madeVersion } from './bench-fill.ts';
import type { Filled } from './bench-fill.ts';
import { benchImport, benchImportMemory } from './bench-import.ts';
import type { Asked, Told } from './bench-serve.ts';

if (process.argv[2] === 'plans') {
  const { benchPlans } = await import('./bench-plans.ts');
  process.exit(benchPlans(Number(process.argv[3] ?? 200_000)));
}

if (process.argv[2] === 'acts') {
  const { benchActs } = await import('./bench-acts.ts');
  await benchActs(Number(process.argv[3] ?? 300));
  process.exit(0);
}

const clients = 8;
const rounds = 6;
const roundMs = 1500;
const agent = new Agent({ keepAlive: true, maxSockets: clients });
// `bench -- 100000 list,read`, or by name alone: `bench -- import`.
const isNamed = process.argv[2] !== undefined && Number.isNaN(Number(process.argv[2]));
const count = isNamed ? 10_000 : Number(process.argv[2] ?? 100_000);
const wanted = (process.argv[isNamed ? 2 : 3] ?? 'list,read,create,update,import').split(',');

const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
chmodSync(dataFolder, 0o711); // root's database account passes through it
process.env['SERVICEWRIGHT_DATA'] = dataFolder;
const database = await databaseFromEnvironment();
try {
  await bench();
} finally {
  await database.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const owner = connect(database.ownerConfig, { max: 2, longStatements: true });
  await migrate(owner, migrationFolders, database.appLogin);
  const pool = connect(database.appConfig, { max: 4, longStatements: true });
  const application = { pool, registry: createRegistry(), clock: Date.now };
  console.log(`making ${count.toLocaleString('en')} incidents ...`);
  const filled = await fill(application, count, clients);
  await owner.query('vacuum analyze');
  const child = fork(fileURLToPath(new URL('bench-serve.ts', import.meta.url)), { serialization: 'advanced' });
  const ready = await next(child);
  if (ready.kind !== 'ready') throw new Error('the server did not start');
  console.log(
    `${clients} clients, ${rounds} turns of ${roundMs} ms each; the ratio is calls answered by the server to calls answered bare`,
  );
  for (const operation of operationsOf(filled).filter(({ name }) => wanted.includes(name)))
    await compare(child, ready, filled, operation);
  child.disconnect();
  await once(child, 'exit');
  if (wanted.includes('import')) {
    await benchImport(application, owner, filled.providerId, dataFolder);
    await benchImportMemory(owner, database.appConfig, dataFolder, [50_000, 500_000]);
  }
  await Promise.all([pool.end(), owner.end()]);
}

interface Operation {
  name: string;
  method: 'GET' | 'POST' | 'PATCH';
  mostTrips: number;
  atLeast: number;
  call: () => { path: string; body?: object };
  /** Its bare twin needs a new id, or one of these. */
  swaps?: 'new' | string[];
}

function operationsOf({ incidents, component }: Filled): Operation[] {
  const [forReal, forBare, some] = [
    incidents.slice(0, count * 0.4),
    incidents.slice(count * 0.4, count * 0.8),
    incidents.slice(count * 0.8),
  ];
  const fresh = forReal.values();
  const anyOf = () => some[Math.floor(Math.random() * some.length)] ?? '';
  return [
    { name: 'list', method: 'GET', mostTrips: 3, atLeast: 0.6, call: () => ({ path: '/incidents?limit=50' }) },
    { name: 'read', method: 'GET', mostTrips: 4, atLeast: 0.6, call: () => ({ path: `/incidents/${anyOf()}` }) },
    {
      name: 'create',
      method: 'POST',
      mostTrips: 10,
      atLeast: 0.7,
      swaps: 'new',
      call: () => ({
        path: '/incidents',
        body: { title: 'Till does not start', component, description: 'It stays dark.' },
      }),
    },
    {
      name: 'update',
      method: 'PATCH',
      mostTrips: 10,
      atLeast: 0.7,
      swaps: forBare,
      call: () => ({
        path: `/incidents/${fresh.next().value}`,
        body: { expectedVersion: madeVersion, category: `Category ${Math.floor(Math.random() * 1e6)}` },
      }),
    },
  ];
}

function send(url: string, method: string, key: string, body?: object): Promise<string> {
  const payload = body ? JSON.stringify(body) : undefined;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          ...(payload ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) } : {}),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((answer.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${method} ${url}: ${answer.statusCode} ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The next message of the serving process. @throws when it ends instead */
async function next(child: ChildProcess): Promise<Told> {
  const aborted = new AbortController();
  const ended = once(child, 'exit', { signal: aborted.signal }).then(() =>
    Promise.reject(new Error('the serving process ended')),
  );
  ended.catch(() => undefined); // it is heard in the race
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [Told]; // the serving process tells nothing else
  aborted.abort();
  return told;
}

async function ask(child: ChildProcess, asked: Asked): Promise<Told> {
  const answer = next(child);
  child.send(asked);
  return answer;
}

async function compare(
  child: ChildProcess,
  { url, bareUrl }: { url: string; bareUrl: string },
  { keys }: Filled,
  operation: Operation,
): Promise<void> {
  const [key = ''] = keys;
  const real = (of: string) => {
    const { path, body } = operation.call();
    return send(`${url}/api/v1${path}`, operation.method, of, body);
  };
  for (let warm = 0; warm < 20; warm += 1) await real(key);
  await ask(child, { kind: 'trace' });
  const response = JSON.parse(await real(key)) as { record?: { id: string; number: number; ref: string } };
  const traced = await ask(child, { kind: 'trace' });
  const statements = traced.kind === 'traced' ? traced.statements : [];
  if (process.env['BENCH_SHOW'])
    for (const { text } of statements) console.log(`    ${text.replace(/\s+/g, ' ').slice(0, 160)}`);
  const { record } = response;
  const swaps =
    operation.swaps && record
      ? {
          record: operation.swaps === 'new' ? record : { id: record.id },
          ...(operation.swaps === 'new' ? {} : { ids: operation.swaps }),
        }
      : {};
  await ask(child, { kind: 'bare', path: operation.name, response, ...swaps });
  const bare = (of: string) => send(`${bareUrl}/${operation.name}`, operation.method, of, operation.call().body);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    const one = await turn(keys, first ? real : bare);
    const other = await turn(keys, first ? bare : real);
    ratios.push(first ? one / other : other / one);
  }
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  console.log(
    `${operation.name.padEnd(7)} ratio ${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}; aim ${operation.atLeast} or more)  round trips ${statements.length} (aim ${operation.mostTrips} or fewer)`,
  );
}

/** Calls answered in one turn by all clients together. */
async function turn(keys: readonly string[], call: (key: string) => Promise<unknown>): Promise<number> {
  const end = performance.now() + roundMs;
  const answered = await Promise.all(
    keys.map(async (key) => {
      let done = 0;
      for (; performance.now() < end; done += 1) await call(key);
      return done;
    }),
  );
  return answered.reduce((sum, each) => sum + each, 0);
}
