// By which right somebody decides is judged at the instant of deciding, behind whatever the decision waited for. Its kind: what
// binds an organisation by one person's word: decisions, consents to share, and conditions told to be met.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Body, Client } from '../support/client.ts';
import { heldUp } from '../support/held-up.ts';

let app: TestApplication;
let business: string;
let other: string;
let administrator: Client;
let relations: Client;
let owner: Client;

beforeAll(async () => {
  app = await createTestApplication();
  [business, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  administrator = await app.person('Cad Min', ['CAD'], { customer: business });
  relations = await app.person('Bram Relations', ['BRM']);
  owner = await app.person('Bea Owner', ['BOW'], { customer: business });
});
afterAll(() => app.close());

const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
const newNeed = async (): Promise<string> => (await owner.create('business-requirements', need)).id;
const leaving = (name: string) => app.person(name, ['BOW'], { customer: business });
const codesOf = ({ body }: Answer): string[] => body.refusals.map(({ code }: Body) => code);

/** Revokes every right that somebody holds. */
async function revokeAll({ id }: Client): Promise<number[]> {
  const { items } = (await administrator.get(`/role-grants?person=${id}`)).body;
  const answers: number[] = [];
  for (const right of items)
    answers.push((await administrator.tryMove('role-grants', right.id, 'revoke', { reason: 'Left.' })).status);
  return answers;
}

const rowOf = (record: string) => ({ text: 'select 1 from core.record where id = $1 for update', values: [record] });

describe('a decision that waits for its record', () => {
  it('is not made by a right that is revoked meanwhile', async () => {
    const late = await leaving('Lara Late');
    const id = await newNeed();
    await owner.move('business-requirements', id, 'analyse');
    const [decided, revoked] = await heldUp(app, rowOf(id), {
      first: () => late.tryDecide('G1', id, { outcome: 'defer' }),
      between: () => revokeAll(late),
    });
    expect([revoked, decided.status, codesOf(decided)]).toEqual([[200], 403, ['decision.not-business-authority']]);
    expect((await owner.get(`/business-requirements/${id}`)).body.decisions).toEqual([]);
  });

  it('is not made by somebody who is suspended meanwhile', async () => {
    const late = await leaving('Sue Late');
    const id = await newNeed();
    await owner.move('business-requirements', id, 'analyse');
    const [decided, suspended] = await heldUp(app, rowOf(id), {
      first: () => late.tryDecide('G1', id, { outcome: 'defer' }),
      between: () => administrator.tryMove('people', late.id, 'suspend', { reason: 'Gone.' }),
    });
    expect([suspended.status, decided.status]).toEqual([200, 401]);
  });

  it('is made by a right that stays', async () => {
    const id = await newNeed();
    await owner.move('business-requirements', id, 'analyse');
    const [decided] = await heldUp(app, rowOf(id), {
      first: () => owner.tryDecide('G1', id, { outcome: 'defer' }),
      between: () => relations.get(`/records/${id}`),
    });
    expect(decided.status).toBe(201);
  });
});

describe('a consent that waits for its record', () => {
  it('is not given by a right that is revoked meanwhile', async () => {
    const late = await leaving('Connie Late');
    const id = await newNeed();
    await relations.post(`/records/${id}/shares`, { kind: 'join', customer: other, reason: 'Both need it.' });
    const [share] = (await late.get(`/records/${id}/shares`)).body.items;
    const [answered, revoked] = await heldUp(app, rowOf(id), {
      first: () => late.post(`/shares/${share.id}/answer`, { consents: true, reason: 'We agreed.' }),
      between: () => revokeAll(late),
    });
    expect([revoked, answered.status, codesOf(answered)]).toEqual([[200], 403, ['share.not-yours']]);
    expect((await owner.get(`/records/${id}/shares`)).body.items).toMatchObject([{ state: 'asked' }]);
  });
});

describe('a condition that waits for its record', () => {
  it('is not met by a right that is revoked meanwhile', async () => {
    const late = await leaving('Mary Late');
    const id = await newNeed();
    const outcome = { title: 'Faster', requirement: id, statement: 'It is faster.', measure: 'minutes', unit: 'min' };
    await owner.create('outcomes', outcome);
    await owner.move('business-requirements', id, 'analyse');
    const conditions = [{ text: 'Tell the shops.', owner: owner.id, dueAt: '2027-06-01T00:00:00.000Z' }];
    await owner.decide('G1', id, { outcome: 'approve_with_conditions', conditions });
    const [condition] = (await owner.get(`/business-requirements/${id}`)).body.conditions;
    const [met, revoked] = await heldUp(app, rowOf(id), {
      first: () => late.post(`/conditions/${condition.id}/met`, { evidence: 'Told.' }),
      between: () => revokeAll(late),
    });
    expect([revoked, met.status]).toEqual([[200], 403]);
  });
});

const numbersOf = (type: string) => ({ text: `alter sequence core.number_${type} increment by 1`, values: [] });

/** What somebody did after the entry that ended its right. */
async function doneAfterwards({ id }: Client): Promise<unknown[]> {
  const { rows } = await app.database.ownerPool.query(
    `select j.record_type, j.move, j.kind
     from core.journal j
     where j.actor_id = $1
       and j.seq > (
         select max(e.seq)
         from core.journal e
         join core.role_grant g on g.id = e.record_id
         where g.person = $1 and e.move = 'revoke')`,
    [id],
  );
  return rows;
}

interface Door {
  /** What the work waits for. */
  held: () => { text: string; values: unknown[] };
  by: (late: Client) => Promise<Answer>;
}

// Its kind: who acts, and by which right: rights, loans, people, organisations. Looked at besides: keys and one-time links, which
// hold their person and are asked whether session or key still stands, and whose maker is judged again when a link is taken.
describe('what lets others act', () => {
  let colleague: Client;
  let right: string;
  beforeAll(async () => {
    colleague = await app.person('Cole Colleague', ['BOW'], { customer: business });
    right = (await administrator.get(`/role-grants?person=${colleague.id}`)).body.items[0].id;
  });
  const given = () => ({ title: 'Owner', person: colleague.id, role: 'CUS', customer: business });
  const reason = 'So it is.';
  const doors: [string, Door][] = [
    ['give a right', { held: () => numbersOf('role_grant'), by: (late) => late.post('/role-grants', given()) }],
    [
      'lend a right',
      {
        held: () => numbersOf('delegation'),
        by: (late) =>
          late.post('/delegations', {
            title: 'Away',
            delegator: late.id,
            delegate: colleague.id,
            role: 'BOW',
            customer: business,
            validFrom: '2026-03-01T00:00:00Z',
            validTo: '2026-12-31T00:00:00Z',
          }),
      },
    ],
    [
      'note a person',
      { held: () => numbersOf('person'), by: (late) => late.post('/people', { title: 'New', customer: business }) },
    ],
    [
      'rename a person',
      {
        held: () => rowOf(colleague.id),
        by: (late) => late.patch(`/people/${colleague.id}`, { expectedVersion: 1, title: 'Carl' }),
      },
    ],
    [
      'suspend a person',
      {
        held: () => rowOf(colleague.id),
        by: (late) => late.tryMove('people', colleague.id, 'suspend-at-once', { reason, reasonCode: 'feared' }),
      },
    ],
    [
      'revoke a right',
      { held: () => rowOf(right), by: (late) => late.tryMove('role-grants', right, 'revoke', { reason }) },
    ],
    [
      'erase a person',
      {
        held: () => rowOf(colleague.id),
        by: (late) => late.post(`/people/${colleague.id}/erasure`, { reason }),
      },
    ],
  ];
  it.each(doors)('nobody can %s by a right that is revoked meanwhile', async (_what, { held, by }) => {
    const late = await app.person('Lana Late', ['CAD', 'BOW'], { customer: business });
    const [, revoked] = await heldUp(app, held(), { first: () => by(late), between: () => revokeAll(late) });
    expect([revoked, await doneAfterwards(late)]).toEqual([[200, 200], []]);
  });
});

it('leaves a journal that folds', async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
});
