// Files that other products stumbled over, each with the value that is right. They lie beside the project, not in it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../examples/harbour/log.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { refusable } from '../../core/refusal/refusal.ts';
import { fileSource } from '../../core/import/source.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { playedExample } from '../support/played.ts';
import type { Played } from '../support/played.ts';

const root = join(import.meta.dirname, '../..');
const cases = [
  process.env['SERVICEWRIGHT_CASES'],
  join(root, '../shared/cases'),
  join(root, '../../shared/cases'),
].find((path) => path !== undefined && existsSync(path));
const folderOf = (number: string): string | undefined => {
  const name = cases ? readdirSync(cases).find((each) => each.startsWith(`${number}-`)) : undefined;
  return name && cases ? join(cases, name) : undefined;
};
const isThere = (number: string): boolean => folderOf(number) !== undefined;
const skipped = cases
  ? ''
  : ' (skipped: the cases lie in ../shared/cases, or where SERVICEWRIGHT_CASES says, and are not there)';

let app: TestApplication;
let played: Played;
let desk: Client;
let manager: Client;
let service: string;
let customer: string;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-cases-'));

const one = async (sql: string, values: unknown[] = []): Promise<Body> =>
  (await app.database.ownerPool.query(sql, values)).rows[0];
const idOf = async (type: string, number = 1): Promise<string> =>
  (
    await one('select id from core.record where provider_id = $1 and type = $2 and number = $3', [
      played.providerId,
      type,
      number,
    ])
  ).id;
const moveClock = (at: string) =>
  app.database.ownerPool.query('update core.provider set scenario_now = $2 where id = $1', [played.providerId, at]);

beforeAll(async () => {
  if (!cases) return;
  app = await createTestApplication({ startAt: new Date().toISOString() });
  played = await playedExample(app, logOf(undefined, folder));
  desk = await played.as('Dee Kaur');
  manager = await played.as('Cleo Sinclair');
  [service, customer] = [await idOf('service'), await idOf('customer')];
});
afterAll(async () => {
  if (cases) await app.close();
  rmSync(folder, { recursive: true });
});

interface Brought {
  file?: string;
  mapping?: string;
  to?: string;
  isDry?: boolean;
  /** Fixed otherwise than in the mapping that lies there. */
  by?: object;
}

/** What an import did, or why it was refused; with the rows that it rejected. */
async function tried(
  number: string,
  { file = 'log.csv', mapping = 'mapping.json', to = customer, isDry = false, by = {} }: Brought = {},
) {
  const path = folderOf(number) ?? '';
  const { scenario_now: now } = await one('select scenario_now from core.provider where id = $1', [played.providerId]);
  const rejects: string[] = [];
  const outcome = await refusable(async () =>
    importRecords({
      application: { ...app.application, clock: Date.now },
      caller: { principal: systemPrincipal(played.providerId, 'import', now), channel: 'import', requestId: number },
      source: fileSource(join(path, file)),
      type: 'incident',
      mapping: mappingSchema.parse({ ...JSON.parse(readFileSync(join(path, mapping), 'utf8')), ...by }),
      given: { service },
      customer: to,
      isDry,
      rejected: ({ line, reason }) => rejects.push(`${line}: ${reason}`),
    }),
  );
  const told = outcome.ok ? [] : outcome.refusals.map(({ sentence }) => sentence);
  const { made, updated, unchanged, parties } = outcome.ok
    ? outcome.value
    : { made: 0, updated: 0, unchanged: 0, parties: 0 };
  return { made, updated, unchanged, parties, told, rejects };
}

async function bring(number: string, { file = 'log.csv', mapping = 'mapping.json', to = customer }: Brought = {}) {
  const path = folderOf(number) ?? '';
  const { scenario_now: now } = await one('select scenario_now from core.provider where id = $1', [played.providerId]);
  const result = await importRecords({
    application: { ...app.application, clock: Date.now },
    caller: { principal: systemPrincipal(played.providerId, 'import', now), channel: 'import', requestId: number },
    source: fileSource(join(path, file)),
    type: 'incident',
    mapping: mappingSchema.parse(JSON.parse(readFileSync(join(path, mapping), 'utf8'))),
    given: { service },
    customer: to,
    isDry: false,
    rejected: ({ line, reason }) => {
      throw new Error(`line ${line}: ${reason}`);
    },
  });
  await app.settle();
  return result;
}

const incident = (key: string): Promise<Body> =>
  one(
    'select i.*, r.version from operation.incident i join core.record r on r.provider_id = i.provider_id and r.id = i.id where i.provider_id = $1 and i.source_key = $2',
    [played.providerId, key],
  );
