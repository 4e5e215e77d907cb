// What a passed gate stood on ends by time, or is bound by rules that came later: who decided is asked again, once.
import { afterAll, beforeEach, expect, it } from 'vitest';
import { act } from '../../core/record/act/act.ts';
import { link } from '../../core/record/relate/relate.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { takeLooks } from '../../core/decision/basis-look.ts';
import { basisRecount } from '../../core/journal/basis-recount.ts';
import { recounted } from '../../core/journal/recount.ts';
import { arranged } from '../support/arrange.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { agreedRequirement, castOf, charteredPackage, draftedPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;
let keeper: Client;

beforeEach(async () => {
  await app?.close();
  app = await createTestApplication();
  cast = await castOf(app);
  keeper = await app.person('Pol Keeper', ['POL']);
});
afterAll(() => app.close());

const askedAt = async (who: Client, subject: string): Promise<string[]> =>
  (await who.get('/decisions/changed')).body.items
    .filter((each: Body) => each.subject.id === subject && each.mine)
    .map(({ gate }: Body) => gate);
const changesAt = async (who: Client, gate: string, subject: string): Promise<unknown> =>
  (await who.get(`/gates/${gate}/${subject}`)).body.changes.map(({ how, title }: Body) => [how, title]);
const stands = { variant: 'stands', reason: 'We knew.' };

async function told(): Promise<string[]> {
  const { pool, registry } = app.application;
  const now = new Date(app.clock.now()).toISOString();
  return (await recounted(pool, [basisRecount], { registry, now })).map(({ record, what }) => `${record}: ${what}`);
}
/** What is kept is what is computed anew. */
const proved = async (): Promise<void> => expect(await told()).toEqual([]);
/** What is taken out of what is kept, and told then. */
async function missed(subject: string): Promise<string[]> {
  await app.database.ownerPool.query('delete from core.basis_change where subject_id = $1', [subject]);
  return told();
}
const lookedAgain = () => app.runJob('decisions-looked-at-again');

async function inForce(more: object = {}): Promise<string> {
  const { id } = await keeper.create('policies', {
    title: 'No big bets',
    statement: 'What costs more needs another way.',
    rule: 'cost.oneOff <= 1000',
    gates: [{ gate: 'P1' }, { gate: 'G2' }],
    effect: 'waivable',
    ...more,
  });
  await keeper.move('policies', id, 'review');
  await cast.portfolio.move('policies', id, 'approve');
  await keeper.move('policies', id, 'enforce');
  await lookedAgain();
  return id;
}

it('a policy that is revised asks who decided under the former one, and not who decided under it', async () => {
  const pack = (await charteredPackage(cast, await agreedRequirement(cast))).id;
  await inForce({ effect: 'advise', title: 'Only told' });
  expect(await askedAt(cast.sponsor, pack)).toEqual([]);
  await inForce();
  expect([await askedAt(cast.sponsor, pack), await askedAt(cast.portfolio, pack)]).toEqual([['G2'], ['P1']]);
  expect(await changesAt(cast.sponsor, 'G2', pack)).toEqual([['added', expect.stringContaining('No big bets')]]);
  await proved();

  await cast.sponsor.decide('G2', pack, stands);
  expect(await askedAt(cast.sponsor, pack)).toEqual([]);
  await proved();
});

it('a waiver that is taken back, or whose last day is over, asks who decided by it', async () => {
  const policy = await inForce();
  const pack = (await draftedPackage(cast, await agreedRequirement(cast))).id;
  await cast.portfolio.move('service-packages', pack, 'submit');
  const waiver = await cast.portfolio.create('policy-waivers', {
    title: 'Once',
    policy,
    subject: pack,
    reason: 'Worth it.',
  });
  await keeper.move('policy-waivers', waiver.id, 'grant', { control: 'Monthly review', validUntil: '2026-06-30' });
  await cast.portfolio.decide('P1', pack);
  await cast.sponsor.decide('G2', pack);
  await cast.portfolio.move('service-packages', pack, 'name-lead', { designLead: cast.designer.id });
  await lookedAgain();
  expect(await askedAt(cast.sponsor, pack)).toEqual([]);
  app.clock.set('2026-07-01T09:00:00Z');
  await app.runJob('strategy-policies-by-date');
  await lookedAgain();
  expect(await askedAt(cast.sponsor, pack)).toEqual(['G2']);
  expect(await changesAt(cast.sponsor, 'G2', pack)).toEqual([
    ['ended', expect.stringMatching(/^The waiver of .*No big bets$/)],
  ]);
  await proved();
});

