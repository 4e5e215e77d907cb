import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';

let app: TestApplication;
let owner: Client;
let requirement: string;

beforeAll(async () => {
  app = await createTestApplication();
  owner = await app.person('Bea Owner', ['BOW'], { customer: await app.customer('Marlowe Grocers') });
  requirement = (
    await owner.create('business-requirements', {
      title: 'Slots',
      statement: 'Two hours.',
      trigger: 'market',
      priority: 'must',
    })
  ).id;
  await owner.create('outcomes', {
    title: 'Fewer misses',
    requirement,
    statement: 'Fewer.',
    measure: 'missed / booked',
    unit: '%',
  });
});
afterAll(() => app.close());

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('input that no honest caller sends', () => {
  it.each([
    ['a number far too great', cursor(1e300, 1), ''],
    ['a word for a number', cursor('x', 1), ''],
    ['a word for a date', cursor('x', 1), '&sort=requiredBy'],
    ['no tuple', 'x', ''],
  ])('is refused as a cursor: %s', async (_what, given, sort) => {
    const { status, body } = await owner.get(`/business-requirements?cursor=${given}${sort}`);
    expect([status, body.code]).toEqual([422, 'list.cursor']);
  });

  it('is refused as a filter where the field is compared as something else than text', async () => {
    for (const given of ['Stores', '', `${requirement},nope`])
      expect(await owner.get(`/outcomes?requirement=${given}`)).toMatchObject({
        status: 422,
        body: { code: 'input.invalid', refusals: [{ field: 'requirement' }] },
      });
    expect(
      (await owner.get(`/outcomes?requirement=${requirement},00000000-0000-7000-8000-000000000000`)).body.items,
    ).toHaveLength(1);
  });

  it('is refused where a text holds what no text may hold', async () => {
    for (const path of ['/business-requirements?state=%00', '/search?q=%00', '/records/%00'])
      expect((await owner.get(path)).body.code).toBe('input.characters');
    expect(
      (await owner.post(`/records/${requirement}/attestations`, { gate: 'G1', title: 'Paper', statement: 'a\u0000b' }))
        .status,
    ).toBe(422);
    expect(
      (await owner.post(`/records/${requirement}/attestations`, { gate: 'G1', title: 'Paper', statement: 'a\ud800b' }))
        .status,
    ).toBe(422);
  });

  it('is told as a conflict where two would have what only one may have', async () => {
    const administrator = await app.person('Ada Falk', ['ADM']);
    await administrator.create('people', { title: 'One', email: 'desk@example.org' });
    const { id } = await administrator.create('people', { title: 'Two', email: 'other@example.org' });
    const refused = { status: 409, body: { code: 'record.duplicate', refusals: [{ field: 'email' }] } };
    expect(await administrator.post('/people', { title: 'Three', email: 'Desk@example.org' })).toMatchObject(refused);
    expect(await administrator.patch(`/people/${id}`, { expectedVersion: 1, email: 'desk@example.org' })).toMatchObject(
      refused,
    );
  });

  it('does not empty what is required', async () => {
    for (const statement of [null, ''])
      expect(
        await owner.patch(`/business-requirements/${requirement}`, { expectedVersion: 1, statement }),
      ).toMatchObject({ status: 422, body: { refusals: [{ field: 'statement' }] } });
    expect(
      (await owner.post('/business-requirements', { title: 'Slots', statement: '', trigger: 'market' })).status,
    ).toBe(422);
    expect((await owner.get(`/business-requirements/${requirement}`)).body.record).toMatchObject({
      version: 1,
      fields: { statement: 'Two hours.' },
    });
  });
});

// Its kind: every date that is read from outside: fields, `asOf`, cursors, periods and the import's times.
describe('days and instants that nothing can hold', () => {
  it.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '1899-12-31T23:59:59Z',
    '2201-01-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    '2026-01-01T00:00:00+14:01',
    '2026-01-01T00:00:00-23:59',
  ])('are a fault of the input wherever they are given: %s', async (at) => {
    for (const { path, method, query } of app.endpoints)
      if (method === 'GET' && query && 'asOf' in query.shape) {
        const place = path.replace(/\{\w+\}/g, requirement);
        const answer = await owner.get(`${place}?asOf=${encodeURIComponent(at)}`);
        expect([place, answer.status, answer.body.refusals[0].field]).toEqual([place, 422, 'asOf']);
      }
    const evidence = { gate: 'G1', title: 'Paper', statement: 'It says so.', expiresAt: at };
    expect((await owner.post(`/records/${requirement}/attestations`, evidence)).body.code).toBe('input.invalid');
    const given = { expectedVersion: 1, requiredBy: at.slice(0, 10) };
    const isPast = !at.startsWith('2026');
    if (isPast) expect((await owner.patch(`/business-requirements/${requirement}`, given)).status).toBe(422);
  });

  it('are a fault in a cursor', async () => {
    for (const at of ['0000-01-01', '9999-12-31', '0001-01-01T00:00:00+14:00']) {
      const given = cursor(at, requirement);
      const answer = await owner.get(`/business-requirements?cursor=${given}&sort=requiredBy`);
      expect([answer.status, answer.body.code]).toEqual([422, 'list.cursor']);
    }
    const { status, body } = await owner.get(`/incidents?cursor=${cursor('\u0000', requirement)}&sort=priority`);
    expect([status, body.code]).toEqual([422, 'list.cursor']);
  });
});

describe('names that nobody knows', () => {
  it('are counted, not listed one by one', async () => {
    const body = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`k${index}`, 1]));
    const answer = await owner.post('/business-requirements', body);
    expect([answer.status, answer.body.code]).toEqual([422, 'input.invalid']);
    expect(answer.body.refusals.length).toBeLessThan(20);
    expect(JSON.stringify(answer.body)).toContain('59995 more names');
    const query = Array.from({ length: 900 }, (_, index) => `k${index}=1`).join('&');
    const asked = await owner.get(`/business-requirements?${query}`);
    expect(asked.body.refusals.map((each: { sentence: string }) => each.sentence).at(-1)).toBe(
      '895 more parameters are unknown here.',
    );
  });

  it('stay what they are when a plain object answers to them', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect((await owner.get(`/business-requirements?sort=${name}`)).status).toBe(422);
      expect((await owner.get(`/gates/${name}/${requirement}`)).status).toBe(422);
      expect((await owner.post(`/business-requirements/${requirement}/moves/${name}`, {})).status).toBe(404);
      const from = { type: name, from: requirement, to: requirement };
      expect((await owner.post('/links', from)).status).toBe(422);
      const answer = await owner.post('/business-requirements', JSON.parse(`{"title":"x","${name}":1}`));
      expect([400, 422]).toContain(answer.status);
    }
  });
});

// Its kind: whatever is cut to fit and then compared; names, keys and hashes are refused where they are too long.
describe('an idempotency key', () => {
  it('is refused where it is too long, never cut: two that begin alike are two', async () => {
    const body = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
    const long = 'k'.repeat(200);
    expect((await owner.post('/business-requirements', body, { 'idempotency-key': long })).status).toBe(201);
    const refused = await owner.post('/business-requirements', body, { 'idempotency-key': `${long}1` });
    expect([refused.status, refused.body.code]).toEqual([422, 'idempotency.key']);
  });
});