const measured = async (key: string): Promise<Body> => {
  const {
    worked_minutes: restore,
    target_minutes: target,
    waited_minutes: waited,
    reopens,
  } = await one(
    'select f.* from core.case_fact f join operation.incident i on i.id = f.record_id where i.source_key = $1',
    [key],
  );
  return { restore, target, waited, reopens };
};

describe(`a file of others${skipped}`, () => {
  it.skipIf(!isThere('01'))('01: a column that stands twice is refused only where it is read', async () => {
    expect(await tried('01', { file: 'export.csv' })).toMatchObject({ made: 12, told: [] });
    expect((await tried('01', { file: 'used-column-twice.csv' })).told).toEqual([
      'The column Assignee stands 2 times in used-column-twice.csv.',
    ]);
  });

  it.skipIf(!isThere('02'))('02: a title is made of columns of any name', async () => {
    expect(await tried('02', { file: 'export.csv' })).toMatchObject({ made: 12 });
    expect(
      (
        await one(
          "select count(*)::int as n from core.record where provider_id = $1 and title = 'Label printer 1 prints blanks (Drucker 1, Linz)'",
          [played.providerId],
        )
      ).n,
    ).toBe(1);
    expect((await tried('02', { file: 'export.csv', mapping: 'mapping-misspelt.json' })).told).toEqual([
      'export.csv lacks the column Short_descripton.',
    ]);
  });

  it.skipIf(!isThere('03'))(
    '03: a file of a German spreadsheet is read as what it is, or refused by line',
    async () => {
      const file = 'export-cp1252-ascii-header.csv';
      const mapping = 'mapping-ascii-header.json';
      expect((await tried('03', { file, mapping })).told).toEqual([expect.stringMatching(/is no UTF-8 \(line \d+\)/)]);
      expect(await tried('03', { file, mapping, by: { encoding: 'windows-1252' } })).toMatchObject({
        made: 12,
        parties: 10,
      });
      for (const [name, at] of [
        ['export-utf8-bom.csv', 'a'],
        ['export-utf16le-bom.csv', 'b'],
        ['export-sep-line.csv', 'c'],
      ] as const)
        expect([name, await tried('03', { file: name, by: { source: `case-03 ${at}` } })]).toEqual([
          name,
          expect.objectContaining({ made: 12, parties: 10, told: [] }),
        ]);
    },
  );

  it.skipIf(!isThere('04'))('04: what no field holds is told by line, and a dry run says the same', async () => {
    for (const isDry of [true, false]) {
      const nul = await tried('04', { file: 'nul.csv', mapping: 'mapping-nul.json', isDry });
      expect(nul).toMatchObject({
        made: 19,
        rejects: [expect.stringContaining('holds a character that no text may hold')],
      });
      expect((await tried('04', { file: 'emoji-at-300.csv', mapping: 'mapping-emoji.json', isDry })).rejects).toEqual(
        [],
      );
      expect((await tried('04', { file: 'long-cell.csv', mapping: 'mapping-long.json', isDry })).rejects).toEqual([
        expect.stringMatching(/^\d+: category is longer than 200 characters/),
      ]);
      expect((await tried('04', { file: 'long-person.csv', mapping: 'mapping-person.json', isDry })).rejects).toEqual([
        expect.stringMatching(/^\d+: who is longer than 300 characters/),
      ]);
      expect((await tried('04', { file: 'multi-line.csv', mapping: 'mapping-multi.json', isDry })).rejects).toEqual([
        expect.stringMatching(/^17: /),
      ]);
    }
  });

  it.skipIf(!isThere('05'))('05: a file packed in parts is read to its end, whatever its name', async () => {
    for (const file of [
      'two-streams.csv.xz',
      'one-stream.csv.xz',
      'padded.csv.xz',
      'two-members.csv.gz',
      'upper-case-ending.CSV.GZ',
    ])
      expect([file, (await tried('05', { file, by: { source: `case-05 ${file}` } })).made]).toEqual([file, 40]);
  });

  it.skipIf(!isThere('07'))('07: times are read in each form', async () => {
    const forms: Record<string, string> = { 'offset-xxx': 'offset' };
    for (const form of [
      'am-pm',
      'excel-serial',
      'german',
      'jira-offset',
      'month-name',
      'offset',
      'offset-xxx',
      'unix-seconds',
      'utc-z-millis',
    ]) {
      const { told, rejects, made } = await tried('07', {
        file: `${forms[form] ?? form}.csv`,
        mapping: `mapping-${form}.json`,
      });
      expect([form, told, rejects]).toEqual([form, [], []]);
      expect(made).toBeGreaterThan(0);
    }
    const first = async (source: string) =>
      (await one('select min(j.occurred_at) as at from core.journal j where j.source = $1', [`${source}:C7-001`])).at;
    expect(
      [
        await first('case-07-am-pm'),
        await first('case-07-excel-serial'),
        await first('case-07-jira-offset'),
        await first('case-07-utc-z-millis'),
      ].map((at) => new Date(at).toISOString()),
    ).toEqual([
      '2016-04-01T08:10:00.000Z',
      '2016-04-01T08:00:00.000Z',
      '2016-04-01T06:59:42.000Z',
      '2016-04-01T08:59:42.123Z',
    ]);
  });

  it.skipIf(!isThere('08'))('08: lines may end in two ways', async () => {
    const files: [string, string][] = [
      ['half-half.csv', 'mapping-half.json'],
      ['crlf-header-lf-rows.csv', 'mapping.json'],
      ['lf-header-crlf-rows.csv', 'mapping-rev.json'],
      ['old-mac.csv', 'mapping-mac.json'],
    ];
    for (const [file, mapping] of files)
      expect([file, (await tried('08', { file, mapping })).parties]).toEqual([file, 1]);
    const { told, rejects } = await tried('08', { file: 'trailing-blanks.csv', mapping: 'mapping-blanks.json' });
    expect([...told, ...rejects].join()).toMatch(/"[A-Z][a-z]+ "/);
  });

  it.skipIf(!isThere('09'))('09: a word that every object knows is no word of the mapping', async () => {
    expect((await tried('09', { file: 'state.csv', mapping: 'mapping-state.json' })).rejects).toEqual([
      expect.stringContaining('does not know: "constructor"'),
    ]);
    expect((await tried('09', { file: 'priority.csv', mapping: 'mapping-priority.json' })).rejects).toEqual([
      expect.stringContaining('does not know: "toString"'),
    ]);
    expect(await tried('09', { file: 'key-and-person.csv', mapping: 'mapping-key-and-person.json' })).toMatchObject({
      told: [],
      rejects: [],
    });
  });

  it.skipIf(!isThere('10'))(
    "10: the next month's export brings up to date, and another customer's key is its own",
    async () => {
      expect(await tried('10', { file: 'april.csv' })).toMatchObject({ made: 2, updated: 0, unchanged: 0 });
      expect(await tried('10', { file: 'may.csv' })).toMatchObject({ made: 1, updated: 1, unchanged: 1 });
      const { state, resolved_at: at } = await incident('C10-001');
      expect([state, new Date(at).toISOString()]).toEqual(['resolved', '2016-05-03T19:00:00.000Z']);
      const administrator = await played.as('Ada Falk');
      const other: string = (
        await administrator.create('customers', { title: 'Second', relationship: 'external', zone: 'UTC' })
      ).id;
      expect(await tried('10', { file: 'other-customer-same-numbers.csv', to: other })).toMatchObject({
        made: 1,
        updated: 0,
      });
    },
  );

  it.skipIf(!isThere('11'))('11: rows without a key are told by line, and empty ones passed over', async () => {
    for (const [file, mapping] of [
      ['no-key.csv', 'mapping-no-key.json'],
      ['no-key-scattered.csv', 'mapping-no-key-scattered.json'],
      ['question-mark-key.csv', 'mapping-question-mark-key.json'],
    ] as const) {
      const { told, rejects } = await tried('11', { file, mapping });
      expect([file, told]).toEqual([file, []]);
      expect(rejects.length).toBeGreaterThan(0);
      for (const reject of rejects) expect(reject).toMatch(/^\d+: number says nothing/);
    }
    expect(
      await tried('11', { file: 'empty-rows-of-excel.csv', mapping: 'mapping-empty-rows-of-excel.json' }),
    ).toMatchObject({ told: [], rejects: [] });
  });

  it.skipIf(!isThere('17'))('17: a slip in a mapping is told before a row is read', async () => {
    const slips = [
      ['mapping-state-that-is-none.json', /stands for "solved", which is no state/],
      ['mapping-field-that-is-none.json', /There is no field "prioritty"/],
      ['mapping-instant-forgotten.json', /loggedAt is an instant/],
    ] as const;
    for (const [mapping, sentence] of slips)
      for (const isDry of [true, false]) expect((await tried('17', { mapping, isDry })).told.join()).toMatch(sentence);
  });

  it.skipIf(!isThere('18'))('18: two of one name are two where the source has a key for them', async () => {
    const { fields } = JSON.parse(readFileSync(join(folderOf('18') ?? '', 'mapping.json'), 'utf8'));
    const caller = { ...fields.caller, key: 'caller_id' };
    expect(await tried('18', { by: { fields: { ...fields, caller } } })).toMatchObject({ made: 12, parties: 2 });
  });
});

