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
