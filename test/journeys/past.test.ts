import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { runningService } from '../support/service.ts';

let app: TestApplication;
let owner: Client;
let requirement: string;
let outcome: string;
let beside: string;
/** The instant right after the decision. */
let then: string;
const at = (path: string, asOf: string) => owner.get(`${path}?asOf=${encodeURIComponent(asOf)}`);
const attestation = (title: string) => ({ gate: 'G1', title, statement: 'The board asked for it.' });
const titles = (rows: Body[]) => rows.map(({ title }: Body) => title);

beforeAll(async () => {
  app = await createTestApplication();
  const customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Bea Owner', ['BOW'], { customer });
  requirement = (
    await owner.create('business-requirements', {
      title: 'Slots',
      statement: 'Two hours.',
      trigger: 'market',
      priority: 'must',
    })
  ).id;
  const measured = { requirement, statement: 'Fewer.', measure: 'missed / booked', unit: '%' };
  outcome = (await owner.create('outcomes', { title: 'Fewer misses', ...measured })).id;
  const need = { title: 'Vans', statement: 'They are full.', trigger: 'market' };
  beside = (await owner.create('business-requirements', need)).id;
  await owner.post('/links', { type: 'relatesTo', from: requirement, to: beside });
  await owner.move('business-requirements', requirement, 'analyse');
  await owner.post(`/records/${requirement}/attestations`, attestation('Board paper'));
  app.clock.advance(60_000);
  await owner.decide('G1', requirement, {
    outcome: 'approve_with_conditions',
    conditions: [{ text: 'Stores are told', owner: owner.id, dueAt: '2027-06-01T00:00:00.000Z' }],
  });
  then = new Date(app.clock.now()).toISOString();
  app.clock.advance(60_000);
});
afterAll(() => app.close());

describe('the past of a record', () => {
  it('shows conditions, attestations and links of then, and decisions with the basis they had', async () => {
    const { links, conditions } = (await owner.get(`/business-requirements/${requirement}`)).body;
    const related = links.find((each: Body) => each.other.id === beside);
    await owner.post(`/conditions/${conditions[0].id}/met`, { evidence: 'They were told.' });
    await owner.post(`/records/${requirement}/attestations`, attestation('Second thoughts'));
    expect((await owner.post(`/links/${related.id}/withdraw`, { reason: 'Not that one.' })).status).toBe(200);

    const now = (await owner.get(`/business-requirements/${requirement}`)).body;
    expect(now.conditions).toMatchObject([{ state: 'met' }]);
    expect(now.decisions).toMatchObject([{ gate: 'G1', basis: 'stale' }]);
    expect(now.links.map((each: Body) => each.other.id)).toEqual([outcome]);

    const past = (await at(`/business-requirements/${requirement}`, then)).body;
    expect(past.conditions).toMatchObject([{ state: 'open' }]);
    expect(past.decisions).toMatchObject([{ gate: 'G1', basis: 'current' }]);
    expect(titles(past.evidence)).toEqual(['Board paper']);
    expect(past.links).toMatchObject([
      { other: { id: outcome, state: 'agreed', version: 2 }, state: 'asserted' },
      { other: { id: beside, state: 'identified', version: 1 }, state: 'asserted', label: related.label },
    ]);
    const before = (await at(`/business-requirements/${requirement}`, '2026-03-02T09:00:00.000Z')).body;
    expect([before.decisions, before.conditions]).toEqual([[], []]);
  });

  it('shows checklist items as they were then', async () => {
    const service = await app.person('Sam Owner', ['SPM', 'BRM', 'SOW']);
    const made = await runningService(app, { title: 'Slot promise' });
    const body = { title: 'Slots', service: made, links: [{ type: 'packagedIn', from: requirement }] };
    const pack = await service.create('service-packages', body);
    const drafted = new Date(app.clock.now()).toISOString();
    app.clock.advance(60_000);
    const [item] = (await service.get(`/service-packages/${pack.id}`)).body.checklist;
    await service.item('service-packages', pack.id, item.item, { statement: 'Slots of two hours.' });
    const past = (await service.get(`/service-packages/${pack.id}?asOf=${drafted}`)).body.checklist;
    const now = (await service.get(`/service-packages/${pack.id}`)).body.checklist;
    expect(now[0]).toMatchObject({ item: item.item, state: 'drafted', statement: 'Slots of two hours.' });
    expect(past[0]).toEqual({ ...item, updatedAt: drafted });
    expect(past.length).toBe(now.length);
  });
});