it('a statement whose last day is over asks who decided on it, once', async () => {
  const need = await agreedRequirement(cast);
  const pack = (await draftedPackage(cast, need)).id;
  await cast.portfolio.move('service-packages', pack, 'submit');
  await cast.portfolio.decide('P1', pack);
  const said = await cast.relations.post(`/records/${pack}/attestations`, {
    gate: 'G2',
    title: 'Business case',
    statement: 'It pays within a year.',
    expiresAt: '2026-05-01T00:00:00.000Z',
  });
  expect(said.status).toBe(201);
  await cast.sponsor.decide('G2', pack);
  const pass = async (now: string) => {
    app.clock.set(now);
    await app.runJob('evidence-run-out');
    return askedAt(cast.sponsor, pack);
  };
  expect(await pass('2026-04-30T09:00:00Z')).toEqual([]);
  expect(await pass('2026-05-01T09:00:00Z')).toEqual(['G2']);
  expect(await pass('2026-05-01T10:00:00Z')).toEqual(['G2']);
  expect(await changesAt(cast.sponsor, 'G2', pack)).toEqual([['ended', 'Business case']]);
  await proved();
  await cast.sponsor.decide('G2', pack, stands);
  expect(await pass('2026-05-02T09:00:00Z')).toEqual([]);
  await proved();
});

it('a contract of a component that is over asks who decided on that component', async () => {
  const evaluator = await app.person('Eva Luator', ['EVM']);
  const pack = await charteredPackage(cast, await agreedRequirement(cast));
  const { id: design } = await cast.designer.create('design-packages', { title: 'Design', package: pack.id });
  const bought = { title: 'Slot engine', designPackage: design, contractEnds: '2026-05-31' };
  const component = await arranged(app, 'component', bought, 'in_service');
  const release = await arranged(app, 'release', { title: 'Slots 1', designPackage: design }, 'validated');
  const { application, providerId } = app;
  const caller = { principal: systemPrincipal(providerId, 'test', null), channel: 'job' as const, requestId: 'test' };
  await act(application, caller, { command: 'arrange' }, async (work) => ({
    id: await link(work, { type: 'contains', from: release, to: component }),
  }));
  await evaluator.decide('P7', release);
  await app.database.ownerPool.query(`update core.record set state = 'verified' where id = $1`, [release]);
  const pass = async (now: string) => {
    app.clock.set(now);
    await app.runJob('evidence-run-out');
    return askedAt(evaluator, release);
  };
  expect(await pass('2026-05-31T20:00:00Z')).toEqual([]);
  expect(await pass('2026-06-01T09:00:00Z')).toEqual(['P7']);
  expect(await changesAt(evaluator, 'P7', release)).toEqual([['ended', 'Slot engine']]);
  await evaluator.decide('P7', release, stands);
  expect(await pass('2026-06-02T09:00:00Z')).toEqual([]);
  await proved();
});

/** A package that P1 and G2 passed, the latter on a statement that has a last day. */
async function statedUntil(expiresAt: string): Promise<string> {
  const pack = (await draftedPackage(cast, await agreedRequirement(cast))).id;
  await cast.portfolio.move('service-packages', pack, 'submit');
  await cast.portfolio.decide('P1', pack);
  const said = { gate: 'G2', title: 'Business case', statement: 'It pays within a year.', expiresAt };
  expect((await cast.relations.post(`/records/${pack}/attestations`, said)).status).toBe(201);
  await cast.sponsor.decide('G2', pack);
  return pack;
}
/** Approved, and brought into force when asked for. */
async function approvedPolicy(): Promise<string> {
  const { id } = await keeper.create('policies', {
    title: 'No big bets',
    statement: 'What costs more needs another way.',
    rule: 'cost.oneOff <= 1000',
    gates: [{ gate: 'P1' }, { gate: 'G2' }],
    effect: 'waivable',
  });
  await keeper.move('policies', id, 'review');
  await cast.portfolio.move('policies', id, 'approve');
  return id;
}
const keptCount = async (): Promise<number> =>
  (await app.database.ownerPool.query('select from core.basis_change')).rowCount ?? 0;

