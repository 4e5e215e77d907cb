// What people type: commands that start and end as they say, and values that stay what was typed.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { recover } from '../../app/cli/administrator.ts';
import { call } from '../../app/cli/call.ts';
import { runImport } from '../../app/cli/import.ts';
import { forReading, runOne } from '../../app/cli/psql.ts';
import type { Local } from '../../app/cli/local.ts';
import { createProvider } from '../../app/server/store.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';
import { runningService } from '../support/service.ts';

const root = join(import.meta.dirname, '../..');
let app: TestApplication;
let desk: Client;
let service: { id: string; ref: string };
let printed: string[];

beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee Desk', ['SDK', 'SOW']);
  const id = await runningService(app, { title: 'Shop floor' });
  service = (await desk.get(`/services/${id}`)).body.record;
  vi.stubEnv('SERVICEWRIGHT_URL', await app.server.listen({ port: 0, host: '127.0.0.1' }));
  vi.stubEnv('SERVICEWRIGHT_KEY', desk.key ?? '');
});
beforeEach(() => {
  printed = [];
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((text: unknown) => void printed.push(String(text)));
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  return app.close();
});

describe('a value on the command line', () => {
  it.each(['4711', 'true', '1e5', '007', 'null', '{"a":1}', 'VPN'])('of a text stays the text %s', async (text) => {
    expect(await call('incident', ['create', '--title', 'Till', '--service', service.id, '--category', text])).toBe(0);
    expect(JSON.parse(printed.join('')).record.fields.category).toBe(text);
  });

  it('that is nothing empties a field that may be empty', async () => {
    await call('incident', ['create', '--title', 'Till', '--service', service.id, '--category', 'VPN']);
    const { id, version } = JSON.parse(printed.join('')).record;
    printed = [];
    expect(await call('incident', ['edit', id, '--expectedVersion', String(version), '--category', ''])).toBe(0);
    expect(JSON.parse(printed.join('')).record.fields.category).toBeNull();
  });

  it('names a record by its number', async () => {
    expect(await call('incident', ['create', '--title', 'Till', '--service', service.ref.toLowerCase()])).toBe(0);
    expect(JSON.parse(printed.join('')).record.fields.service).toBe(service.id);
  });

  it('that names no record is refused in words', async () => {
    expect(await call('incident', ['create', '--title', 'Till', '--service', 'SVC-999'])).toBe(1);
    expect(printed.join('')).toContain('Service');
  });
});

