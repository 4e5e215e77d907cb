// Two people at one record: different parts merge without a question, the same part is never overwritten.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let customer: string;
let ann: Client;
let bert: Client;
let cast: Cast;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Corner Shops');
  ann = await app.person('Ann Archer', ['BOW'], { customer });
  bert = await app.person('Bert Bell', ['BOW'], { customer });
  cast = await castOf(app);
});
afterAll(() => app.close());

const path = 'business-requirements';
const need = () =>
  ann.create(path, {
    title: 'Open on Sundays',
    statement: 'Shoppers ask for it.',
    trigger: 'market',
    triggerSource: 'Survey',
    owner: ann.id,
    customers: [customer],
  });

describe('two people who both read version 1', () => {
  it('keep both edits of different fields, and the second answer shows both', async () => {
    const { id } = await need();
    await ann.patch(`/${path}/${id}`, { expectedVersion: 1, triggerSource: 'Letters' });
    const { status, body } = await bert.patch(`/${path}/${id}`, { expectedVersion: 1, statement: 'Often.' });
    expect(status).toBe(200);
    expect(body.record).toMatchObject({ version: 3, fields: { triggerSource: 'Letters', statement: 'Often.' } });
  });

  it.each([
    ['a field', 'triggerSource', 'Letters', 'Meetings'],
    ['the title', 'title', 'Sundays too', 'On Sundays'],
    ['the owner', 'owner', null, 'bert'],
  ])(
    'are asked about %s: the second one is told what stands, by whom and since when',
    async (_, part, first, second) => {
      const { id } = await need();
      await ann.patch(`/${path}/${id}`, { expectedVersion: 1, [part]: first });
      const answer = await bert.patch(`/${path}/${id}`, {
        expectedVersion: 1,
        [part]: second === 'bert' ? bert.id : second,
      });
      const at = new Date(app.clock.now()).toISOString();
      expect(answer).toMatchObject({
        status: 409,
        body: {
          code: 'record.version',
          currentVersion: 2,
          altered: [{ part, value: first, version: 2, by: ann.id, byName: 'Ann Archer', at }],
        },
      });
      const { record } = (await ann.get(`/${path}/${id}`)).body;
      expect({ ...record, ...record.fields }[part]).toBe(first);
    },
  );

  it('write the same value without a question, and it is no edit', async () => {
    const { id } = await need();
    await ann.patch(`/${path}/${id}`, { expectedVersion: 1, triggerSource: 'Letters' });
    const again = await bert.patch(`/${path}/${id}`, { expectedVersion: 1, triggerSource: 'Letters' });
    expect(again).toMatchObject({ status: 200, body: { record: { version: 2 } } });
  });

  it('are refused a version that never was', async () => {
    const { id } = await need();
    expect(await bert.patch(`/${path}/${id}`, { expectedVersion: 7, triggerSource: 'Letters' })).toMatchObject({
      status: 409,
      body: { code: 'record.version', currentVersion: 1, altered: [] },
    });
  });

  it('of many at once on one field, one is saved and all others are asked', async () => {
    const { id } = await need();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 ? ann : bert).patch(`/${path}/${id}`, { expectedVersion: 1, triggerSource: `Try ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
  });
});

describe('an edit of what was decided meanwhile', () => {
  it('is asked about, because it would end a decision that its editor has not seen', async () => {
    const { id } = await need();
    await ann.move(path, id, 'analyse');
    const { version } = (await bert.get(`/${path}/${id}`)).body.record;
    const findings = [{ itemRef: 'F1', severity: 'must', text: 'Which shops?' }];
    await ann.decide('G1', id, { outcome: 'reject', variant: 'return', reason: 'Unclear.', findings });
    const answer = await bert.patch(`/${path}/${id}`, { expectedVersion: version, triggerSource: 'Letters' });
    expect(answer.status).toBe(409);
    expect(answer.body.altered.map((each: { part: string }) => each.part)).toEqual(['state', 'decision']);
  });
});

/** Begins two calls that both come to wait for what is locked meanwhile, and lets them go on when they do. */
async function bothWaiting<T>(locked: string, values: unknown[], begin: () => Promise<T>[]): Promise<T[]> {
  const holder = await app.database.ownerPool.connect();
  try {
    await holder.query('begin');
    await holder.query(locked, values);
    const calls = begin();
    let waiting = 0;
    while (waiting < calls.length) {
      const { rows } = await app.database.ownerPool.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      waiting = rows[0]?.count ?? 0;
    }
    await holder.query('commit');
    return await Promise.all(calls);
  } finally {
    holder.release();
  }
}

describe('two acts that wait for each other', () => {
  it('each see the whole of what the other did: hash, words and counts are of the record as it then stands', async () => {
    const { id } = await need();
    const edit = (by: Client, fields: object) => by.patch(`/${path}/${id}`, { expectedVersion: 1, ...fields });
    const answers = await bothWaiting('select 1 from core.record where id = $1 for update', [id], () => [
      edit(ann, { triggerSource: 'Letters' }),
      edit(bert, { statement: 'Often.' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(differences).toEqual([]);
  });

  it('may be the first of a month', async () => {
    app.clock.set('2026-04-01T00:00:00.000Z');
    const month = "select pg_advisory_xact_lock(hashtext('core.journal_2026_04'))";
    const answers = await bothWaiting(month, [], () => [need(), need()]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
  });
});

describe('two people at one checklist', () => {
  const draft = (by: Client, id: string, item: string, expectedVersion: number, statement: string) =>
    by.patch(`/design-packages/${id}/items/${item}`, { expectedVersion, statement });

  it('merge on different items, and are asked about the same one', async () => {
    const pack = await charteredPackage(cast, await agreedRequirement(cast));
    const { id } = await cast.designer.create('design-packages', { title: 'Slots', package: pack.id, kind: 'new' });
    await cast.designer.move('design-packages', id, 'start');
    const { version } = (await cast.designer.get(`/design-packages/${id}`)).body.record;
    expect((await draft(cast.designer, id, 'SDP-04', version, 'First.')).status).toBe(200);
    expect((await draft(cast.designer, id, 'SDP-06', version, 'Another.')).status).toBe(200);
    expect(await draft(cast.designer, id, 'SDP-04', version, 'Second.')).toMatchObject({
      status: 409,
      body: {
        code: 'record.version',
        currentVersion: version + 2,
        altered: [
          { part: 'items.SDP-06', value: 'Another.' },
          { part: 'items.SDP-04', value: 'First.', by: cast.designer.id },
        ],
      },
    });
  });
});
