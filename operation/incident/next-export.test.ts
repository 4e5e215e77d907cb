// A source is exported month by month: what is known is brought up to date, as if the whole had come at once.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRecounts } from '../../app/server/background.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Body } from '../../test/support/client.ts';

let app: TestApplication;
let customer: string;
let service: string;
beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-06-01T09:00:00.000Z' });
  customer = await app.customer('Northwind');
  service = await arranged(app, 'service', { title: 'Lamps' });
  const day = [{ from: '08:00', to: '18:00' }];
  const definition = {
    calendar: {
      zone: 'Europe/London',
      versions: [{ effectiveFrom: '2025-01-01', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day } }],
      exceptions: [],
    },
    targets: { P2: { responseMinutes: 30, restoreMinutes: 240 }, P3: { responseMinutes: 60, restoreMinutes: 480 } },
    pauseReasons: ['customer'],
    reopen: 'resume_excluding_gap',
    availabilityPercent: null,
  };
  await app.database.ownerPool.query(
    `insert into handover.agreement_in_force (provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
     values ($1, gen_random_uuid(), 1, $2, $3, '2025-01-01', null, $4, 'hash')`,
    [app.providerId, service, customer, JSON.stringify(definition)],
  );
});
afterAll(() => app.close());

const mapping = (source: string, by: object = {}) =>
  mappingSchema.parse({
    format: 1,
    source,
    zone: 'UTC',
    timeFormat: 'iso',
    missing: [''],
    key: 'number',
    occurredAt: 'at',
    order: 'seq',
    state: {
      column: 'state',
      values: {
        New: { state: 'new' },
        Active: { state: 'in_progress' },
        User: { state: 'pending', pendingReason: 'customer' },
        Vendor: { state: 'pending', pendingReason: 'supplier' },
        Done: { state: 'resolved' },
        Closed: { state: 'closed' },
        Odd: { state: null },
      },
    },
    title: '{number}',
    fields: {
      priority: { column: 'priority' },
      team: { column: 'team', as: 'team' },
      category: { column: 'category' },
    },
    ...by,
  });

interface Row {
  key: string;
  at: string;
  seq: number;
  state: string;
  priority: string;
  team: string;
  category: string;
}
const csv = (rows: readonly Row[]): string =>
  ['number,at,seq,state,priority,team,category', ...rows.map((row) => Object.values(row).join(','))].join('\n');

const rejected: string[] = [];
async function bring(source: string, text: string, by: { mapping?: object; customer?: string | null } = {}) {
  const bytes = Buffer.from(text);
  return importRecords({
    application: app.application,
    caller: { principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' },
    source: {
      name: 'log.csv',
      size: bytes.length,
      open: async function* () {
        yield bytes;
      },
    },
    type: 'incident',
    mapping: mapping(source, by.mapping),
    given: { service },
    customer: by.customer === undefined ? customer : by.customer,
    isDry: false,
    rejected: ({ line, reason }) => rejected.push(`${line}: ${reason}`),
  });
}

/** All that stands of what a source told, without what differs by its name or by chance. */
async function standing(source: string): Promise<Body[]> {
  const { rows } = await app.database.ownerPool.query(
    `select s.key, r.title, r.state, r.version, r.created_at, r.updated_at,
       to_jsonb(t) - array['id', 'team'] as fields,
       (select title from core.record g where g.id = t.team) as team,
       to_jsonb(f) - array['record_id', 'edit', 'transaction', 'team_id'] as fact,
       s.last_at, s.last_place,
       (select jsonb_agg(jsonb_build_array(j.occurred_at, j.move, j.from_state, j.to_state, j.edits - array['team', '_source', '_clocks', '_measured', '_ref', '_number', '_lineage', 'breached', 'nextDueAt']) order by j.seq)
        from core.journal j
        where j.record_id = r.id) as steps
     from core.source_key s
     join core.record r on r.id = s.record_id
     join operation.incident t on t.id = r.id
     join core.case_fact f on f.record_id = r.id
     where s.system = $1 and s.record_type = 'incident'
     order by s.key`,
    [source],
  );
  return rows;
}
const differences = async () => {
  await app.settle();
  const now = new Date(app.clock.now()).toISOString();
  return (
    await verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
      recounts: allRecounts().filter(({ what }) => !what.startsWith('figures')),
      now,
    })
  ).differences;
};

