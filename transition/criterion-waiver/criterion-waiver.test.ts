// What is not met is done without only by who bears it, and only until a day. Its kind: a word by which one side lets the other off.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../core/clock/units.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Answer, Body, Client } from '../../test/support/client.ts';

let app: TestApplication;
let customer: string;
let manager: Client;
let transitionManager: Client;
let representative: Client;
beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  manager = await app.person('Rex Release', ['RDM', 'TSM']);
  transitionManager = await app.person('Tom Transition', ['TRM', 'OPS']);
  representative = await app.person('Cus Representative', ['CUS'], { customer });
});
afterAll(() => app.close());

const codesOf = ({ body }: Answer): string[] => body.refusals.map(({ code }: Body) => code);
const inDays = (days: number) => new Date(app.clock.now() + days * dayMs).toISOString().slice(0, 10);
const criteria = [
  { criterion: 'SAC-1', statement: 'Bookings are quick', side: 'B', state: 'met' },
  { criterion: 'SAC-2', statement: 'Night bookings work', side: 'B', state: 'unmet' },
];
const release = (state = 'validated') =>
  arranged(app, 'release', { title: 'Slots 2', customers: [customer], criteria }, state);
const asked = (subject: string, more: object = {}) => ({
  title: 'Without nights',
  subject,
  criterion: 'SAC-2',
  impact: 'Nobody books at night.',
  control: 'The desk takes bookings by telephone.',
  validUntil: inDays(30),
  ...more,
});
const proposed = async (subject: string, more: object = {}): Promise<string> =>
  (await manager.create('criterion-waivers', asked(subject, more))).id;
const isClosedByCriterion = async (subject: string): Promise<boolean> =>
  codesOf(await representative.tryDecide('G4', subject)).includes('release.criterion');

describe('an acceptance criterion that is not met', () => {
  it('is not written off by the provider', async () => {
    const id = await release('planned');
    const waived = criteria.map((each) => ({ ...each, state: 'waived', evidence: 'The business knows.' }));
    const { version } = (await manager.get(`/releases/${id}`)).body.record;
    expect((await manager.patch(`/releases/${id}`, { expectedVersion: version, criteria: waived })).status).toBe(422);
  });

  it('is not done without for what the provider writes beside it', async () => {
    const written = criteria.map((each) => ({ ...each, evidence: 'Waived by the business.' }));
    const id = await arranged(
      app,
      'release',
      { title: 'Slots 3', customers: [customer], criteria: written },
      'validated',
    );
    expect(await isClosedByCriterion(id)).toBe(true);
  });

  it('is waived by the business alone, which reads what it does without', async () => {
    const id = await release();
    expect(await isClosedByCriterion(id)).toBe(true);
    const waiver = await proposed(id);
    expect(await isClosedByCriterion(id)).toBe(true);
    for (const who of [manager, transitionManager])
      expect(codesOf(await who.tryDecide('G12', waiver))).toContain('decision.not-business-authority');
    const { fields } = (await representative.get(`/criterion-waivers/${waiver}`)).body.record;
    expect([fields.statement, fields.impact]).toEqual(['Night bookings work', 'Nobody books at night.']);
    await representative.decide('G12', waiver);
    expect(await isClosedByCriterion(id)).toBe(false);
    const { evidence } = (await representative.get(`/gates/G4/${id}`)).body;
    expect(evidence.map((each: Body) => each.id)).toContain(waiver);
    // What was decided is not edited any more.
    const { version } = (await manager.get(`/criterion-waivers/${waiver}`)).body.record;
    const edit = await manager.patch(`/criterion-waivers/${waiver}`, { expectedVersion: version, impact: 'None.' });
    expect(codesOf(edit)).toEqual(['record.frozen']);
  });

  it('is not waived by who asked for that', async () => {
    const { id } = await representative.create('criterion-waivers', asked(await release()));
    expect(codesOf(await representative.tryDecide('G12', id))).toContain('separation.sd4');
  });

  it('is open again when the waiver has ended, and what was decided on it reads otherwise', async () => {
    const id = await release();
    const waiver = await proposed(id, { validUntil: inDays(3) });
    await representative.decide('G12', waiver);
    const before = (await representative.get(`/gates/G4/${id}`)).body.evidenceHash;
    app.clock.advance(4 * dayMs);
    // Its last day is over, though no job has run yet.
    expect(await isClosedByCriterion(id)).toBe(true);
    await Promise.all([app.runJob('criterion-waivers-by-date'), app.runJob('criterion-waivers-by-date')]);
    expect((await manager.get(`/criterion-waivers/${waiver}`)).body.record.state).toBe('expired');
    expect((await representative.get(`/gates/G4/${id}`)).body.evidenceHash).not.toBe(before);
  });

  it('is open again when the business insists on it after all', async () => {
    const id = await release();
    const waiver = await proposed(id);
    await representative.decide('G12', waiver);
    const before = (await representative.get(`/gates/G4/${id}`)).body.evidenceHash;
    await representative.decide('G12', waiver, { outcome: 'withdraw', reason: 'Night bookings matter.' });
    expect(await isClosedByCriterion(id)).toBe(true);
    expect((await representative.get(`/gates/G4/${id}`)).body.evidenceHash).not.toBe(before);
  });

  it('is waived as it was read: another wording is another criterion', async () => {
    const id = await release();
    const waiver = await proposed(id);
    const reworded = criteria.map((each) => ({ ...each, statement: `${each.statement}, always` }));
    await app.database.ownerPool.query('update transition.release set criteria = $2 where id = $1', [
      id,
      JSON.stringify(reworded),
    ]);
    expect(codesOf(await representative.tryDecide('G12', waiver))).toEqual(['criterion-waiver.no-criterion']);
  });

  it('is waived only where it stands, is not met, and until a day to come', async () => {
    const id = await release();
    const grant = async (more: object) => codesOf(await representative.tryDecide('G12', await proposed(id, more)));
    expect(await grant({ criterion: 'SAC-9' })).toEqual(['criterion-waiver.no-criterion']);
    expect(await grant({ criterion: 'SAC-1' })).toEqual(['criterion-waiver.met']);
    expect(await grant({ validUntil: inDays(-1) })).toEqual(['criterion-waiver.ends']);
  });
});

it('an exit criterion is waived in the same way', async () => {
  const of = await release('verified');
  const exits = [{ criterion: 'EL-08', statement: 'Cost of running within tolerance', state: 'unmet' }];
  const given = { title: 'Watch', customers: [customer], release: of, criteria: exits, team: 'All.', windowDays: 1 };
  const id = await arranged(app, 'early-life-support', given, 'active');
  const closed = async () =>
    codesOf(await transitionManager.tryMove('early-life-support', id, 'request-exit')).includes('early-life.criterion');
  expect(await closed()).toBe(true);
  const waiver = await proposed(id, { criterion: 'EL-08' });
  await representative.decide('G12', waiver);
  expect(await closed()).toBe(false);
});
