// What a gate wants to see closes it, by how strictly its record is handled; of what grade a piece is follows from what it is.
// Looked at besides: every kind of evidence of every gate is given by somebody who is there; what expired, failed or was stated of
// another content; linked records that do not stand where they have to; checklists, exit criteria and values that people type.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gates } from '../../handover/gates.ts';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { agreedRequirement, castOf, draftedPackage } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';
import type { Body, Client } from '../support/client.ts';

let app: TestApplication;
let cast: Cast;
let levels: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  levels = await app.person('Lev Levels', ['SLM']);
});
afterAll(() => app.close());

const page = async (gate: string, id: string): Promise<Body> => (await cast.portfolio.get(`/gates/${gate}/${id}`)).body;
const lacking = async (gate: string, id: string) =>
  (await page(gate, id)).closedBecause.flatMap(({ code, sentence }: Body) =>
    code.startsWith('decision.evidence') ? [`${code} ${/"([^"]*)"/.exec(sentence)?.[1]}`] : [],
  );
const attest = async (by: Client, id: string, title: string, more: object = {}) =>
  expect(
    (await by.post(`/records/${id}/attestations`, { gate: 'G2', title, statement: 'Worked out.', ...more })).status,
  ).toBe(201);

/** A package that waits for its sponsor, handled as strictly as said. */
async function submitted(profile: string): Promise<string> {
  const agreed = await agreedRequirement(cast);
  const { id } = await draftedPackage(cast, agreed, { profile });
  for (const { item, mandatory, state } of (await cast.portfolio.get(`/service-packages/${id}`)).body.checklist)
    if (mandatory && state === 'missing')
      await cast.relations.item('service-packages', id, item, { statement: 'Said.' });
  await cast.portfolio.move('service-packages', id, 'submit');
  for (const { title, given } of (await page('P1', id)).expectedEvidence)
    if (!given)
      await cast.portfolio.post(`/records/${id}/attestations`, { gate: 'P1', title, statement: 'Looked into.' });
  await cast.portfolio.decide('P1', id);
  return id;
}

const missing = (title: string) => `decision.evidence-missing ${title}`;

describe('what a gate wants to see', () => {
  it('is asked of roles that exist, each of its own title, and more of it the stricter the record is handled', () => {
    for (const { evidence, code } of gates.values()) {
      expect([code, new Set(evidence.map(({ title }) => title.toLowerCase())).size]).toEqual([code, evidence.length]);
      for (const { roles: asked } of evidence) {
        expect(asked.length).toBeGreaterThan(0);
        expect(asked.filter((role) => !['B', 'P'].includes(roles.get(role)?.side ?? ''))).toEqual([]);
      }
    }
  });

  it.each([
    ['light', []],
    ['standard', [missing('Business case'), missing('Feasibility of the warranty')]],
    ['regulated', [missing('Complete package'), missing('Business case'), missing('Feasibility of the warranty')]],
  ])('closes it in the %s profile while it is missing, with who is to give it', async (profile, expected) => {
    const id = await submitted(profile);
    expect(await lacking('G2', id)).toEqual(expected);
    const answer = await cast.sponsor.tryDecide('G2', id);
    expect(answer.status).toBe(expected.length ? 409 : 201);
    if (!expected.length) return;
    expect(answer.body.refusals[0].hint).toMatch(/^Have .* attest it at this gate/);
    expect(answer.body.refusals[0].hint).not.toMatch(/\b[A-Z]{3}\b/);
    const titles = (await page('G2', id)).expectedEvidence.map(({ title }: Body) => title);
    for (const title of titles) await attest(title.startsWith('Feas') ? levels : cast.relations, id, title);
    expect(await lacking('G2', id)).toEqual([]);
    await cast.sponsor.decide('G2', id);
  });

  it('closes it when it failed, ran out, or was taken back', async () => {
    const id = await submitted('standard');
    await attest(cast.relations, id, 'Business case', { failed: true });
    await attest(levels, id, 'Feasibility of the warranty', {
      expiresAt: new Date(app.clock.now() + 60_000).toISOString(),
    });
    expect(await lacking('G2', id)).toEqual(['decision.evidence Business case']);
    app.clock.advance(120_000);
    expect(await lacking('G2', id)).toEqual([
      'decision.evidence Business case',
      'decision.evidence Feasibility of the warranty',
    ]);
    await attest(cast.relations, id, 'Business case');
    await attest(levels, id, 'Feasibility of the warranty');
    const { id: last } = (await page('G2', id)).evidence.find(({ role }: Body) => role === 'SLM');
    expect((await levels.post(`/attestations/${last}/withdraw`, { reason: 'Counted wrongly.' })).status).toBe(201);
    expect(await lacking('G2', id)).toEqual([missing('Feasibility of the warranty')]);
  });

  it('closes it when it was stated of what reads otherwise now', async () => {
    const agreed = await agreedRequirement(cast);
    const { id } = await draftedPackage(cast, agreed, { profile: 'standard' });
    await attest(cast.relations, id, 'Business case');
    const { version } = (await cast.portfolio.get(`/service-packages/${id}`)).body.record;
    await cast.relations.patch(`/service-packages/${id}`, { expectedVersion: version, title: 'Another promise' });
    const piece = (await page('G2', id)).evidence.find(({ title }: Body) => title === 'Business case');
    expect([piece.fault, piece.grade]).toEqual(['stale', 'attested']);
  });

  it('is not given by a statement of another title', async () => {
    const id = await submitted('standard');
    await attest(cast.relations, id, 'The business case, nearly');
    expect(await lacking('G2', id)).toContain(missing('Business case'));
  });
});

describe('the grade of a piece', () => {
  it('follows from what it is: a record is recorded, what a person says is attested', async () => {
    const { id } = await agreedRequirement(cast);
    const answer = await cast.owner.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Paper', statement: 'X' });
    expect(answer.status).toBe(201);
    const { evidence, expectedEvidence } = await page('G1', id);
    expect(evidence.map(({ type, grade, fault, kind }: Body) => [type, grade, fault, kind])).toEqual([
      ['outcome', 'recorded', null, 'Draft outcomes'],
      ['attestation', 'attested', null, null],
    ]);
    expect(expectedEvidence.find(({ title }: Body) => title === 'Draft outcomes')).toMatchObject({
      given: true,
      mandatory: false,
    });
  });

  it('shows a linked record that does not stand where it has to, and asks for one that does', async () => {
    const { owner, customer } = cast;
    const need = { statement: 'Two hours.', trigger: 'market', priority: 'must', customers: [customer] };
    const { id } = await owner.create('business-requirements', { title: 'Slots', ...need });
    const { id: outcome } = await owner.create('outcomes', { title: 'O', requirement: id, statement: 'O.' });
    await owner.move('business-requirements', id, 'analyse');
    await owner.move('outcomes', outcome, 'withdraw', { reason: 'Not ours.' });
    const { evidence } = await page('G1', id);
    expect(evidence.map(({ grade, fault }: Body) => [grade, fault])).toEqual([['recorded', 'unready']]);
    expect(await lacking('G1', id)).toEqual(['decision.evidence-unready Draft outcomes']);
  });

  it('is given by nobody: what is typed is nowhere called measured', async () => {
    const { id } = await draftedPackage(cast, await agreedRequirement(cast));
    const { record, checklist } = (await cast.portfolio.get(`/service-packages/${id}`)).body;
    const answer = await cast.relations.patch(`/service-packages/${id}/items/${checklist[0].item}`, {
      expectedVersion: record.version,
      statement: 'Measured, I say.',
      evidenceKind: 'measured',
    });
    expect(answer.status).toBe(422);
  });
});
