import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runImport } from '../../app/cli/import.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { refusable } from '../../core/refusal/refusal.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import type { Mapping } from '../../core/import/mapping.ts';
import type { Reject } from '../../core/import/read.ts';
import { importRecords } from '../../core/import/run.ts';
import type { ImportResult } from '../../core/import/under-way.ts';
import { fileSource } from '../../core/import/source.ts';

const root = join(import.meta.dirname, '../..');
const realLog = ['../shared/data', '../../shared/data']
  .map((each) => join(root, each, 'event-log/incident_event_log.csv.xz'))
  .find((path) => existsSync(path));
const realMapping = mappingSchema.parse(
  JSON.parse(readFileSync(join(root, 'examples/incident-log/mapping.json'), 'utf8')),
);

const mapping: Mapping = mappingSchema.parse({
  format: 1,
  source: 'small log',
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
      Resolved: { state: 'resolved' },
      Closed: { state: 'closed' },
    },
  },
  title: '{number}',
  fields: {
    sourceKey: { column: 'number' },
    loggedAt: { column: 'at', as: 'instant', inStates: ['new'] },
    caller: { column: 'who', as: 'customer_person' },
  },
});

const header = 'number,at,state,who';
const two = (value: number) => String(value).padStart(2, '0');
const rowsOf = (index: number): string[] =>
  ['New', 'Active', 'Resolved', 'Closed'].map(
    (state, hour) => `INC${index},1/3/2016 ${two(8 + hour)}:${two(index % 60)},${state},Caller ${index % 7}`,
  );
const log = (incidents: number): string[] => [
  header,
  ...Array.from({ length: incidents }, (_, index) => rowsOf(index)).flat(),
];
/** Twenty incidents of the same shape (two rows each), packed by xz. */
const packed = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AWfAPhdADcdSd2T6qUISCY36FBseHaOf/hgaA6vwCfETXUgny8ZomQgjBLo37u7uOFkpB5dHpiqXpGxJpN6ktBGWG4GtzjF/KtH9dfffAe11Ch5RwprnzJrORkJzAsnBi7KSutqMQEJP/D6u3My8v21FW6BqiyMwGtsqr+DTdSPR5qjSpfAXWv0EhsyS17LC7D1HzhVHME0jiQNofAdSB/G9Uf30ez4S5nK+7BSj4dTqDU9vwFSISaIeMdajq2IGrNPJDo5wLgaabRu3kqmkXMumkk7389JIJ/cQFlkLyaf406HAL7lOhdtUmG/H7LZkbGc4/IwFQ5UHUnKNLEtAOXC8FYEE3vsAAGUAqALAAAMJVx+scRn+wIAAAAABFla',
  'base64',
);

let app: TestApplication;
let folder: string;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'servicewright-import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer | string[]): string {
  const path = join(folder, name);
  writeFileSync(path, Array.isArray(content) ? `${content.join('\n')}\n` : content);
  return path;
}

