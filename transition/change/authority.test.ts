// The higher a change's risk, the higher who decides. Its kind: a level that is shown and that nothing obeys.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Answer, Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let customer: string;
let raiser: Client;
let manager: Client;
let sponsor: Client;
let board: Client[];
let operations: Client;
let service: string;
const limit = { minor: 1_000_00, currency: 'GBP' };

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  raiser = await app.person('Sol Owner', ['SOW', 'TRM']);
  manager = await app.person('Cho Authority', ['CHM'], { limit });
  sponsor = await app.person('Sam Sponsor', ['BEX'], { customer, limit: { minor: 90_000_00, currency: 'GBP' } });
  board = [await app.person('Ann Board', ['BRD']), await app.person('Ben Board', ['BRD'])];
  operations = await app.person('Op Erations', ['OPS', 'BLD', 'TSM']);
  service = (await takenOver(raiser, { title: 'Slot promise', customers: [customer] })).id;
});
afterAll(() => app.close());

const given = {
  title: 'Show slots at once',
  reason: 'Slots are shown late.',
  benefit: 'Slots are shown at once.',
  risks: 'A wrong slot is shown.',
  resources: 'Two builders for a week.',
  relationships: 'None.',
  agreementImpact: 'None.',
  backOutPlan: 'Deploy the previous build.',
  testPlan: 'The regression suite.',
  impact: 1,
  likelihood: 1,
};

async function assessing(fields: object): Promise<string> {
  const { id } = await raiser.create('changes', {
    ...given,
    customers: [customer],
    service,
    responsible: operations.id,
    links: [{ type: 'relatesTo', to: service }],
    ...fields,
  });
  await raiser.move('changes', id, 'submit');
  await manager.move('changes', id, 'assess');
  return id;
}

/** Why it is not decided, but for the evidence that other tests are about. */
const reasons = ({ body }: Answer): Body[] =>
  body.refusals.filter(({ code }: Body) => code !== 'decision.evidence-missing');
const codes = (answer: Answer): string[] => reasons(answer).map(({ code }) => code);
const sentences = (answer: Answer): string[] => reasons(answer).map(({ sentence }) => sentence);
const levelOf = async (id: string): Promise<string> =>
  (await manager.get(`/changes/${id}`)).body.record.fields.riskLevel;
const waitsFor = async (who: Client, gate: string, id: string): Promise<boolean> =>
  (await who.get('/decisions/waiting?mine=true&limit=200')).body.items.some(
    (each: Body) => each.gate === gate && each.subject.id === id,
  );

describe('a change at L1', () => {
  it.each([
    ['risk 12', { impact: 3, likelihood: 4 }],
    ['risk 1, alters what was agreed', { touchesAgreement: true }],
    ['risk 1, outage in service hours', { outageInServiceHours: true }],
    ['risk 1, cost over the limit', { cost: { minor: 1_000_01, currency: 'GBP' } }],
    ['risk 1, cost over the limit', { cost: { minor: 1, currency: 'EUR' } }],
  ])('is decided by the business, for its %s', async (why, fields) => {
    const id = await assessing(fields);
    expect(await levelOf(id)).toBe('L1');
    expect(sentences(await manager.tryDecide('P4', id))).toEqual([
      `At level L1 (${why}) the business decides, and has not as the change reads now.`,
    ]);
  });

  // Looked at besides: whoever decides at any gate, whose rights are resolved at that moment.
  it('is judged by the limits of who may authorise it now: no right that is over, to come, of somebody suspended or of another customer', async () => {
    const other = await app.customer('Kestrel');
    await app.person('Was Manager', ['CHM'], { validTo: '2026-01-01T00:00:00Z' });
    await app.person('Will Manage', ['CHM'], { validFrom: '2027-01-01T00:00:00Z' });
    const suspended = await app.person('Sus Pended', ['CHM']);
    const administrator = await app.person('Ada Min', ['ADM']);
    await administrator.move('people', suspended.id, 'suspend', { reason: 'On leave.' });
    const own = await app.person('Kes Manager', []);
    await administrator.create('role-grants', { title: 'CHM', person: own.id, role: 'CHM', customer: other });
    const id = await assessing({ cost: { minor: 1_000_01, currency: 'GBP' } });
    expect(await levelOf(id)).toBe('L1');
    expect(codes(await manager.tryDecide('P4', id))).toContain('change.authority');
  });

  it('waits for the business once it is asked, and for nobody below', async () => {
    const id = await assessing({ touchesAgreement: true, cost: { minor: 50_000_00, currency: 'GBP' } });
    expect(await waitsFor(sponsor, 'G13', id)).toBe(false);
    await manager.move('changes', id, 'ask-business');
    expect(await waitsFor(sponsor, 'G13', id)).toBe(true);
    for (const who of [manager, raiser, operations, ...board])
      expect(codes(await who.tryDecide('G13', id))).toContain('decision.not-business-authority');
    for (const who of board) expect(codes(await who.tryDecide('P12', id))).toContain('change.other-level');
    // A word at the gate is no decision.
    const word = { gate: 'P4', title: 'Consent', statement: 'We want it.' };
    expect((await sponsor.post(`/records/${id}/attestations`, word)).status).toBe(201);
    expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.authority']);
    await sponsor.decide('G13', id);
    await manager.decide('P4', id);
  });

  it('is decided by the business anew where the change reads otherwise, and for its deployment', async () => {
    const id = await assessing({ touchesAgreement: true });
    await manager.move('changes', id, 'ask-business');
    await sponsor.decide('G13', id);
    const { version } = (await manager.get(`/changes/${id}`)).body.record;
    await manager.patch(`/changes/${id}`, { expectedVersion: version, risks: 'Two wrong slots are shown.' });
    expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.authority']);
    await sponsor.decide('G13', id);
    await manager.decide('P4', id);
    await operations.move('changes', id, 'start-build');
    const tester = await app.person('Tess Tester', ['TSM']);
    await tester.move('changes', id, 'pass-tests', { testEvidence: 'All green.', backOutTest: 'tested' });
    await manager.move('changes', id, 'propose-window', {
      windowFrom: new Date(app.clock.now() + 86_400_000).toISOString(),
      windowTo: new Date(app.clock.now() + 90_000_000).toISOString(),
      windowZone: 'Europe/London',
      reviewCriteria: 'Slots are shown within a second.',
    });
    expect(codes(await manager.tryDecide('P9', id))).toEqual(['change.authority']);
    expect(codes(await sponsor.tryDecide('G13', id))).toEqual(['decision.not-asked']);
    await manager.move('changes', id, 'ask-business');
    await sponsor.decide('G13', id);
    await manager.decide('P9', id);
  });

  it('is decided within the limit of who decides', async () => {
    const id = await assessing({ cost: { minor: 90_000_01, currency: 'GBP' } });
    await manager.move('changes', id, 'ask-business');
    expect(codes(await sponsor.tryDecide('G13', id))).toEqual(['decision.limit']);
  });

  it('rises to it when a limit is lowered after it was assessed', async () => {
    const second = await app.person('Cas Authority', ['CHM'], { limit: { minor: 5_000_00, currency: 'GBP' } });
    const id = await assessing({ cost: { minor: 4_000_00, currency: 'GBP' } });
    expect(await levelOf(id)).toBe('L4');
    await app.database.ownerPool.query(`update core.role_grant set state = 'revoked' where person = $1`, [second.id]);
    expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.authority']);
  });
});

