// Where something changes that a decision in force stands on, who decided is asked again, and nothing is taken back by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { basisRecount } from '../../core/journal/basis-recount.ts';
import { recounted } from '../../core/journal/recount.ts';
import type { Body, Client } from '../support/client.ts';
import { heldUp } from '../support/held-up.ts';
import { agreedRequirement, amendedOutcome, castOf, charteredPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const changedFor = async (who: Client): Promise<Body[]> => (await who.get('/decisions/changed')).body.items;
const gatesOf = (items: readonly Body[], subject: string): string[] =>
  items.filter((each) => each.subject.id === subject).map((each) => each.gate);
async function amended(): Promise<{ requirement: string; outcome: string; pack: string }> {
  const agreed = await agreedRequirement(cast);
  const pack = await charteredPackage(cast, agreed);
  expect(gatesOf(await changedFor(cast.owner), agreed.id)).toEqual([]);
  await amendedOutcome(cast, agreed.outcome, { target: 3 });
  return { requirement: agreed.id, outcome: agreed.outcome, pack: pack.id };
}

describe('a decision in force that stands on what reads otherwise now', () => {
  it('waits for who decided, with the difference, and alters no state', async () => {
    const { requirement, pack, outcome } = await amended();
    const items = await changedFor(cast.owner);
    expect(gatesOf(items, requirement)).toEqual(['G1']);
    expect(gatesOf(items, pack).toSorted()).toEqual(['G2', 'P1']);
    expect(items.filter(({ mine }) => mine).map(({ gate }) => gate)).toContain('G1');
    const sponsors = (await changedFor(cast.sponsor)).filter((each) => each.subject.id === pack && each.mine);
    expect(sponsors.map(({ gate }) => gate)).toEqual(['G2']);
    const page = (await cast.owner.get(`/gates/G1/${requirement}`)).body;
    expect(page.changes).toMatchObject([
      { id: outcome, how: 'altered', parts: [{ label: 'Target', was: 4, becomes: 3 }] },
    ]);
    expect([page.inState, page.asked, page.subject.state]).toEqual([false, true, 'packaged']);
    expect(page.outcomes.map(({ label }: Body) => label)).toEqual([
      'It stands',
      'It stands, with conditions',
      'Ask again',
    ]);
  });

  it('stands again as who decided says so, on exactly what they read', async () => {
    const { requirement } = await amended();
    const answer = { variant: 'stands', reason: 'The new target is ours too.' };
    for (const who of [cast.relations, cast.portfolio, cast.sponsor])
      expect((await who.tryDecide('G1', requirement, answer)).status).toBe(403);
    expect((await cast.owner.tryDecide('G1', requirement)).body.code).toBe('decision.not-open');
    expect((await cast.owner.tryDecide('G1', requirement, { ...answer, evidenceHash: '0'.repeat(64) })).body.code).toBe(
      'decision.evidence-changed',
    );
    await cast.owner.decide('G1', requirement, answer);
    const read = (await cast.owner.get(`/business-requirements/${requirement}`)).body;
    expect([read.record.state, read.decisions.map(({ basis }: Body) => basis)]).toEqual([
      'packaged',
      ['stale', 'current'],
    ]);
    expect(gatesOf(await changedFor(cast.owner), requirement)).toEqual([]);
    expect((await cast.owner.tryDecide('G1', requirement, answer)).body.code).toBe('decision.not-open');
  });

  it('stands with conditions that are kept like any', async () => {
    const { pack } = await amended();
    const conditions = [
      { text: 'Vans are hired', owner: cast.relations.id, dueAt: '2027-06-01T00:00:00.000Z', blocks: 'G3' },
    ];
    await cast.sponsor.decide('G2', pack, { outcome: 'approve_with_conditions', variant: 'stands', conditions });
    const read = (await cast.owner.get(`/service-packages/${pack}`)).body;
    expect(read.conditions).toMatchObject([{ text: 'Vans are hired', blocks: 'G3', state: 'open' }]);
    expect(gatesOf(await changedFor(cast.sponsor), pack)).toEqual(['P1']);
  });

  it('goes on waiting where it is asked for again, with the reason', async () => {
    const { requirement } = await amended();
    await cast.owner.decide('G1', requirement, { outcome: 'defer', variant: 'ask-again', reason: 'Show us the vans.' });
    const [waits] = (await changedFor(cast.relations)).filter((each) => each.subject.id === requirement);
    expect(waits).toMatchObject({ gate: 'G1', askedAgain: 'Show us the vans.', mine: false });
  });

  it('is told no more once it reads again as it was decided', async () => {
    const { requirement, outcome } = await amended();
    await amendedOutcome(cast, outcome, { target: 4 });
    expect(gatesOf(await changedFor(cast.owner), requirement)).toEqual([]);
  });

  it('is proved by the journal, and missed where its row is taken out', async () => {
    const { requirement } = await amended();
    const { pool, registry } = app.application;
    const differences = async () => {
      const now = new Date(app.clock.now()).toISOString();
      return (await recounted(pool, [basisRecount], { registry, now })).map(({ record }) => record);
    };
    expect(await differences()).toEqual([]);
    const { ownerPool } = app.database;
    const { rows } = await ownerPool.query<{ taken: object }>(
      'delete from core.basis_change b where subject_id = $1 returning to_jsonb(b) as taken',
      [requirement],
    );
    const { ref } = (await cast.owner.get(`/business-requirements/${requirement}`)).body.record;
    expect(await differences()).toEqual([ref]);
    await ownerPool.query(
      'insert into core.basis_change select x.* from jsonb_populate_record(null::core.basis_change, $1) x',
      [rows[0]?.taken],
    );
    expect(await differences()).toEqual([]);
  });

  // Two at once: what a decision has read is not altered behind its back while it is under way, or neither would see the other.
  it('is not missed where what it stands on is edited while somebody decides', async () => {
    const given = { title: 'Slots', statement: 'They are needed.', trigger: 'market', customers: [cast.customer] };
    const { id: requirement } = await cast.owner.create('business-requirements', given);
    const outcome = await cast.owner.create('outcomes', { title: 'O', requirement, statement: 'O.' });
    const decided = { text: 'select from core.record where id = $1 for update', values: [requirement] };
    const [edited] = await heldUp(app, decided, {
      first: () => cast.owner.patch(`/outcomes/${outcome.id}`, { expectedVersion: 1, statement: 'Another.' }),
      between: async () => Promise.resolve(),
    });
    expect(edited.status).toBe(200);
  }, 30_000);

  it('is told to nobody of another customer', async () => {
    const { requirement } = await amended();
    const { owner: stranger } = await castOf(app, 'Tidewater Quay');
    expect(gatesOf(await changedFor(stranger), requirement)).toEqual([]);
  });
});

it('after a whole thread nobody is asked anew for what went by its own way', async () => {
  const agreed = await agreedRequirement(cast);
  const pack = await charteredPackage(cast, agreed);
  expect(gatesOf(await changedFor(cast.owner), agreed.id)).toEqual([]);
  expect(gatesOf(await changedFor(cast.owner), pack.id)).toEqual([]);
});
