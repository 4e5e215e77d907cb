// What the business agreed of an outcome, and how it becomes another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body } from '../../test/support/client.ts';
import {
  agreedRequirement,
  amendedOutcome,
  castOf,
  charteredPackage,
  draftedPackage,
} from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';
import { outcomeRecord } from '../outcome/index.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);
const read = async (outcome: string): Promise<Body> => (await cast.owner.get(`/outcomes/${outcome}`)).body.record;
const given = (outcome: string, more: object = {}) => ({
  title: 'Amend',
  outcome,
  kind: 'amend',
  why: 'The market moved.',
  target: 3,
  ...more,
});

/** A value of each field's kind that differs from what the outcome holds. */
const another = (name: string, held: unknown): unknown => {
  const field = outcomeRecord.fields[name as keyof typeof outcomeRecord.fields];
  if (field.kind === 'choice') return Object.keys(field.options).find((each) => each !== held);
  if (field.kind === 'decimal') return 0.5;
  if (field.kind === 'integer') return 7;
  if (field.kind === 'date') return '2027-06-01';
  if (field.kind === 'money') return { minor: 100, currency: 'GBP' };
  return field.kind === 'person' ? cast.owner.id : 'Another.';
};
const altered = Object.entries(outcomeRecord.fields)
  .filter(([name, field]) => name !== 'requirement' && !('derived' in field))
  .map(([name]) => name);

// The kind: whatever a decision saw and somebody else can still write. Looked at besides: title and owner, which the same
// state freezes; the links of the thread (relate.test.ts); what a record belongs to (fixed fields).
describe('an outcome that the business agreed', () => {
  it.each(altered)('is not edited by anybody: %s', async (name) => {
    const { outcome } = await agreedRequirement(cast);
    const before = await read(outcome);
    for (const who of [cast.relations, cast.portfolio, cast.owner, cast.sponsor]) {
      const answer = await who.patch(`/outcomes/${outcome}`, {
        expectedVersion: before.version,
        [name]: another(name, before.fields[name]),
      });
      expect([answer.status, codes(answer)]).toEqual([403, ['record.frozen']]);
    }
    expect(await read(outcome)).toEqual(before);
  });

  it('is not withdrawn but by what the business decides', async () => {
    const { outcome } = await agreedRequirement(cast);
    const reason = { reason: 'No more.' };
    for (const who of [cast.relations, cast.owner])
      expect((await who.tryMove('outcomes', outcome, 'withdraw', reason)).status).toBeGreaterThan(399);
    for (const move of ['amend', 'give-up', 'agree'])
      expect((await cast.owner.tryMove('outcomes', outcome, move, reason)).status).toBeGreaterThan(399);
    expect((await read(outcome)).state).toBe('agreed');
  });

  it('gets no other beside it that the business did not see', async () => {
    const { id: requirement } = await agreedRequirement(cast);
    const answer = await cast.relations.post('/outcomes', {
      title: 'Another',
      requirement,
      statement: 'It is as well.',
    });
    expect([answer.status, codes(answer)]).toEqual([409, ['outcome.requirement-decided']]);
  });

  it('goes with its requirement when the business withdraws that', async () => {
    const { id, outcome } = await agreedRequirement(cast);
    await cast.owner.move('business-requirements', id, 'withdraw', { reason: 'No need any more.' });
    expect((await read(outcome)).state).toBe('withdrawn');
  });
});