describe("the next month's export", () => {
  const step = fc.record({
    minutes: fc.integer({ min: 0, max: 3000 }),
    state: fc.constantFrom('New', 'Active', 'User', 'Vendor', 'Done', 'Closed', 'Odd'),
    priority: fc.constantFrom('', 'P2', 'P3'),
    team: fc.constantFrom('', 'Desk', 'Field'),
    category: fc.constantFrom('', 'Print', 'Net'),
  });
  const log = fc
    .array(fc.array(step, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 })
    .map((incidents) =>
      incidents.flatMap((steps, index) => {
        let at = Date.parse('2026-03-02T09:00:00Z');
        return steps.map(({ minutes, ...rest }, seq): Row => {
          at += minutes * 60_000;
          return { key: `N-${index}`, at: new Date(at).toISOString(), seq, ...rest };
        });
      }),
    );
  const cuts = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), isWhole: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  });

  it('comes to the same as the whole at once, whether it tells all anew or what is new', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(log, cuts, async (rows, parts) => {
        run += 1;
        await bring(`whole ${run}`, csv(rows));
        const sorted = rows.toSorted((one, other) =>
          one.at === other.at ? one.seq - other.seq : one.at < other.at ? -1 : 1,
        );
        let from = 0;
        for (const { at, isWhole } of [
          ...parts.toSorted((one, other) => one.at - other.at),
          { at: 1, isWhole: true },
        ]) {
          const to = Math.max(from, Math.round(at * sorted.length));
          const part = sorted.slice(isWhole ? 0 : from, to);
          if (part.length) await bring(`parts ${run}`, csv(part));
          from = to;
        }
        expect(rejected).toEqual([]);
        expect(await standing(`parts ${run}`)).toEqual(await standing(`whole ${run}`));
      }),
      { numRuns: 25 },
    );
    expect(await differences()).toEqual([]);
  }, 120_000);

  const first = '2026-04-06T09:00:00Z';
  const row = (key: string, at: string, state: string, by: Partial<Row> = {}): Row => ({
    key,
    at,
    seq: 0,
    state,
    priority: 'P3',
    team: 'Desk',
    category: '',
    ...by,
  });
  const unordered = { mapping: { order: undefined } };

  it('says how many are new, brought up to date and unchanged', async () => {
    const april = [row('A', first, 'New'), row('B', first, 'New')];
    expect(await bring('says', csv(april), unordered)).toMatchObject({ made: 2, updated: 0, unchanged: 0, leftOut: 0 });
    const may = [...april, row('A', '2026-05-04T09:00:00Z', 'Done'), row('C', '2026-05-04T09:00:00Z', 'New')];
    expect(await bring('says', csv(may), unordered)).toMatchObject({ made: 1, updated: 1, unchanged: 1, leftOut: 0 });
    expect(await bring('says', csv(may), unordered)).toMatchObject({ made: 0, updated: 0, unchanged: 3, leftOut: 0 });
  });

  it('that tells of a time before what is known is left out by line', async () => {
    await bring('late', csv([row('A', first, 'New'), row('A', '2026-04-07T09:00:00Z', 'Done')]), unordered);
    rejected.length = 0;
    expect(await bring('late', csv([row('A', '2026-04-06T12:00:00Z', 'Active')]), unordered)).toMatchObject({
      updated: 0,
      leftOut: 1,
    });
    expect(rejected).toEqual(['2: tells of a time before what was read of it already (2026-04-07T09:00:00.000Z)']);
    rejected.length = 0;
  });

  it('leaves what was worked on here since as it is, and says so; what was only noted goes on', async () => {
    await bring('worked', csv([row('A', first, 'Active'), row('B', first, 'Active')]), unordered);
    const desk = await app.person('Dee Desk', ['SDK', 'INM']);
    const [one, other] = (
      await app.database.ownerPool.query(
        "select record_id as id from core.source_key where system = 'worked' and record_type = 'incident' order by key",
      )
    ).rows;
    const { version } = (await desk.get(`/incidents/${one.id}`)).body.record;
    expect((await desk.patch(`/incidents/${one.id}`, { expectedVersion: version, category: 'Net' })).status).toBe(200);
    expect(
      (await desk.post(`/incidents/${other.id}/notes`, { audience: 'internal', text: 'Called back.' })).status,
    ).toBe(201);
    const may = ['A', 'B'].map((key) => row(key, '2026-05-04T09:00:00Z', 'Done'));
    expect(await bring('worked', csv(may), unordered)).toMatchObject({ updated: 1, leftOut: 1 });
    expect(rejected).toEqual([expect.stringMatching(/^2: INC-\d+ was worked on here since it was imported/)]);
    rejected.length = 0;
    const states = [one, other].map(async ({ id }) => (await desk.get(`/incidents/${id}`)).body.record.state);
    expect(await Promise.all(states)).toEqual(['in_progress', 'resolved']);
    expect(await differences()).toEqual([]);
  });

  it('of another customer has its own keys, and its own callers', async () => {
    const fields = { caller: { column: 'team', as: 'customer_person' } };
    const other = await app.customer('Southwind');
    const text = csv([row('A', first, 'New')]);
    const by = { mapping: { order: undefined, fields } };
    expect(await bring('two customers', text, by)).toMatchObject({ made: 1, parties: 1 });
    expect(await bring('two customers', text, { ...by, customer: other })).toMatchObject({ made: 1, parties: 1 });
    const { rows } = await app.database.ownerPool.query(
      `select distinct r.customers, p.customer
       from core.source_key s
       join core.record r on r.id = s.record_id
       join operation.incident t on t.id = r.id
       join core.person p on p.id = t.caller
       where s.system = 'two customers'`,
    );
    expect(rows.toSorted((a, b) => (a.customer < b.customer ? -1 : 1))).toEqual(
      [customer, other].toSorted().map((each) => ({ customers: [each], customer: each })),
    );
  });

  it('knows whoever has a key in the source: two of one name are two, an agent who calls is one', async () => {
    const fields = {
      caller: { column: 'team', as: 'customer_person', key: 'category' },
      assignee: { column: 'priority', as: 'provider_person', key: 'state' },
    };
    const state = { column: 'seq', values: { 0: { state: 'new' } } };
    const by = { mapping: { order: undefined, fields, state } };
    const call = (key: string, team: string, category: string, agent: string): Row =>
      row(key, first, agent, { team, category, priority: 'Sam Lee' });
    const people = async () =>
      (
        await app.database.ownerPool.query(
          `select r.title, p.customer is null as ours
           from core.source_key s
           join core.record r on r.id = s.record_id
           join core.person p on p.id = r.id
           where s.system = 'with keys'
           order by 1, 2`,
        )
      ).rows.map(({ title, ours }) => [title, ours]);
    // He calls in a row before the one that he works on.
    expect(
      await bring(
        'with keys',
        csv([
          call('A', 'Sam Lee', 'slee', 'jdoe'),
          call('B', 'Kim Oh', 'koh1', 'slee'),
          call('C', 'Kim Oh', 'koh2', 'slee'),
        ]),
        by,
      ),
    ).toMatchObject({ made: 3, parties: 4 });
    const all = [
      ['Kim Oh', false],
      ['Kim Oh', false],
      ['Sam Lee', true],
      ['Sam Lee', true],
    ];
    expect(await people()).toEqual(all);
    // By a later export too, in which he only calls.
    expect(await bring('with keys', csv([call('D', 'Sam Lee', 'slee', '')]), by)).toMatchObject({
      made: 1,
      parties: 0,
    });
    expect(await people()).toEqual(all);
  });
});

