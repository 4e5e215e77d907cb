import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';

let app: TestApplication;
let owner: Client;
let user: Client;
let requirement: string;

beforeAll(async () => {
  app = await createTestApplication();
  const customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Bea Owner', ['BOW'], { customer });
  user = await app.person('Uma User', ['USR'], { customer });
  requirement = (
    await owner.create('business-requirements', {
      title: 'Slots',
      statement: 'Two hours.',
      trigger: 'market',
      priority: 'must',
    })
  ).id;
  await owner.move('business-requirements', requirement, 'analyse');
});
afterAll(() => app.close());

const otherDay = '0'.repeat(64);
const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);

it('tells who may not decide all that stands in the way besides', async () => {
  const answer = await user.tryDecide('G1', requirement, { evidenceHash: otherDay });
  expect(answer.status).toBe(403);
  expect(codes(answer)).toEqual([
    'decision.not-business-authority',
    'requirement.no-outcome',
    'decision.evidence-missing',
    'decision.evidence-changed',
  ]);
});

it('tells who may decide the same, as a conflict with what was edited meanwhile', async () => {
  const answer = await owner.tryDecide('G1', requirement, {
    evidenceHash: otherDay,
    outcome: 'approve_with_conditions',
  });
  expect(answer.status).toBe(409);
  expect(codes(answer)).toEqual([
    'requirement.no-outcome',
    'decision.evidence-missing',
    'decision.conditions',
    'decision.evidence-changed',
  ]);
});

it('records nothing of a refused decision', async () => {
  const { body } = await owner.get(`/business-requirements/${requirement}`);
  expect([body.record.state, body.decisions]).toEqual(['analysing', []]);
});
