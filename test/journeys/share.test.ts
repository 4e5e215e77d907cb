// With whom a record is shared: no edit, but asked and decided by those on it. Looked at besides: every way in which the customers of
// a record could be altered (edits of every type, moves, commands, owners), and every door by which what was before could be read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arranged } from '../support/arrange.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { verify } from '../../core/journal/verify.ts';
import { recordSchemas } from '../../core/record/define/schema.ts';
import type { Answer, Body, Client } from '../support/client.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let relations: Client;
let desk: Client;
let near: Client;
let nearUser: Client;
let far: Client;
let farUser: Client;
let keeper: Client;
let one: string;
let other: string;

const need = { statement: 'It floats.', trigger: 'market', priority: 'must' };

beforeAll(async () => {
  app = await createTestApplication();
  [one, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  relations = await app.person('Bram Relations', ['BRM', 'SDK']);
  desk = await app.person('Dee Desk', ['SDK']);
  near = await app.person('Bea Near', ['BOW'], { customer: one });
  nearUser = await app.person('Una Near', ['USR'], { customer: one });
  far = await app.person('Fay Far', ['BEX'], { customer: other });
  farUser = await app.person('Kay Far', ['USR'], { customer: other });
  keeper = await app.person('Sol Keeper', ['SOW']);
});
afterAll(() => app.close());

const later = () => app.clock.advance(60_000);
const codesOf = ({ body }: Answer): string[] => body.refusals.map(({ code }: Body) => code);
const path = 'business-requirements';

const requirement = async (customers: string[], title = 'Boats'): Promise<string> =>
  (await relations.create(path, { ...need, title, customers })).id;
const ask = (by: Client, id: string, customer: string, kind = 'join') =>
  by.post(`/records/${id}/shares`, { kind, customer, reason: 'Both need it.' });
const asked = async (by: Client, id: string): Promise<Body> => (await by.get(`/records/${id}/shares`)).body.items[0];
const answer = async (by: Client, share: string, consents = true) =>
  by.post(`/shares/${share}/answer`, { consents, reason: 'We agreed.' });
/** How often it is among what waits for somebody's consent. */
const waitsFor = async (by: Client, share: string): Promise<number> =>
  (await by.get('/shares/waiting')).body.items.filter((each: Body) => each.id === share).length;
const seen = async (by: Client, id: string) => (await by.get(`/records/${id}`)).status;

describe('the customers of a record', () => {
  it('are no edit, of no type', async () => {
    const id = await requirement([one]);
    const edited = await relations.patch(`/${path}/${id}`, { expectedVersion: 1, customers: [other] });
    expect([edited.status, await seen(farUser, id), await seen(near, id)]).toEqual([422, 404, 200]);
    const types = [...app.application.registry.records.values()].filter(
      ({ definition }) => 'customers' in recordSchemas(definition).edit.shape,
    );
    expect(types).toEqual([]);
  });

  // Its kind: every act that saves other customers than a record had. Besides asking, packages alone do.
  describe('of a service that a package names', () => {
    const packed = async (service: string) => {
      const given = { ...need, title: 'Rafts', customers: [other] };
      const agreed = await arranged(app, 'business-requirement', given, 'agreed');
      const body = { title: 'Rafts', customers: [other], service, requirement: agreed };
      return relations.post('/service-packages', body);
    };

    it('are not widened by it: those on it are asked', async () => {
      const { id } = await takenOver(keeper, { title: 'Of Marlowe alone', customers: [one] });
      const made = await packed(id);
      expect([made.status, codesOf(made), await seen(farUser, id)]).toEqual([409, ['service.not-shared'], 404]);
      await ask(keeper, id, other);
      await answer(near, (await asked(near, id)).id);
      expect([(await packed(id)).status, await seen(farUser, id)]).toEqual([201, 200]);
    });

    it('are those of the package where nobody shares in it yet, who see nothing of what was before', async () => {
      const id = await arranged(app, 'service', { title: 'Of nobody', owner: keeper.id }, 'pipeline');
      await keeper.post(`/records/${id}/attestations`, { gate: null, title: 'Old herring', statement: 'x' });
      later();
      expect([(await packed(id)).status, await seen(farUser, id)]).toEqual([201, 200]);
      expect((await farUser.get(`/records/${id}/journal`)).body.items).toEqual([]);
      expect((await asked(keeper, id)).state).toBe('done');
    });
  });

  it('are not widened by an owner of another organisation', async () => {
    const id = await requirement([one]);
    const edited = await relations.patch(`/${path}/${id}`, { expectedVersion: 1, owner: farUser.id });
    const made = await relations.post(`/${path}`, { ...need, title: 'Boats', customers: [one], owner: farUser.id });
    expect([edited, made].map((each) => [each.status, codesOf(each)])).toEqual([
      [422, ['record.owner-outside']],
      [422, ['record.owner-outside']],
    ]);
  });
});

describe('people, organisations and rights', () => {
  it('are let go by nobody: whom they belong to says who sees them', async () => {
    const { rows } = await app.database.ownerPool.query<{ id: string }>(
      "select id from core.record where type = 'role-grant' and customers = array[$1::uuid] limit 1",
      [one],
    );
    const left = await near.post(`/records/${rows[0]?.id}/shares`, { kind: 'leave', customer: one, reason: 'Away.' });
    expect([left.status, codesOf(left)]).toEqual([403, ['share.party']]);
  });
});

describe('a customer comes to share in a record', () => {
  it('only when every customer on it consented, by who decides for it, and never by the provider', async () => {
    const third = await app.customer('Kestrel');
    const falcon = await app.person('Fal Con', ['BOW'], { customer: third });
    const id = await requirement([one, third]);
    expect((await ask(relations, id, other)).status).toBe(201);
    const share = await asked(near, id);
    expect(share).toMatchObject({ state: 'asked', customerName: 'Tidewater Quay', mine: true, waitsFor: [one] });
    expect(await asked(nearUser, id)).toMatchObject({ mine: false });
    for (const by of [relations, nearUser, far, farUser])
      expect([403, 404]).toContain((await answer(by, share.id)).status);
    expect(await Promise.all([near, nearUser, far, relations].map((by) => waitsFor(by, share.id)))).toEqual([
      1, 0, 0, 0,
    ]);
    expect((await answer(near, share.id)).status).toBe(200);
    expect([await seen(far, id), (await asked(falcon, id)).waitsFor]).toEqual([404, [third]]);
    expect(await Promise.all([near, falcon].map((by) => waitsFor(by, share.id)))).toEqual([0, 1]);
    expect((await answer(near, share.id)).status).toBe(403);
    expect((await answer(falcon, share.id)).status).toBe(200);
    expect(await seen(far, id)).toBe(200);
    expect((await answer(falcon, share.id)).status).toBe(409);
  });

  it('also when the last one whose consent was missing leaves instead', async () => {
    const third = await app.customer('Curlew');
    const id = await requirement([one, third]);
    const leaver = await app.person('Cur Lew', ['BOW'], { customer: third });
    await ask(relations, id, other);
    await answer(near, (await asked(near, id)).id);
    expect(await seen(far, id)).toBe(404);
    const gone = await leaver.post(`/records/${id}/shares`, { kind: 'leave', customer: third, reason: 'Not ours.' });
    expect(gone.status).toBe(201);
    expect([await seen(leaver, id), await seen(far, id), await seen(near, id)]).toEqual([404, 200, 200]);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });

  it('never when one who consented says no while another is waited for', async () => {
    const third = await app.customer('Dunlin');
    const id = await requirement([one, third]);
    const waited = await app.person('Dun Lin', ['BOW'], { customer: third });
    await ask(relations, id, other);
    const { id: share } = await asked(near, id);
    await answer(near, share);
    expect(await asked(near, id)).toMatchObject({ mine: false, mayDecline: true });
    expect((await answer(nearUser, share, false)).status).toBe(403);
    expect((await answer(near, share, false)).status).toBe(200);
    expect((await answer(waited, share)).status).toBe(409);
    expect([await seen(far, id), (await asked(relations, id)).state]).toEqual([404, 'declined']);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });

  it('however much was asked and taken back in between', async () => {
    const third = await app.customer('Plover');
    const id = await requirement([one]);
    await ask(relations, id, other);
    const first = (await asked(near, id)).id;
    for (let times = 0; times < 51; times++) {
      later();
      await ask(relations, id, third);
      await relations.post(`/shares/${(await asked(relations, id)).id}/withdraw`, { reason: 'Not needed.' });
    }
    expect(codesOf(await ask(relations, id, other))).toEqual(['share.asked']);
    expect((await answer(near, first)).status).toBe(200);
    expect(await seen(far, id)).toBe(200);
  });

  it('not after one of them said no, nor after it was taken back', async () => {
    const id = await requirement([one]);
    await ask(relations, id, other);
    expect(codesOf(await ask(relations, id, other))).toEqual(['share.asked']);
    await answer(near, (await asked(near, id)).id, false);
    await ask(relations, id, other);
    await relations.post(`/shares/${(await asked(near, id)).id}/withdraw`, { reason: 'Not needed.' });
    expect([await seen(far, id), (await asked(relations, id)).state]).toEqual([404, 'withdrawn']);
    expect((await answer(near, (await asked(relations, id)).id)).status).toBe(409);
  });

  it('at once where nobody shares in it yet, and sees nothing of what was before', async () => {
    const id = await requirement([], 'Secret');
    await relations.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Old herring', statement: 'x' });
    later();
    expect((await ask(relations, id, other)).status).toBe(201);
    const { body } = await far.get(`/records/${id}/journal`);
    expect([await seen(far, id), body.items]).toEqual([200, []]);
  });

  it('and reads nothing of before at any door, as of no instant, and all of what comes', async () => {
    const { id: service } = await takenOver(keeper, { title: 'By water', customers: [one, other] });
    const fields = { title: 'Boats wait', customers: [one], service, impact: '2', urgency: 'low' };
    const { id } = await desk.create('incidents', fields);
    later();
    await desk.post(`/incidents/${id}/notes`, { audience: 'public', text: 'Old mackerel.' });
    const { id: file } = (await desk.upload(`/incidents/${id}/files?name=halibut.txt`, Buffer.from('old'))).body;
    await relations.post(`/records/${id}/attestations`, { gate: null, title: 'Old sturgeon', statement: 'x' });
    await desk.patch(`/incidents/${id}`, { expectedVersion: 2, title: 'Ships wait' });
    later();
    const before = new Date(app.clock.now()).toISOString();
    later();
    await ask(desk, id, other);
    later();
    await answer(near, (await asked(near, id)).id);
    later();
    await desk.post(`/incidents/${id}/notes`, { audience: 'public', text: 'New salmon.' });
    later();
    const doors = app.endpoints
      .filter(({ method, path: at }) => method === 'GET' && /^\/(incidents|records)\/\{id\}/.test(at))
      .flatMap(({ path: at, query }) => {
        const now = at.replace('{id}', id);
        return query && 'asOf' in query.shape ? [now, `${now}?asOf=${before}`] : [now];
      });
    const told: string[] = [];
    for (const door of [...doors, `/search?q=mackerel`, `/search?q=sturgeon`]) {
      const text = JSON.stringify((await farUser.get(door)).body);
      for (const word of ['mackerel', 'halibut', 'sturgeon', 'Boats wait'])
        if (text.includes(word) && !door.includes(word)) told.push(`${door}: ${word}`);
    }
    expect(told).toEqual([]);
    expect((await farUser.get(`/incidents/${id}?asOf=${before}`)).status).toBe(404);
    const stated = { gate: null, title: 'Theirs', statement: 'x', file };
    expect((await far.post(`/records/${id}/attestations`, stated)).status).toBe(404);
    expect((await farUser.get(`/incidents/${id}/notes`)).body.items.map(({ text }: Body) => text)).toEqual([
      'New salmon.',
    ]);
    expect((await farUser.get(`/records/${id}/journal`)).body.items).toHaveLength(1);
    expect((await nearUser.get(`/incidents/${id}/notes`)).body.items).toHaveLength(2);
  });

  it('and decides on what was attested since, its vote asked for like any other', async () => {
    const id = await requirement([one]);
    await relations.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Old', statement: 'x' });
    later();
    await ask(relations, id, other);
    await answer(near, (await asked(near, id)).id);
    later();
    await relations.post(`/records/${id}/attestations`, { gate: 'G1', title: 'New', statement: 'x' });
    const { evidence } = (await far.get(`/gates/G1/${id}`)).body;
    expect(evidence.map(({ title }: Body) => title)).toEqual(['New']);
  });
});

it('all that was asked, consented to and done is proven by the journal', async () => {
  const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
  expect(differences).toEqual([]);
  const shares = app.database.ownerPool.query(
    `update core.share set since = since - interval '1 day' where kind = 'join'`,
  );
  expect((await shares).rowCount).toBeGreaterThan(0);
  const altered = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
  expect(altered.differences.map(({ what }) => what).join()).toContain('share');
  await app.database.ownerPool.query(`update core.share set since = since + interval '1 day' where kind = 'join'`);
});

describe('a customer no longer shares in a record', () => {
  it('with its own consent alone, and never by the provider or the others', async () => {
    const id = await requirement([one, other]);
    expect((await ask(relations, id, other, 'leave')).status).toBe(201);
    const share = await asked(relations, id);
    expect((await answer(near, share.id)).status).toBe(404);
    expect((await answer(relations, share.id)).status).toBe(403);
    expect((await answer(far, share.id)).status).toBe(200);
    expect([await seen(far, id), await seen(near, id)]).toEqual([404, 200]);
  });

  // Its kind: whatever an act's answer names that goes out of sight by that act.
  it('and who says so is told of which record, though it is out of their sight', async () => {
    const [id, second] = [await requirement([one, other], 'Oars'), await requirement([one, other], 'Sails')];
    await ask(relations, id, other, 'leave');
    const said = await answer(far, (await asked(far, id)).id);
    expect([said.status, said.body.record, await seen(far, id)]).toEqual([200, id, 404]);
    const left = await ask(far, second, other, 'leave');
    expect([left.status, left.body.record, await seen(far, second)]).toEqual([201, second, 404]);
  });

  it('at once where its own decider asks', async () => {
    const id = await requirement([one, other]);
    expect((await ask(far, id, other, 'leave')).status).toBe(201);
    expect([await seen(far, id), await seen(near, id)]).toEqual([404, 200]);
  });

  // Its kind: whatever leaves a record with nobody who could consent.
  it('and lets nobody in by going as the last: what was its own is shared with no other', async () => {
    const id = await requirement([one], 'Herring of Marlowe');
    await ask(relations, id, other);
    await ask(relations, id, one, 'leave');
    const { items } = (await near.get(`/records/${id}/shares`)).body;
    const leave = items.find(({ kind }: Body) => kind === 'leave');
    expect((await answer(near, leave.id)).status).toBe(200);
    expect([await seen(near, id), await seen(far, id), await seen(farUser, id)]).toEqual([404, 404, 404]);
    const told = (await relations.get(`/records/${id}/shares`)).body.items;
    expect(told.map(({ kind, state }: Body) => [kind, state])).toEqual(
      expect.arrayContaining([
        ['join', 'declined'],
        ['leave', 'done'],
      ]),
    );
    expect(codesOf(await ask(relations, id, other))).toEqual(['share.left']);
    expect((await ask(relations, id, one)).status).toBe(201);
    expect([await seen(near, id), await seen(far, id)]).toEqual([200, 404]);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });

  it('not when it decided, attested or wrote there', async () => {
    const id = await requirement([one, other]);
    await far.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Ours', statement: 'x' });
    for (const by of [relations, far]) expect(codesOf(await ask(by, id, other, 'leave'))).toEqual(['share.acted']);
  });
});

// Looked at besides: what links, notes, journals and search tell either customer of the other's.
describe('a case that was logged for the wrong customer', () => {
  it('is cancelled and logged again in one act, and neither reads anything of the other', async () => {
    const { id: service } = await takenOver(keeper, { title: 'By land', customers: [one, other] });
    const { id } = await desk.create('incidents', {
      title: 'Carts of Quay wait',
      customers: [one],
      service,
      impact: '2',
      urgency: 'low',
    });
    const words = { expectedVersion: 1, title: 'Your carts wait', service, impact: '2', urgency: 'low' };
    const tried = async (by: Client, customer: string) => by.post(`/incidents/${id}/log-again`, { ...words, customer });
    expect([(await tried(nearUser, other)).status, codesOf(await tried(desk, one))]).toEqual([
      422,
      ['incident.same-customer'],
    ]);
    const made = await tried(desk, other);
    expect(made.status).toBe(201);
    const { id: again, ref } = made.body;
    expect([await seen(farUser, again), await seen(farUser, id), await seen(nearUser, again)]).toEqual([200, 404, 404]);
    expect((await nearUser.get(`/incidents/${id}`)).body.record.state).toBe('cancelled');
    const doors = (of: string) => [`/incidents/${of}`, `/incidents/${of}/notes`, `/records/${of}/journal`];
    for (const [reader, doorsOf, secrets] of [
      [nearUser, doors(id), [again, ref]],
      [farUser, doors(again), [id, 'Carts of Quay', one]],
    ] as const)
      for (const door of doorsOf) {
        const text = JSON.stringify((await reader.get(door)).body);
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      }
    expect((await desk.get(`/incidents/${id}/notes`)).body.items).toMatchObject([
      { audience: 'internal', text: `Logged again as ${ref}.` },
    ]);
  });
});