it('at L2 two of the board decide, one of them twice is one', async () => {
  const id = await assessing({ impact: 3, likelihood: 3 });
  const [one, other] = board;
  if (!one || !other) throw new Error('a board of two');
  const closed = await manager.tryDecide('P4', id);
  expect(sentences(closed)).toEqual([
    'At level L2 (risk 9) two of the management board decide, and have not as the change reads now.',
  ]);
  await manager.move('changes', id, 'ask-board');
  expect(codes(await manager.tryDecide('P12', id))).toContain('decision.no-authority');
  expect(codes(await sponsor.tryDecide('G13', id))).toContain('change.other-level');
  await one.decide('P12', id);
  await one.decide('P12', id);
  expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.authority']);
  await other.decide('P12', id, { outcome: 'reject', reason: 'Not in this quarter.' });
  expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.authority']);
  await other.decide('P12', id);
  await manager.decide('P4', id);
});

it('at L3 the change manager decides after advice of another, and may decide against it', async () => {
  const id = await assessing({ impact: 2, likelihood: 2 });
  const advise = (who: Client) =>
    who.post(`/records/${id}/attestations`, { gate: 'P4', title: 'Advice', statement: 'Rather not in March.' });
  expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.advice']);
  expect((await advise(manager)).status).toBe(201);
  expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.advice']);
  expect((await advise(operations)).status).toBe(201);
  expect(codes(await manager.tryDecide('P4', id))).toEqual([]);
  // Advice is about the change as it read.
  const { version } = (await manager.get(`/changes/${id}`)).body.record;
  await manager.patch(`/changes/${id}`, { expectedVersion: version, risks: 'Two wrong slots are shown.' });
  expect(codes(await manager.tryDecide('P4', id))).toEqual(['change.advice']);
  expect((await advise(operations)).status).toBe(201);
  await manager.decide('P4', id, { reason: 'March is when it is needed.' });
});

it('at L3 advice counts until its last day', async () => {
  const id = await assessing({ impact: 2, likelihood: 2 });
  const advise = (more: object) =>
    operations.post(`/records/${id}/attestations`, {
      gate: 'P4',
      title: 'Advice',
      statement: 'Rather not in March.',
      ...more,
    });
  const now = app.clock.now();
  await advise({ expiresAt: new Date(now + 3_600_000).toISOString() });
  expect(codes(await manager.tryDecide('P4', id))).toEqual([]);
  app.clock.set(new Date(now + 7_200_000).toISOString());
  expect(codes(await manager.tryDecide('P4', id))).toContain('change.advice');
  app.clock.set(new Date(now).toISOString());
});

it('at L4 the change manager decides alone', async () => {
  const id = await assessing({ impact: 1, likelihood: 3 });
  expect(await levelOf(id)).toBe('L4');
  await manager.decide('P4', id);
});
