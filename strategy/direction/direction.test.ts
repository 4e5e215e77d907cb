import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, draftedPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let keeper: Client;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  keeper = await app.person('Pol Keeper', ['POL']);
});
afterAll(() => app.close());

const policy = {
  title: 'No big bets',
  statement: 'What costs more than 1,000 in one go needs another way.',
  rule: 'cost.oneOff <= 1000',
  gates: [{ gate: 'P1' }, { gate: 'G2' }],
  effect: 'waivable',
};

async function inForce(more: object = {}): Promise<string> {
  const { id } = await keeper.create('policies', { ...policy, ...more });
  await keeper.move('policies', id, 'review');
  await cast.portfolio.move('policies', id, 'approve');
  await keeper.move('policies', id, 'enforce');
  return id;
}

async function submitted(): Promise<string> {
  const pack = await draftedPackage(cast, await agreedRequirement(cast));
  await cast.portfolio.move('service-packages', pack.id, 'submit');
  return pack.id;
}

describe('a policy', () => {
  it('is not written by the business', async () => {
    expect(await cast.sponsor.post('/policies', policy)).toMatchObject({ status: 403 });
  });

  it('is refused with a rule that names unknown facts, or a gate that is not', async () => {
    const unknown = await keeper.post('/policies', { ...policy, rule: 'cost.oneOf <= 1000' });
    expect(unknown).toMatchObject({
      status: 422,
      body: { refusals: [{ code: 'rule.unknown-name', field: 'rule' }, {}] },
    });
    expect(await keeper.post('/policies', { ...policy, gates: [{ gate: 'X9' }] })).toMatchObject({
      status: 422,
      body: { code: 'policy.gate' },
    });
  });

  it('closes the gate it names until the policy owner grants a waiver', async () => {
    const id = await inForce();
    const pack = await submitted();
    expect(await cast.portfolio.tryDecide('P1', pack)).toMatchObject({
      status: 409,
      body: { code: 'decision.policy' },
    });
    const waiver = await cast.portfolio.create('policy-waivers', {
      title: 'Once',
      policy: id,
      subject: pack,
      reason: 'Worth it.',
    });
    const terms = { control: 'Monthly review', validUntil: '2026-06-30' };
    expect(await cast.portfolio.tryMove('policy-waivers', waiver.id, 'grant', terms)).toMatchObject({ status: 403 });
    await keeper.move('policy-waivers', waiver.id, 'grant', terms);
    const gate = (await cast.portfolio.get(`/gates/P1/${pack}`)).body;
    expect(gate.policies).toMatchObject([{ id, verdict: 'waived', effect: 'waivable' }]);
    await cast.portfolio.decide('P1', pack);
    app.clock.set('2026-07-01T09:00:00Z');
    await app.runJob('strategy-policies-by-date');
    expect((await keeper.get(`/policy-waivers/${waiver.id}`)).body.record.state).toBe('expired');
    expect(await cast.sponsor.tryDecide('G2', pack)).toMatchObject({ status: 409 });
    app.clock.set('2026-03-02T10:00:00Z');
    await keeper.move('policies', id, 'withdraw', { reason: 'Done.' });
  });

  it('is not met where it cannot be decided, and only told where it advises', async () => {
    const id = await inForce({ title: 'Availability', rule: 'warranty.availability >= 99', effect: 'advise' });
    const pack = await submitted();
    const gate = (await cast.portfolio.get(`/gates/P1/${pack}`)).body;
    expect(gate).toMatchObject({ open: true, policies: [{ id, verdict: 'undecided', effect: 'advise' }] });
  });
});
