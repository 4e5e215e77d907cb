// Of what one role stated of one thing at a gate the newest stands; nobody else speaks to it, and nothing closes a gate for ever.
// Looked at besides: statements of no gate, of a gate of another record, of customers who share a record; what ran out; a statement
// that was replaced before it is taken back; decisions made on what is taken back later.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { castOf } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';
import type { Answer, Body, Client } from '../support/client.ts';

let app: TestApplication;
let cast: Cast;
let desk: Client;
let second: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  desk = await app.person('Dee Desk', ['SDK']);
  second = await app.person('Second Owner', ['BOW'], { customer: cast.customer });
});
afterAll(() => app.close());

const codes = ({ body }: Answer): string[] => (body.refusals ?? []).map((each: Body) => each.code);

/** A requirement of the business that waits at its gate. */
async function waiting(): Promise<string> {
  const { owner, customer } = cast;
  const need = { statement: 'Two hours.', trigger: 'market', priority: 'must', profile: 'light' };
  const { id } = await owner.create('business-requirements', { title: 'Slots', ...need, customers: [customer] });
  await owner.create('outcomes', { title: 'O', requirement: id, statement: 'O.', measure: 'm', unit: '%' });
  await owner.move('business-requirements', id, 'analyse');
  return id;
}

const state = (by: Client, id: string, more: object = {}) =>
  by.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Board paper', statement: 'As written.', ...more });
const takeBack = (by: Client, id: string, reason = 'It was another paper.') =>
  by.post(`/attestations/${id}/withdraw`, { reason });
const page = async (id: string): Promise<Body> => (await cast.owner.get(`/gates/G1/${id}`)).body;
const shown = async (id: string) => (await page(id)).evidence.flatMap(({ statement }: Body) => statement ?? []);
const closed = async (id: string) => (await page(id)).closedBecause.map(({ code }: Body) => code);

describe('what was stated at a gate', () => {
  it('is for the roles that the gate asks: another neither opens nor closes it', async () => {
    const id = await waiting();
    expect(codes(await state(desk, id, { failed: true }))).toEqual(['attest.not-asked']);
    expect((await state(desk, id, { gate: null, failed: true })).status).toBe(201);
    expect((await state(cast.relations, id, { failed: true, statement: 'We doubt it.' })).status).toBe(201);
    // Who looks after the business at the provider is read, and holds nothing up; to what is the business's it does not speak.
    expect(await shown(id)).toEqual(['We doubt it.']);
    expect(codes(await state(cast.relations, id, { title: ' draft OUTCOMES' }))).toEqual(['attest.not-asked']);
    expect(await closed(id)).toEqual([]);
    await cast.owner.decide('G1', id);
  });

  it('is replaced by what the same role states anew, and the gate that it closed is open', async () => {
    const id = await waiting();
    await state(cast.owner, id, { failed: true, statement: 'The board refused.' });
    expect(await closed(id)).toEqual(['decision.evidence']);
    expect((await cast.owner.tryDecide('G1', id)).body.code).toBe('decision.evidence');
    await state(second, id, { title: 'board PAPER', statement: 'The board agreed.' });
    expect([await closed(id), await shown(id)]).toEqual([[], ['The board agreed.']]);
    await state(cast.owner, id, { failed: true, statement: 'It was mistaken.' });
    expect(await closed(id)).toEqual(['decision.evidence']);
  });

  it('and failed is hidden by no other role that adds one which passed', async () => {
    const id = await waiting();
    await state(cast.owner, id, { failed: true });
    for (const by of [cast.sponsor, cast.relations])
      expect((await state(by, id, { statement: 'Fine with us.' })).status).toBe(201);
    expect([await closed(id), (await shown(id)).length]).toEqual([['decision.evidence'], 3]);
  });

  it('that ran out closes it until it is stated anew', async () => {
    const id = await waiting();
    await state(cast.owner, id, { expiresAt: new Date(app.clock.now() + 60_000).toISOString() });
    expect(await closed(id)).toEqual([]);
    app.clock.advance(120_000);
    expect(await closed(id)).toEqual(['decision.evidence']);
    await state(cast.owner, id);
    expect(await closed(id)).toEqual([]);
  });

  it('names a gate that is decided on the record', async () => {
    const answer = await state(cast.owner, await waiting(), { gate: 'G4' });
    expect([answer.status, codes(answer)]).toEqual([422, ['attest.gate']]);
  });
});

describe('what is taken back', () => {
  it('has a reason that both sides read, and nothing older stands instead', async () => {
    const id = await waiting();
    await state(cast.owner, id, { statement: 'First.' });
    const { body: stated } = await state(cast.owner, id, { statement: 'Second.' });
    const answer = await takeBack(second, stated.id);
    expect([answer.status, answer.body.withdraws, answer.body.statement]).toEqual([
      201,
      stated.id,
      'It was another paper.',
    ]);
    expect(await shown(id)).toEqual([]);
    const [told] = (await desk.get(`/records/${id}/journal`)).body.items;
    expect([told.kind, told.reason, told.edits['_evidence'].withdraws]).toEqual([
      'attested',
      'It was another paper.',
      stated.id,
    ]);
  });

  it('is so only once, and not once it was replaced', async () => {
    const id = await waiting();
    const { body: first } = await state(cast.owner, id);
    const { body: newest } = await state(cast.owner, id);
    expect(codes(await takeBack(cast.owner, first.id))).toEqual(['attest.replaced']);
    const { body: end } = await takeBack(cast.owner, newest.id);
    expect(codes(await takeBack(cast.owner, newest.id))).toEqual(['attest.replaced']);
    expect((await takeBack(cast.owner, end.id)).status).toBe(404);
  });

  it('is so by who holds the role in which it was stated, for the same customer', async () => {
    const id = await waiting();
    const { body: stated } = await state(cast.owner, id);
    for (const by of [cast.relations, cast.sponsor, desk])
      expect(codes(await takeBack(by, stated.id))).toEqual(['attest.not-yours']);
    const far = await app.person('Far Owner', ['BOW'], { customer: await app.customer('Far away') });
    expect((await takeBack(far, stated.id)).status).toBe(404);
  });

  it('leaves who decided on it to say whether the decision stands', async () => {
    const id = await waiting();
    const { body: stated } = await state(cast.owner, id);
    await cast.owner.decide('G1', id);
    await takeBack(cast.owner, stated.id);
    const { items } = (await cast.owner.get('/decisions/changed')).body;
    expect(items.filter((each: Body) => each.subject.id === id).map((each: Body) => each.gate)).toEqual(['G1']);
    const { changes } = await page(id);
    expect(changes.map(({ how }: Body) => how)).toEqual(['gone']);
  });
});

it('is proven by the journal, with all that was taken back', async () => {
  const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
  expect(differences).toEqual([]);
});
