// A condition of a decision binds somebody who can keep it by a day, is reminded of, and lapses. Its kind: what is promised to who
// decided and that nobody but a reader would notice when it is not kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemId } from '../../core/permission/principal.ts';
import { dayMs } from '../../core/clock/units.ts';
import { conditionSubscriber } from '../../improvement/register/jobs.ts';
import { agreedRequirement, castOf, draftedPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const inDays = (days: number) => new Date(app.clock.now() + days * dayMs).toISOString();
const lapse = () => app.runJob('conditions');
const toMe = async (who: Client): Promise<Body[]> => (await who.get('/conditions')).body.items;
const entriesOf = async (id: string): Promise<Body[]> => (await cast.owner.get(`/records/${id}/journal`)).body.items;

/** A package that waits at G2, its requirement agreed on a condition that is said here. */
async function agreedOn(condition: object): Promise<{ requirement: string; pack: string; condition: string }> {
  const agreed = await agreedRequirement(cast);
  const pack = await draftedPackage(cast, agreed);
  await cast.portfolio.move('service-packages', pack.id, 'submit');
  await cast.portfolio.decide('P1', pack.id, {
    outcome: 'approve_with_conditions',
    conditions: [{ text: 'Vans are hired', owner: cast.relations.id, dueAt: inDays(10), ...condition }],
  });
  const [made] = (await cast.portfolio.get(`/service-packages/${pack.id}`)).body.conditions;
  return { requirement: agreed.id, pack: pack.id, condition: made.id };
}

describe('a condition', () => {
  it.each([
    ['that nobody sees to', () => ({ owner: null }), 'decision.condition-owner'],
    ['without a day', () => ({ dueAt: null }), 'decision.condition-due'],
    ['whose day is over', () => ({ dueAt: inDays(-1) }), 'decision.condition-due'],
    ['that closes the gate it is made at', () => ({ blocks: 'G1' }), 'decision.condition-gate'],
    ['that closes a gate which is none', () => ({ blocks: 'G99' }), 'decision.condition-gate'],
  ])('%s is refused, at its field', async (_what, more, code) => {
    const { id } = await agreedRequirement(cast);
    const condition = { text: 'Stores are told', owner: cast.relations.id, dueAt: inDays(5), ...more() };
    const answer = await cast.owner.tryDecide('G1', id, {
      outcome: 'approve_with_conditions',
      conditions: [condition],
    });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.refusals[0].field).toMatch(/^conditions\.0\.(owner|dueAt|blocks)$/);
  });

  it('is owed by nobody whom the decider cannot see, and by nobody who cannot see what it is about', async () => {
    const { owner: stranger } = await castOf(app, 'Tidewater Quay');
    const { id } = await agreedRequirement(cast);
    const on = (owner: string) => ({
      outcome: 'approve_with_conditions',
      conditions: [{ text: 'Told', owner, dueAt: inDays(5) }],
    });
    expect((await cast.owner.tryDecide('G1', id, on(stranger.id))).body.code).toBe('record.unknown-reference');
    const blind = await app.person('Nora Norole', []);
    expect((await cast.owner.tryDecide('G1', id, on(blind.id))).body.code).toBe('decision.condition-owner');
  });

  it('closes the gate it blocks until it is met, and no other', async () => {
    const { pack, condition } = await agreedOn({ blocks: 'G2' });
    const closed = await cast.sponsor.tryDecide('G2', pack);
    expect([closed.status, closed.body.code]).toEqual([409, 'decision.condition-open']);
    await cast.relations.post(`/conditions/${condition}/met`, { evidence: 'Hired.' });
    await cast.sponsor.decide('G2', pack);
  });

  it('stands with who sees to it and with whom it is owed to, with how many there are', async () => {
    const { condition, pack } = await agreedOn({ blocks: 'G2' });
    const mine = (await toMe(cast.relations)).find(({ id }) => id === condition);
    expect(mine).toMatchObject({ mine: true, owed: false, state: 'open', blocks: 'G2', subject: { id: pack } });
    expect((await toMe(cast.portfolio)).find(({ id }) => id === condition)).toMatchObject({ mine: false, owed: true });
    expect((await toMe(cast.designer)).find(({ id }) => id === condition)).toBeUndefined();
    expect((await toMe(cast.sponsor)).find(({ id }) => id === condition)).toBeUndefined();
    const { body } = await cast.relations.get('/conditions');
    expect(body.count).toEqual({ mine: body.items.filter((each: Body) => each.mine).length, owed: 0 });
  });

  it('is reminded of once before its day, as an act of the clock', async () => {
    const { condition, pack } = await agreedOn({ blocks: 'G2' });
    await lapse();
    expect((await toMe(cast.relations)).find(({ id }) => id === condition)?.soon).toBe(false);
    app.clock.advance(8 * dayMs);
    await lapse();
    await lapse();
    expect((await toMe(cast.relations)).find(({ id }) => id === condition)?.soon).toBe(true);
    const reminders = (await entriesOf(pack)).filter(({ edits }) => edits?.['_condition']?.reminded);
    expect(reminders).toMatchObject([{ kind: 'recounted', actor: systemId }]);
  });

  it('lapses when its day is over: once, by the clock, also with two at work at once', async () => {
    const { condition, pack } = await agreedOn({ blocks: 'G2' });
    app.clock.advance(11 * dayMs);
    await Promise.all([lapse(), lapse()]);
    const told = (await entriesOf(pack)).filter(({ edits }) => edits?.['_condition']?.state === 'lapsed');
    expect(told).toHaveLength(1);
    expect((await toMe(cast.relations)).find(({ id }) => id === condition)).toMatchObject({ state: 'lapsed' });
  });

  it('that lapsed keeps its gate closed, and who decided is asked whether the decision stands', async () => {
    const { condition, pack } = await agreedOn({ blocks: 'G2' });
    app.clock.advance(11 * dayMs);
    await lapse();
    const closed = await cast.sponsor.tryDecide('G2', pack);
    expect([closed.body.code, closed.body.refusals[0].sentence]).toEqual([
      'decision.condition-open',
      'A condition of an earlier decision lapsed without being met: Vans are hired.',
    ]);
    const asked = async () =>
      (await cast.portfolio.get('/decisions/changed')).body.items.filter(
        (each: Body) => each.subject.id === pack && each.mine,
      );
    expect(await asked()).toMatchObject([{ gate: 'P1', lapsed: ['Vans are hired'] }]);
    const page = (await cast.portfolio.get(`/gates/P1/${pack}`)).body;
    expect(page.conditions).toMatchObject([{ text: 'Vans are hired', state: 'lapsed' }]);
    expect(page.asked).toBe(true);
    // Met late it is met: nobody is asked any longer, and the gate opens.
    await cast.relations.post(`/conditions/${condition}/met`, { evidence: 'Hired at last.' });
    expect(await asked()).toEqual([]);
    await cast.sponsor.decide('G2', pack);
  });

  it('that lapsed leaves the answer to who decided, and its gate closed meanwhile', async () => {
    const { pack } = await agreedOn({ blocks: 'G3' });
    app.clock.advance(11 * dayMs);
    await lapse();
    await cast.portfolio.decide('P1', pack, { variant: 'stands', reason: 'We wait for the vans.' });
    const { items } = (await cast.portfolio.get('/decisions/changed')).body;
    expect(items.filter((each: Body) => each.subject.id === pack)).toEqual([]);
    expect((await toMe(cast.portfolio)).map(({ state, subject }) => [state, subject.id])).toContainEqual([
      'lapsed',
      pack,
    ]);
  });

  it('that lapsed and blocks no gate becomes an improvement, once, and comes to who decided', async () => {
    const { pack, condition } = await agreedOn({ blocks: null });
    app.clock.advance(11 * dayMs);
    await lapse();
    await catchUp(app.application, conditionSubscriber);
    const improver = await app.person('Cleo Improver', ['CSI']);
    const { items } = (await improver.get('/improvements?limit=100')).body;
    const raised = items.filter((each: Body) => each.title.includes('Vans are hired'));
    expect(raised).toHaveLength(1);
    expect(raised[0].customers).toEqual([cast.customer]);
    const changed = (await cast.portfolio.get('/decisions/changed')).body.items;
    expect(changed.filter((each: Body) => each.subject.id === pack)).toMatchObject([{ gate: 'P1', mine: true }]);
    expect((await toMe(cast.portfolio)).find(({ id }) => id === condition)).toMatchObject({ state: 'lapsed' });
  });

  it('is what it was then, when the past is asked', async () => {
    const { pack } = await agreedOn({ blocks: 'G2' });
    app.clock.advance(dayMs);
    const then = new Date(app.clock.now()).toISOString();
    app.clock.advance(11 * dayMs);
    await lapse();
    const at = async (asOf: string) =>
      (await cast.portfolio.get(`/service-packages/${pack}?asOf=${encodeURIComponent(asOf)}`)).body.conditions[0].state;
    expect([await at(then), await at(new Date(app.clock.now()).toISOString())]).toEqual(['open', 'lapsed']);
  });
});

it('leaves a journal that folds to what stands, and shows a lapse that was taken back by hand', async () => {
  const differences = async () =>
    (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences.map(
      ({ what }) => what,
    );
  expect(await differences()).toEqual([]);
  await app.database.ownerPool.query(
    `update core.condition set state = 'open', lapsed_at = null
     where id = (select id from core.condition where state = 'lapsed' limit 1)`,
  );
  expect((await differences()).some((what) => what.includes('condition'))).toBe(true);
});