async function bring(path: string, by: Partial<Mapping> = {}, { dryRun = false } = {}) {
  const rejects: Reject[] = [];
  const outcome = await refusable(async () =>
    importRecords({
      application: app.application,
      caller: { principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' },
      source: fileSource(path),
      type: 'incident',
      mapping: { ...mapping, ...by },
      given: {},
      customer: null,
      isDry: dryRun,
      rejected: (reject) => {
        rejects.push(reject);
      },
    }),
  );
  return {
    rejects,
    codes: outcome.ok ? [] : outcome.refusals.map(({ code }) => code),
    told: outcome.ok ? '' : outcome.refusals.map(({ sentence, hint }) => `${sentence} ${hint}`).join(' '),
    result: outcome.ok ? outcome.value : undefined,
  };
}

/** Everything an import writes, counted; how many are distinct where doubling would show. */
async function stands(source = mapping.source): Promise<Record<string, number>> {
  const { rows } = await app.database.ownerPool.query<Record<string, number>>(
    `select (select count(*)::int from core.record where type = 'incident') as incidents, (select count(*)::int from core.record) as records, (select count(*)::int from core.journal) as entries,
       (select count(distinct (record_id, version))::int from core.journal) as versions, (select count(*)::int from core.case_fact) as facts, (select count(*)::int from core.personal_value) as personal,
       (select count(distinct source)::int from core.journal where record_type = 'incident' and source like $1) as keys`,
    [`${source}:%`],
  );
  return rows[0] ?? {};
}

describe('a file that does not fit', () => {
  const whole = log(20);
  const cases: [string, () => string, Partial<Mapping>, string, RegExp][] = [
    ['there is none', () => join(folder, 'none.csv'), {}, 'import.no-file', /no file/],
    ['it is empty', () => file('a.csv', ''), {}, 'import.empty', /no rows/],
    ['it has a header only', () => file('a.csv', [header]), {}, 'import.empty', /no rows/],
    ['it is no CSV', () => file('a.csv', 'Dear all\nplease find attached.\n'), {}, 'import.no-csv', /no CSV/],
    [
      'it is a picture',
      () => file('a.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 1, 2, 3])),
      {},
      'import.no-csv',
      /no CSV/,
    ],
    [
      'a quote never ends',
      () => file('a.csv', [header, '"INC1,1/3/2016 08:00,New,Caller']),
      {},
      'import.unreadable',
      /no CSV that can be read/,
    ],
    [
      'a column is missing',
      () =>
        file(
          'a.csv',
          whole.map((row) => row.split(',').slice(0, 3).join(',')),
        ),
      {},
      'import.columns',
      /lacks the column who.*number, at, state/,
    ],
    [
      'the mapping names another column',
      () => file('a.csv', whole),
      { key: 'ticket', order: 'seq' },
      'import.columns',
      /lacks the columns seq, ticket/,
    ],
    ['the delimiter is another', () => file('a.csv', whole), { delimiter: ';' }, 'import.no-csv', /no CSV/],
    [
      'its states are unknown',
      () =>
        file(
          'a.csv',
          whole.map((row) => row.replace(/New|Active/, 'Neu')),
        ),
      {},
      'import.mapping',
      /does not fit.*line 2: state has a value that the mapping does not know: "Neu"/,
    ],
    [
      'its dates are of another form',
      () =>
        file(
          'a.csv',
          whole.map((row) => row.replace('1/3/2016', '2016-03-01')),
        ),
      {},
      'import.mapping',
      /at is no time: "2016-03-01/,
    ],
    ['the pattern of times is none', () => file('a.csv', whole), { timeFormat: 'HH:mm' }, 'import.times', /no pattern/],
    ['the zone is none', () => file('a.csv', whole), { zone: 'Mars/Olympus' }, 'import.times', /no time zone/],
    [
      'it ends in the middle of a row',
      () => file('a.csv', whole.join('\n').slice(0, -14)),
      {},
      'import.truncated',
      /ends in the middle of line 81/,
    ],
    [
      'a .gz ends early',
      () => file('a.csv.gz', gzipSync(whole.join('\n')).subarray(0, -20)),
      {},
      'import.unreadable',
      /cannot be unpacked to its end/,
    ],
    [
      'a .xz ends early',
      () => file('a.csv.xz', packed.subarray(0, 200)),
      {},
      'import.unreadable',
      /cannot be unpacked to its end/,
    ],
    [
      'a .xz lacks its last bytes',
      () => file('a.csv.xz', packed.subarray(0, -12)),
      {},
      'import.unreadable',
      /cannot be unpacked to its end/,
    ],
  ];

  it.each(cases)(
    'is refused whole, with what to do, and nothing is written: %s',
    async (_what, made, by, code, sentence) => {
      const before = await stands();
      const { codes, told } = await bring(made(), by);
      expect([codes, told]).toEqual([[code], expect.stringMatching(sentence)]);
      expect(await stands()).toEqual(before);
    },
  );

  it('is told apart from a mapping that is none', () => {
    for (const wrong of [
      { ...mapping, format: 2 },
      { ...mapping, zone: undefined },
      { ...mapping, unheardOf: 1 },
    ])
      expect(mappingSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('a file that fits', () => {
  it('is only judged in a dry run', async () => {
    const before = await stands();
    const { result } = await bring(file('a.csv', log(30)), {}, { dryRun: true });
    expect(result).toMatchObject({ records: 30, rows: 120, made: 30, run: null, unreadable: 0 });
    expect(await stands()).toEqual(before);
  });

  it.each([
    ['plain', 'a.csv', (text: string) => text],
    ['packed', 'b.csv.gz', (text: string) => gzipSync(text)],
    ['with a byte order mark', 'c.csv', (text: string) => `\ufeff${text}`],
  ])('is imported once, however often it comes: %s', async (how, name, pack) => {
    const by = { source: `once ${how}` };
    const path = file(name, Buffer.from(pack(log(30).join('\r\n'))));
    const before = await stands();
    expect((await bring(path, by)).result).toMatchObject({ made: 30, unchanged: 0, parties: 7 });
    const after = await stands(by.source);
    expect(after).toMatchObject({
      incidents: Number(before['incidents']) + 30,
      keys: 30,
      facts: Number(before['facts']) + 30,
    });
    expect((await bring(path, by)).result).toMatchObject({ made: 0, unchanged: 30, parties: 0 });
    expect(await stands(by.source)).toEqual(after);
  });

  it('is unpacked from .xz', async () => {
    expect((await bring(file('a.csv.xz', packed), { source: 'xz' })).result).toMatchObject({
      records: 20,
      rows: 40,
      made: 20,
    });
  });

  it('tells each row that it cannot take, by line and reason, and takes the rest', async () => {
    const rows = log(50);
    rows[9] = 'INC2,31/2/2016 08:02,New,Caller 2';
    rows[14] = 'INC3,1/3/2016 09:03,Sleeping,Caller 3';
    rows[18] = 'INC4,1/3/2016 09:04,Active';
    const { result, rejects } = await bring(file('a.csv', rows), { source: 'rejects' });
    expect(result).toMatchObject({ records: 50, made: 50, unreadable: 3 });
    expect(rejects.map(({ line, key, reason }) => `${line} ${key}: ${reason}`)).toEqual([
      '10 INC2: at is no time: "31/2/2016 08:02"',
      '15 INC3: state has a value that the mapping does not know: "Sleeping"',
      '19 INC4: 3 columns instead of 4',
    ]);
  });

  it('writes its rejects so that no spreadsheet takes them for a formula', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const rows = [...log(50), '=1+1,"=HYPERLINK(""http://evil"")",New,x', '@SUM,-2+3,New,x'];
    const rejects = join(folder, 'rejects.csv');
    const { appPool, ownerPool, appConfig, ownerConfig } = app.database;
    const local = {
      database: {
        appConfig,
        ownerConfig,
        appLogin: String(appConfig.user),
        protectsJournal: true,
        embedded: undefined,
        stop: () => Promise.resolve(),
      },
      owner: ownerPool,
      pool: appPool,
      registry: app.application.registry,
      dataFolder: folder,
      keys: folder,
    };
    const code = await runImport(local, {
      what: 'incidents',
      file: file('a.csv', rows),
      mapping: { ...mapping, source: 'formula' },
      rejects,
      dryRun: false,
    });
    vi.restoreAllMocks();
    expect(code).toBe(0);
    await vi.waitFor(() => expect(readFileSync(rejects, 'utf8').trim().split('\n')).toHaveLength(2), 60_000);
    const cells = readFileSync(rejects, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',')[1]);
    expect(cells).toEqual([`"'=1+1"`, `"'@SUM"`]);
  });
});

describe('an import that is killed', () => {
  const incidents = 6000;

  /** Runs it in a process of its own: to its end, or killed a while after it told of its progress. */
  async function child(
    path: string,
    by: Mapping,
    kill?: { at: 'reading' | 'writing'; after: number },
  ): Promise<ImportResult | undefined> {
    const given = JSON.stringify({
      config: app.database.appConfig,
      providerId: app.providerId,
      file: path,
      mapping: by,
    });
    const running = spawn(process.execPath, [join(root, 'test/support/import-child.ts'), given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    const ended = once(running, 'close');
    const reached = new Promise<void>((resolve) => {
      running.stdout.on('data', (text) => {
        told += String(text);
        if (kill && told.includes(kill.at)) resolve();
      });
    });
    if (kill) {
      await Promise.race([reached, ended]);
      await Promise.race([wait(kill.after), ended]);
      running.kill('SIGKILL');
    }
    await ended;
    const last = told.trim().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? (JSON.parse(last) as ImportResult) : undefined; // what the child printed
  }

  /** Waits until the database has noticed that the killed process is gone, and let go of its lock. */
  const released = () =>
    vi.waitFor(async () => {
      const { rows } = await app.database.ownerPool.query<{ held: number }>(
        "select count(*)::int as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      );
      expect(rows[0]?.held).toBe(0);
    }, 60_000);

  it('at ten points is finished by running it again: nothing is doubled, nothing is missing', async () => {
    const path = file('a.csv', log(incidents));
    const by = { ...mapping, source: 'killed' };
    const before = await stands();
    const reached: number[] = [];
    for (let point = 0; point < 10; point += 1) {
      await child(path, by, { at: point < 2 ? 'reading' : 'writing', after: Math.random() * 120 });
      await released();
      const { keys, entries, versions, facts, incidents: there } = await stands(by.source);
      reached.push(Number(keys));
      // Whatever a batch wrote, it wrote whole.
      expect([entries, Number(facts) - Number(before['facts'])]).toEqual([
        versions,
        Number(there) - Number(before['incidents']),
      ]);
    }
    expect(reached.at(-1)).toBeGreaterThan(reached[1] ?? 0);
    const result = await child(path, by);
    expect(result).toMatchObject({
      isContinued: true,
      records: incidents,
      made: incidents,
      unreadable: 0,
      unchanged: 0,
    });
    expect(await stands(by.source)).toMatchObject({
      keys: incidents,
      incidents: Number(before['incidents']) + incidents,
      facts: Number(before['facts']) + incidents,
      entries: Number(before['entries']) + incidents * 4 + 7,
    });
    const { rows: runs } = await app.database.ownerPool.query(
      'select state, made from core.import_run where system = $1',
      [by.source],
    );
    expect(runs).toEqual([{ state: 'ended', made: incidents }]);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  }, 120_000);
});

describe('an incident whose history ends before it was closed', () => {
  const standing = async (key: string) => {
    const { rows } = await app.application.pool.query(
      `select r.id, r.state, r.next_move, r.next_move_at
       from operation.incident i
       join core.record r on r.provider_id = i.provider_id and r.id = i.id
       where i.source_key = $1`,
      [key],
    );
    return rows[0];
  };
  const differences = async () =>
    (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

  it('is not closed by itself, for nobody was ever asked here; it can be closed, and no longer be reopened', async () => {
    const rows = [...rowsOf(1).slice(0, 3), ...rowsOf(2).slice(0, 2)].map((row) => row.replace('INC', 'W'));
    await bring(file('waiting.csv', [header, ...rows]), { source: 'waiting log' });
    expect(await standing('W1')).toMatchObject({ state: 'resolved', next_move: null });
    expect(await standing('W2')).toMatchObject({ state: 'in_progress', next_move: null });
    await app.runJob('moves-by-themselves');
    const { id, state } = await standing('W1');
    expect(state).toBe('resolved');
    const desk = await app.person('Dee Desk', ['SDK']);
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    const move = (name: string) =>
      desk.post(`/incidents/${id}/moves/${name}`, { expectedVersion: version, reason: 'Not mended.' });
    expect((await move('reopen')).body.code).toBe('incident.too-late');
    expect((await move('close')).status).toBe(200);
    expect(await standing('W1')).toMatchObject({ state: 'closed', next_move: null });
    expect(await differences()).toEqual([]);
  });
});

describe('the event log of the incident process', () => {
  it.skipIf(!realLog)(
    `is imported to the last row${realLog ? '' : ' (skipped: the log lies in ../shared/data, and is not there)'}`,
    async () => {
      const before = await stands();
      const { result, rejects } = await bring(realLog ?? '', realMapping);
      expect(rejects).toEqual([]);
      expect(result).toMatchObject({ rows: 141_712, records: 24_918, made: 24_918, unreadable: 0, leftOut: 0 });
      expect(await stands(realMapping.source)).toMatchObject({
        keys: 24_918,
        incidents: Number(before['incidents']) + 24_918,
      });
    },
    120_000,
  );
});
