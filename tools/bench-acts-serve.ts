// The server side of `npm run bench -- acts`: the whole server with its workers, on a database that it fills first, and what it has cost so far.
import { randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { allSubscribers } from '../app/server/background.ts';
import { startServer } from '../app/server/start.ts';
import { createProvider } from '../app/server/store.ts';
import { connect } from '../core/database/connect.ts';
import { databaseFromEnvironment } from '../core/database/settings.ts';
import { systemPrincipal } from '../core/permission/principal.ts';
import { make, person, write } from './bench-fill.ts';
import { cpuOf } from './bench-cpu.ts';

export interface Scenery {
  url: string;
  customer: string;
  service: string;
  team: string;
  desk: Person;
  levels: Person;
  representative: Person;
}
type Person = Awaited<ReturnType<typeof person>>;

/** What was done and used since the start. */
export interface Spent {
  entries: number;
  statements: number;
  cpuMs: number;
}

const own = '/* of the bench */';
let statements = 0;
countStatements();

const dataFolder = process.env['SERVICEWRIGHT_DATA'] ?? '';
const database = await databaseFromEnvironment();
const server = await startServer({
  database,
  port: 0,
  dataFolder,
  callsPerMinute: 100_000_000,
  logLevel: 'error',
});
const owner = connect(database.ownerConfig, { max: 1, longStatements: true });
const [postmaster = ''] = readFileSync(join(dataFolder, 'cluster/postmaster.pid'), 'utf8').split('\n');

process.on('message', () => void caughtUp().then(spent).then(tell));
process.on('disconnect', () => void owner.end().then(server.close));
const scenery = await fill(Number(process.env['BENCH_INCIDENTS'] ?? 5000));
await caughtUp();
await owner.query(`${own} vacuum analyze`);
// It comes when it likes, and would be counted to whichever act is on.
await owner.query(`${own} alter system set autovacuum = off`);
await owner.query(`${own} select pg_reload_conf()`);
tell(scenery);

function tell(told: Scenery | Spent): void {
  process.send?.(told);
}

async function fill(count: number): Promise<Scenery> {
  const { application } = server;
  const providerId = randomUUIDv7();
  const now = new Date().toISOString();
  const provider = { id: providerId, name: 'Bench', kind: 'internal', example: false, scenarioNow: null, now } as const;
  await createProvider(application.pool, provider);
  const principal = systemPrincipal(providerId, 'bench', null);
  const caller = { principal, channel: 'import', requestId: 'bench' } as const;
  const some = (type: string, input: Parameters<typeof make>[3]) => make(application, caller, type, input);
  const customer = await some('customer', {
    title: 'Grocers',
    relationship: 'internal',
    zone: 'Europe/London',
    derived: { claimedAt: now, standing: 'confirmed' },
  });
  const service = await some('service', { title: 'Tills', customers: [customer] });
  const team = await some('team', { title: 'Tills team' });
  const somebody = (role: string, of: string | null = null) =>
    person(application, caller, { title: `Somebody ${role}`, role, customer: of });
  await write(
    application.pool,
    application,
    caller,
    'incident',
    Array.from({ length: count }, () => randomUUIDv7()),
    (index) => ({
      title: `Till ${index % 997} does not start`,
      service,
      team,
      impact: '3',
      urgency: 'medium',
      priority: 'P3',
      category: `Category ${index % 40}`,
      loggedAt: new Date(Date.now() - index * 60_000).toISOString(),
    }),
  );
  const url = server.url.replace('localhost', '127.0.0.1');
  const [desk, levels] = [await somebody('SDK'), await somebody('SLM')];
  return { url, customer, service, team, desk, levels, representative: await somebody('CUS', customer) };
}

/** Until every subscriber has taken the journal's last entry. */
async function caughtUp(): Promise<void> {
  const names = allSubscribers().map(({ name }) => name);
  for (;;) {
    const { rows } = await owner.query<{ behind: boolean }>(
      `${own} select (select count(*) from core.cursor where name = any($1)) < cardinality($1)
         or exists (select 1 from core.cursor c, (select transaction, seq from core.journal order by transaction desc, seq desc limit 1) j
           where c.name = any($1) and (c.transaction, c.seq) < (j.transaction, j.seq)) as behind`,
      [names],
    );
    if (!rows[0]?.behind) return;
    await sleep(50);
  }
}

async function spent(): Promise<Spent> {
  const { rows } = await owner.query<{ count: string }>(`${own} select count(*) as count from core.journal`);
  return { entries: Number(rows[0]?.count), statements, cpuMs: cpuOf([process.pid, Number(postmaster)]) };
}

/** Counts what pg sends, besides the bench's own and what the job library asks while nothing happens. */
function countStatements(): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the client as its `this`, below
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]): unknown {
    const [first] = given;
    const text = typeof first === 'object' && first !== null && 'text' in first ? String(first.text) : String(first);
    if (!text.startsWith(own) && !text.includes('pgboss')) statements += 1;
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
}
