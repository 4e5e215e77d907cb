// The import against a COPY of the very rows that it writes in the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { systemPrincipal } from '../core/permission/principal.ts';
import type { Application } from '../core/record/define/work.ts';
import { mappingSchema } from '../core/import/mapping.ts';
import { importRecords } from '../core/import/run.ts';
import { fileSource } from '../core/import/source.ts';
import type { Measured } from './bench-import-run.ts';

const incidents = 15_000;
const given = {
  format: 1,
  source: 'bench log',
  zone: 'Europe/London',
  timeFormat: 'd/M/yyyy HH:mm',
  missing: ['?'],
  key: 'number',
  occurredAt: 'at',
  state: {
    column: 'state',
    values: {
      New: { state: 'new' },
      Active: { state: 'in_progress' },
      Waiting: { state: 'pending', pendingReason: 'customer' },
      Resolved: { state: 'resolved' },
      Closed: { state: 'closed' },
    },
  },
  title: '{category}: {number}',
  by: { column: 'by', as: 'provider_person' },
  fields: {
    sourceKey: { column: 'number' },
    category: { column: 'category' },
    team: { column: 'team', as: 'team' },
    assignee: { column: 'by', as: 'provider_person' },
    caller: { column: 'who', as: 'customer_person' },
  },
};
const mapping = mappingSchema.parse(given);

/** A log of five or six rows an incident, as such logs are. */
function log(): string {
  const rows = ['number,at,state,category,team,by,who'];
  for (let index = 0; index < incidents; index += 1) {
    const day = `${(index % 28) + 1}/${(Math.floor(index / 2800) % 12) + 1}/2016`;
    ['New', 'Active', 'Active', 'Waiting', 'Resolved', 'Closed'].forEach((state, step) =>
      rows.push(
        `INC${index},${day} ${String(8 + step).padStart(2, '0')}:${String(index % 60).padStart(2, '0')},${state},Category ${index % 40},Team ${(index + step) % 60},Agent ${(index + step) % 200},Caller ${index % 4000}`,
      ),
    );
  }
  return rows.join('\n');
}

const tables = [
  'core.record',
  'operation.incident',
  'core.person',
  'core.team',
  'core.personal_value',
  'core.source_key',
  'core.journal',
  'core.case_fact',
];

/** Prints how many times longer the import takes than a COPY of its rows into tables with the same indexes. */
export async function benchImport(
  { pool, registry }: Application,
  owner: pg.Pool,
  beside: string,
  folder: string,
): Promise<void> {
  const file = join(folder, 'log.csv');
  writeFileSync(file, log());
  const { rows } = await owner.query<{ id: string }>(
    "insert into core.provider (id, name, kind, example, created_at) values (gen_random_uuid(), 'Bench import', 'internal', false, now()) returning id",
  );
  const providerId = rows[0]?.id ?? '';
  const started = performance.now();
  const { rowsRead: read, made: written } = await importRecords({
    application: { pool, registry, clock: Date.now },
    caller: { principal: systemPrincipal(providerId, 'import', null), channel: 'import', requestId: 'bench' },
    source: fileSource(file),
    type: 'incident',
    mapping,
    given: {},
    customer: null,
    isDry: false,
  });
  const imported = performance.now() - started;
  let copied = 0;
  const client = await owner.connect();
  try {
    for (const table of tables) copied += await copyOf(client, table, providerId);
  } finally {
    client.release();
  }
  console.log(
    `import  ${(imported / copied).toFixed(2)} times a COPY of the rows it writes (aim 6 or fewer): ${written.toLocaleString('en')} incidents of ${read.toLocaleString('en')} rows, beside those of ${beside ? 'another provider' : 'nobody'}`,
  );
}

/** Milliseconds to COPY a provider's rows of a table into a twin of it. */
async function copyOf(client: pg.PoolClient, table: string, providerId: string): Promise<number> {
  const parts: Buffer[] = [];
  for await (const part of client.query(
    copyTo(`copy (select * from ${table} where provider_id = '${providerId}') to stdout`),
  ))
    parts.push(part as Buffer);
  const twin = `${table}_bench`;
  await client.query(`create table ${twin} (like ${table} including defaults including constraints including indexes)`);
  const columns = await client.query<{ name: string }>(
    "select string_agg(quote_ident(attname), ', ' order by attnum) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped",
    [table],
  );
  const started = performance.now();
  await pipeline(Readable.from(parts), client.query(copyFrom(`copy ${twin} (${columns.rows[0]?.name}) from stdin`)));
  return performance.now() - started;
}

/** Two rows an incident, written as they are made. */
async function largeLog(file: string, many: number): Promise<void> {
  const states = ['New', 'Resolved'];
  const rows = function* () {
    yield 'number,at,state,category,team,by,who\n';
    for (let from = 0; from < many; from += 1000) {
      let text = '';
      for (let index = from; index < Math.min(from + 1000, many); index += 1)
        states.forEach((state, step) => {
          const day = `${(index % 28) + 1}/${(Math.floor(index / 2800) % 12) + 1}/2016`;
          text += `INC${index},${day} ${String(8 + step).padStart(2, '0')}:${String(index % 60).padStart(2, '0')},${state},Category ${index % 40},Team ${(index + step) % 60},Agent ${(index + step) % 200},Caller ${index % 40_000}\n`;
        });
      yield text;
    }
  };
  await pipeline(Readable.from(rows()), createWriteStream(file));
}

/** Prints the peak memory of the importing process for a file and for one ten times as large, and how soon it tells of itself. */
export async function benchImportMemory(
  owner: pg.Pool,
  config: pg.ClientConfig,
  folder: string,
  sizes: readonly number[],
): Promise<void> {
  for (const many of sizes) {
    const file = join(folder, `log-${many}.csv`);
    await largeLog(file, many);
    const { rows } = await owner.query<{ id: string }>(
      `insert into core.provider (id, name, kind, example, created_at)
       values (gen_random_uuid(), 'Bench import', 'internal', false, now())
       returning id`,
    );
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('bench-import-run.ts', import.meta.url)),
        JSON.stringify({ config, providerId: rows[0]?.id, file, mapping: given }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let told = '';
    child.stdout.on('data', (text) => (told += String(text)));
    await once(child, 'close');
    const { made, seconds, firstProgressSeconds, peakMb, forecast } = JSON.parse(told) as Measured; // what the child printed
    console.log(
      `import  ${made.toLocaleString('en')} incidents: ${Math.round(peakMb)} MB at most, ${Math.round(made / seconds).toLocaleString('en')} a second; first word after ${firstProgressSeconds?.toFixed(2)} s; at a third it said ${forecast?.said} s, and took ${Math.round(forecast?.took ?? 0)}`,
    );
    rmSync(file);
  }
}