describe('an amendment', () => {
  it('tells what it was and what it becomes, and alters nothing before the business decides', async () => {
    const { outcome } = await agreedRequirement(cast);
    const made = await cast.relations.create('outcome-amendments', given(outcome, { period: 'quarter' }));
    expect(made.fields.differences).toEqual([
      { field: 'Target', was: '4', becomes: '3' },
      { field: 'Period', was: 'Month', becomes: 'Quarter' },
    ]);
    expect((await read(outcome)).fields.target).toBe(4);
    for (const who of [cast.relations, cast.portfolio, cast.authority])
      expect(codes(await who.tryDecide('G11', made.id))).toContain('decision.not-business-authority');
    const { items } = (await cast.owner.get('/decisions/waiting?mine=true')).body;
    expect(items.some(({ gate, subject }: Body) => gate === 'G11' && subject.id === made.id)).toBe(true);
    await cast.owner.decide('G11', made.id);
    const after = await read(outcome);
    expect([after.state, after.fields.target, after.fields.period, after.fields.baseline]).toEqual([
      'agreed',
      3,
      'quarter',
      8,
    ]);
    const decided = (await cast.owner.get(`/outcome-amendments/${made.id}`)).body;
    expect([decided.record.state, decided.decisions[0].basis]).toEqual(['applied', 'current']);
  });

  it('that the business refuses leaves all as it was', async () => {
    const { outcome } = await agreedRequirement(cast);
    const before = await read(outcome);
    const { id } = await cast.relations.create('outcome-amendments', given(outcome));
    const findings = [{ itemRef: 'target', severity: 'must', text: 'Not with us.' }];
    await cast.owner.decide('G11', id, { outcome: 'reject', reason: 'No.', findings });
    expect(await read(outcome)).toEqual(before);
  });

  it('comes alone, on what is agreed, alters something and makes nothing worse', async () => {
    const { outcome } = await agreedRequirement(cast);
    const same = await cast.relations.create('outcome-amendments', given(outcome, { target: 4 }));
    expect(codes(await cast.owner.tryDecide('G11', same.id))).toEqual(['amendment.same']);
    expect(codes(await cast.owner.post('/outcome-amendments', given(outcome)))).toEqual(['amendment.waits']);
    await cast.relations.move('outcome-amendments', same.id, 'withdraw', { reason: 'A mistake.' });
    const worse = await cast.relations.create('outcome-amendments', given(outcome, { target: 9 }));
    expect(codes(await cast.owner.tryDecide('G11', worse.id))).toEqual(['outcome.worse-side']);
    const { id: requirement } = await cast.owner.create('business-requirements', {
      title: 'Slots',
      statement: 'They are needed.',
      trigger: 'market',
      customers: [cast.customer],
    });
    const stated = await cast.owner.create('outcomes', { title: 'O', requirement, statement: 'O.' });
    expect(codes(await cast.owner.post('/outcome-amendments', given(stated.id)))).toEqual(['amendment.not-agreed']);
  });

  it('gives an outcome up for good', async () => {
    const { outcome } = await agreedRequirement(cast);
    await amendedOutcome(cast, outcome, { kind: 'give_up' });
    expect((await read(outcome)).state).toBe('withdrawn');
  });

  it('makes stale what was decided on what it was', async () => {
    const agreed = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, agreed);
    await amendedOutcome(cast, agreed.outcome, { target: 3 });
    const basis = async (path: string, id: string, gate: string): Promise<string> =>
      (await cast.owner.get(`/${path}/${id}`)).body.decisions.find((each: Body) => each.gate === gate).basis;
    expect([
      await basis('business-requirements', agreed.id, 'G1'),
      await basis('service-packages', pack.id, 'G2'),
    ]).toEqual(['stale', 'stale']);
  });
});

describe('a link of the thread', () => {
  it('of what is decided is not ended, nor made, by anybody', async () => {
    const agreed = await agreedRequirement(cast);
    const pack = await charteredPackage(cast, agreed);
    const other = await agreedRequirement(cast);
    const { links } = (await cast.owner.get(`/service-packages/${pack.id}`)).body;
    const thread = links.filter(({ type }: Body) => type !== 'handsOver');
    expect(thread.map(({ type }: Body) => type).toSorted()).toEqual(['packagedIn', 'promises', 'proposes']);
    for (const who of [cast.relations, cast.portfolio, cast.owner, cast.sponsor]) {
      for (const { id } of thread)
        expect((await who.post(`/links/${id}/withdraw`, { reason: 'Cut.' })).status).toBe(403);
      expect((await who.post('/links', { type: 'packagedIn', from: other.id, to: pack.id })).status).toBe(403);
    }
    const after = (await cast.owner.get(`/service-packages/${pack.id}`)).body;
    expect(after.decisions.map(({ basis }: Body) => basis)).toEqual(['current', 'current', 'current']);
  });

  it('of a package that is drafted is made and ended by who drafts it, and what it promises follows', async () => {
    const half = { weight: 0.5 };
    const [one, two, three] = [
      await agreedRequirement(cast, half),
      await agreedRequirement(cast, half),
      await agreedRequirement(cast, half),
    ];
    const pack = await draftedPackage(cast, one);
    const link = async (from: string) =>
      (await cast.relations.post('/links', { type: 'packagedIn', from, to: pack.id })).body.id;
    await link(two.id);
    const mistaken = await link(three.id);
    await cast.portfolio.tryMove('service-packages', pack.id, 'submit');
    expect((await cast.relations.post(`/links/${mistaken}/withdraw`, { reason: 'Another package.' })).status).toBe(200);
    await cast.portfolio.move('service-packages', pack.id, 'submit');
    const { links } = (await cast.owner.get(`/service-packages/${pack.id}`)).body;
    const promised = links.filter(({ type }: Body) => type === 'promises').map(({ other }: Body) => other.id);
    expect(promised.toSorted()).toEqual([one.outcome, two.outcome].toSorted());
  });
});