it('who follows the journal waits for no decided record when a policy comes into force', async () => {
  const pack = (await charteredPackage(cast, await agreedRequirement(cast))).id;
  await keeper.move('policies', await approvedPolicy(), 'enforce');
  const holder = await app.database.ownerPool.connect();
  await holder.query('begin');
  await holder.query('select from core.record where id = $1 for update', [pack]);
  try {
    await app.settle();
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  expect(await askedAt(cast.sponsor, pack)).toEqual([]);
  await lookedAgain();
  expect(await askedAt(cast.sponsor, pack)).toEqual(['G2']);
});

it('all that a policy binds is looked at, some at a time, each run going on where the one before stopped', async () => {
  const pack = (await charteredPackage(cast, await agreedRequirement(cast))).id;
  await app.database.ownerPool.query(
    `create temp table twin as
       select gen_random_uuid() as id, n
       from generate_series(1, 450) n;
     insert into core.record (provider_id, id, type, number, ref, title, state, stage, version, lineage_id, customers, content_hash, head_hash, created_at, updated_at)
       select r.provider_id, t.id, r.type, 9000 + t.n, 'SP-' || 9000 + t.n, r.title, r.state, r.stage, r.version, t.id, r.customers, r.content_hash, r.head_hash, r.created_at, r.updated_at
       from core.record r
       cross join twin t
       where r.id = '${pack}';
     insert into core.decision
       select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'subject_id', t.id))).*
       from core.decision d
       cross join twin t
       where d.subject_id = '${pack}' and d.gate = 'P1'`,
  );
  await keeper.move('policies', await approvedPolicy(), 'enforce');
  const before = await keptCount();
  await takeLooks(app.application, 1);
  const first = await keptCount();
  expect(first - before).toBeGreaterThanOrEqual(199);
  expect(first - before).toBeLessThan(250);
  await takeLooks(app.application, 1);
  expect((await keptCount()) - first).toBeGreaterThanOrEqual(200);
  await lookedAgain();
  expect(await keptCount()).toBe(452);
  expect((await app.database.ownerPool.query('select from core.basis_look')).rowCount).toBe(0);
  // Of more than are listed at once, those that wait for the reader come first, however late they came.
  await app.database.ownerPool.query("update core.basis_change set since = since + interval '1 day' where gate = 'G2'");
  expect(await askedAt(cast.sponsor, pack)).toEqual(['G2']);
  await app.close();
  app = await createTestApplication();
}, 120_000);

it('verify tells nothing that the next look has yet to keep, and what was taken out after it', async () => {
  const pack = await statedUntil('2026-05-01T00:00:00.000Z');
  app.clock.set('2026-04-30T23:00:00Z');
  await app.runJob('evidence-run-out');
  app.clock.set('2026-05-01T00:30:00Z');
  await proved();
  await app.runJob('evidence-run-out');
  expect(await askedAt(cast.sponsor, pack)).toEqual(['G2']);
  await proved();
  expect(await missed(pack)).toEqual([expect.stringMatching(/altered are 0; computed anew they are 1$/)]);
});

it('verify tells nothing while a policy that moved waits for the look at what it binds', async () => {
  const pack = (await charteredPackage(cast, await agreedRequirement(cast))).id;
  const policy = await approvedPolicy();
  await keeper.move('policies', policy, 'enforce');
  await proved();
  await lookedAgain();
  expect(await askedAt(cast.sponsor, pack)).toEqual(['G2']);
  await proved();
  await keeper.move('policies', policy, 'withdraw', { reason: 'Too strict.' });
  await proved();
  await lookedAgain();
  expect(await askedAt(cast.sponsor, pack)).toEqual([]);
  await proved();
  await inForce();
  expect(await missed(pack)).toEqual([expect.stringMatching(/altered are 0; computed anew they are 2$/)]);
});

it('verify judges an example by its own clock, whatever the time is outside', async () => {
  await app.close();
  app = await createTestApplication({ example: true });
  cast = await castOf(app);
  await statedUntil('2026-05-01T00:00:00.000Z');
  await app.runJob('evidence-run-out');
  app.clock.set('2026-06-01T09:00:00Z');
  await app.runJob('evidence-run-out');
  await proved();
});