describe('the way back for an administrator', () => {
  const asked = (of: { person?: string; provider?: string }) => {
    const { pool, registry } = app.application;
    return recover({ owner: app.database.ownerPool, pool, registry, dataFolder: app.keysFolder }, of);
  };

  it('is a link that is printed, for somebody new or somebody of the provider', async () => {
    const administrator = await app.person('Ada Min', ['ADM']);
    await administrator.create('people', { title: 'Aldo', email: 'aldo@provider.example.org' });
    expect(await asked({})).toBe(0);
    expect(await asked({ person: 'Aldo@provider.example.org', provider: 'Test provider' })).toBe(0);
    const link = expect.stringMatching(/\/welcome#[\w-]{20,}$/) as unknown;
    expect(printed).toEqual([link, link]);
  });

  it('is for nobody of a customer, nor for who is not there', async () => {
    const customer = await app.customer('Marlow');
    const theirs = await app.person('Carla', ['CAD'], { customer });
    await theirs.create('people', { title: 'Bea', email: 'bea@marlow.example.org', customer });
    expect(await asked({ person: 'bea@marlow.example.org' })).toBe(2);
    expect(await asked({ person: 'nobody@example.org' })).toBe(2);
    expect(await asked({ provider: 'No such provider' })).toBe(2);
    expect(printed.join('')).not.toContain('/welcome#');
  });
});

describe('a file on the command line', () => {
  it('is named by its path to be given, and goes to the output as it was', async () => {
    await call('incident', ['create', '--title', 'Till', '--service', service.id]);
    const { id } = JSON.parse(printed.join('')).record;
    const folder = mkdtempSync(join(tmpdir(), 'servicewright-file-'));
    const path = join(folder, 'log.bin');
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    writeFileSync(path, bytes);
    printed = [];
    expect(await call('incident', ['add-file', id, '--name', 'log.bin', '--file', path])).toBe(0);
    const file = JSON.parse(printed.join(''));
    const written: Buffer[] = [];
    const output = vi.spyOn(process.stdout, 'write').mockImplementation((part, encoding, ended) => {
      written.push(Buffer.from(part));
      const done = typeof encoding === 'function' ? encoding : ended;
      done?.();
      return true;
    });
    expect(await call('incident', ['file', id, file.id])).toBe(0);
    output.mockRestore();
    expect(Buffer.concat(written).equals(bytes)).toBe(true);
    printed = [];
    expect(await call('incident', ['add-file', id, '--name', 'x', '--file', join(folder, 'none')])).toBe(2);
    expect(await call('incident', ['add-file', id, '--name', 'x'])).toBe(2);
    expect(printed[0]).toContain('There is no file');
    expect(printed[1]).toContain('Name the file');
    rmSync(folder, { recursive: true });
  });
});

describe('an import', () => {
  const lines = 'number,at,state\nINC1,2026-01-05 10:00:00,New\n';
  const mapping = {
    source: 'other desk',
    zone: 'UTC',
    key: 'number',
    at: 'at',
    timeFormat: 'yyyy-MM-dd HH:mm:ss',
    columns: { state: { field: 'state', values: { New: 'new' } } },
  };

  /** Imports into one installation with an example and one's own provider, each with records of the same numbers. */
  async function imported(request: { service?: string; provider?: string }): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), 'servicewright-import-'));
    const file = join(folder, 'log.csv');
    writeFileSync(file, lines);
    const { appPool, ownerPool } = app.database;
    const local = { pool: appPool, owner: ownerPool, registry: app.application.registry } as unknown as Local; // what an import uses
    const code = await runImport(local, {
      what: 'incidents',
      file,
      mapping: mapping as never, // refused before it is read
      rejects: join(folder, 'rejects.csv'),
      dryRun: true,
      ...request,
    });
    rmSync(folder, { recursive: true });
    return code;
  }

  it('that names no record of any provider says which providers there are', async () => {
    expect(await imported({ service: 'SVC-999' })).toBe(2);
    expect(printed.join('\n')).toBe('There is no service SVC-999. Providers: "Test provider"; name one by --provider.');
  });

  it('asks which provider is meant where several have the record', async () => {
    const id = '01990000-0000-7000-8000-000000000001';
    const now = new Date().toISOString();
    await createProvider(app.application.pool, {
      id,
      name: 'Example: harbour',
      kind: 'external',
      example: true,
      scenarioNow: now,
      now,
    });
    await app.database.ownerPool.query(
      `insert into core.record (provider_id, id, type, number, ref, title, state, stage, version, lineage_id, content_hash, head_hash, created_at, updated_at)
       select $1, gen_random_uuid(), type, number, ref, title, state, stage, version, lineage_id, content_hash, head_hash, created_at, updated_at
       from core.record where id = $2`,
      [id, service.id],
    );
    expect(await imported({ service: service.ref })).toBe(2);
    expect(printed.join('\n')).toBe(
      'Several providers have it: name one by --provider, of "Test provider", "Example: harbour".',
    );
  });
});

describe('a start that cannot go on', () => {
  it('says so in a line, ends with status 1, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo; // it listens on a port
    const data = mkdtempSync(join(tmpdir(), 'servicewright-start-'));
    chmodSync(data, 0o711); // root's database account passes through it
    const { code, output } = await started(['--port', String(port)], data);
    taken.close();
    const running = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('postmaster.pid'),
    );
    rmSync(data, { recursive: true, force: true });
    expect(output).toContain(`Port ${port} is in use. Stop the other program, or choose another port`);
    expect(output).not.toMatch(/^\s+at /m); // where it happened is nobody's matter here
    expect([code, running]).toEqual([1, []]);
  });

  it('answers --help, and a flag that there is not, without a database', async () => {
    const data = join(tmpdir(), 'servicewright-never-made');
    const help = await started(['--help'], data);
    expect([help.code, help.output.includes('--calls-per-minute')]).toEqual([0, true]);
    expect((await started(['--prot', '1'], data)).code).toBe(2);
    expect((await started(['--calls-per-minute', 'many'], data)).code).toBe(2);
    expect((await started(['--file-mib', '501'], data)).code).toBe(2);
    expect((await started(['--port', '0'], data)).output).toContain('Give a number from 1 to 65535');
    expect(existsSync(data)).toBe(false);
  });
});

describe('a look into the database', () => {
  it('prints rows, alters nothing, and says in a line what the database refuses', async () => {
    const config = forReading(app.database.appConfig);
    expect(await runOne(config, 'select 1 as one')).toBe(0);
    expect(printed.at(-1)).toBe('SELECT 1');
    expect(await runOne(config, 'update core.record set title = null')).toBe(1);
    expect(printed.at(-1)).toBe('cannot execute UPDATE in a read-only transaction');
    expect(await runOne(app.database.appConfig, 'delete from core.journal')).toBe(1);
    expect(printed.at(-1)).toBe('permission denied for table journal');
  });
});

function started(args: readonly string[], data: string): Promise<{ code: number | null; output: string }> {
  const { DATABASE_URL: _app, DATABASE_OWNER_URL: _owner, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'servicewright.ts'), 'start', ...args], {
    env: { ...env, SERVICEWRIGHT_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
