// The import against a COPY of the very rows that it writes in the end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { systemPrincipal } from '../core/permission/principal.ts';
import type { Application } from '../core/record/work.ts';
import { mappingSchema } from '../core/import/mapping.ts';
import { importRecords } from '../core/import/run.ts';
import { fileSource } from '../core/import/source.ts';

const incidents = 15_000;
const mapping = mappingSchema.parse({
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
});

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