it('rows of one incident may stand anywhere in the file', async () => {
  const at = (day: number) => `2026-04-0${day}T09:00:00Z`;
  const rows = [1, 2, 3].flatMap((day) =>
    ['A', 'B', 'C'].map(
      (key): Row => ({
        key,
        at: at(day),
        seq: day,
        state: ['New', 'Active', 'Done'][day - 1] ?? '',
        priority: 'P3',
        team: '',
        category: '',
      }),
    ),
  );
  await bring('sorted', csv(rows.toSorted((one, other) => (one.key < other.key ? -1 : 1))));
  for (const [name, order] of [
    ['by time', rows],
    ['backwards', rows.toReversed()],
  ] as const) {
    expect(await bring(name, csv(order))).toMatchObject({ made: 3, updated: 0 });
    expect(await standing(name)).toEqual(await standing('sorted'));
  }
});

it('a record has at most five thousand rows; further ones are told, and the others come in', async () => {
  const at = (minute: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + minute * 60_000).toISOString();
  const rows = Array.from(
    { length: 5003 },
    (_, seq): Row => ({ key: 'same', at: at(seq), seq, state: 'New', priority: 'P3', team: '', category: '' }),
  );
  const one: Row = { key: 'other', at: at(0), seq: 0, state: 'New', priority: 'P3', team: '', category: '' };
  expect(await bring('too many', csv([...rows, one]))).toMatchObject({ made: 2, leftOut: 3, rows: 5004 });
  expect(rejected).toEqual([expect.stringMatching(/: 3 further rows: a record may have 5,000$/)]);
  rejected.length = 0;
});