describe(`a case of others${skipped}`, () => {
  it.skipIf(!isThere('06'))('06: rows of the hour that comes twice stand in the order of the source', async () => {
    await bring('06');
    const { state, resolved_at: resolvedAt } = await incident('C6-900');
    expect([state, new Date(resolvedAt).toISOString()]).toEqual(['resolved', '2015-10-25T01:10:00.000Z']);
  });

  it.skipIf(!isThere('12'))('12: the time between a resolution and the reopening is not counted', async () => {
    await bring('12');
    expect(await measured('C12-001')).toEqual({ restore: 120, target: 1440, waited: 0, reopens: 1 });
    expect(await measured('C12-002')).toEqual({ restore: 120, target: 1440, waited: 0, reopens: 0 });
  });

  it.skipIf(!isThere('13'))('13: a wait that changes its reason ends what the first one paused', async () => {
    await bring('13');
    for (const key of ['C13-001', 'C13-003']) expect(await measured(key)).toMatchObject({ restore: 840, waited: 60 });
  });

  it.skipIf(!isThere('14'))('14: each incident is measured by the agreement that was in force at it', async () => {
    await bring('14');
    await bring('14', { file: 'without-the-old-one.csv' });
    expect(await measured('C14-001')).toMatchObject({ restore: null, target: null });
    for (const key of ['C14-002', 'C14-003']) expect(await measured(key)).toMatchObject({ restore: 60, target: 1440 });
  });

  it.skipIf(!isThere('15'))('15: an agent who calls once stays on the side of the provider', async () => {
    await bring('15');
    const { assignee } = await incident('C15-002');
    const agent = await one(
      'select r.title, r.customers, p.customer from core.record r join core.person p on p.id = r.id where r.id = $1',
      [assignee],
    );
    expect(agent).toEqual({ title: 'Sam Lee', customers: [], customer: null });
  });

  it.skipIf(!isThere('16'))('16: months are those of the zone of the customer they are for', async () => {
    const administrator = await played.as('Ada Falk');
    const other: string = (
      await administrator.create('customers', { title: 'Far East', relationship: 'external', zone: 'Asia/Tokyo' })
    ).id;
    await app.database.ownerPool.query(
      `insert into handover.agreement_in_force (provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
       select provider_id, gen_random_uuid(), 1, service_id, $2, from_at, null, jsonb_set(definition, '{calendar,zone}', '"Asia/Tokyo"'), content_hash from handover.agreement_in_force where service_id = $1`,
      [service, other],
    );
    await bring('16', { to: other });
    await manager.post('/measurement/rollups/catch-up');
    const { points } = (
      await manager.get(`/measurement/metrics/PE-5/series?service=${service}&customer=${other}&grain=month`)
    ).body;
    const days = (
      await one(
        "select array_agg(distinct day::text) as days from improvement.rollup where customer_id = $1 and metric = 'PE-5' and grain = 'day' and service_id = $2",
        [other, service],
      )
    ).days;
    expect([days, points.map(({ at, n }: Body) => [at.slice(0, 7), n])]).toEqual([['2016-05-01'], [['2016-05', 8]]]);
  });

  it.skipIf(!isThere('19'))('19: an open case that is taken over goes on as it was observed', async () => {
    await bring('19');
    await bring('19', { file: 'priority-only.csv', mapping: 'mapping-priority-only.json' });
    await moveClock('2016-07-18T14:12:00.000Z');
    const edit = async (key: string, values: object) => {
      const { id, version } = await incident(key);
      return desk.patch(`/incidents/${id}`, { expectedVersion: version, ...values });
    };
    expect((await edit('C19-001', { category: 'Network' })).status).toBe(200);
    const { items } = (await desk.get(`/incidents/${(await incident('C19-001')).id}/clocks`)).body;
    const shown = items.map(({ kind, state, stoppedAt, elapsedBusinessMinutes, breachedAt }: Body) => [
      kind,
      state,
      stoppedAt,
      elapsedBusinessMinutes,
      breachedAt,
    ]);
    expect(shown).toEqual([
      ['response', 'met', '2016-07-15T12:20:00.000Z', 20, null],
      ['restore', 'running', null, 192, null],
    ]);
    for (const key of ['C19-003', 'C19-101']) expect((await edit(key, { category: 'Network' })).status).toBe(200);
    for (const [key, priority] of [
      ['C19-002', 'P2'],
      ['C19-102', 'P3'],
    ] as const) {
      await desk.move('incidents', (await incident(key)).id, 'close');
      expect(await incident(key)).toMatchObject({ state: 'closed', priority });
    }
  });

  it.skipIf(!isThere('19'))('19: nobody who was never asked is said not to have answered', async () => {
    const resolved = async () =>
      (
        await one("select count(*)::int as n from operation.incident where provider_id = $1 and state = 'resolved'", [
          played.providerId,
        ])
      ).n;
    const before = await resolved();
    expect(before).toBeGreaterThan(0);
    await moveClock('2016-09-01T12:00:00.000Z');
    await app.runJob('moves-by-themselves');
    expect(await resolved()).toBe(before);
  });
});
