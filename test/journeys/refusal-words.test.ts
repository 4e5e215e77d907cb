// What a refusal says to a person: whole words, roles by their names.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { runningService } from '../support/service.ts';

let app: TestApplication;

beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

const expected = {
  code: 'permission.role',
  sentence: 'You hold no role that may edit an incident.',
  hint: 'Ask someone with one of these roles: Service desk agent, Incident manager, Operations manager.',
};

it('names roles by what they are called and nouns with their article, in an answer and in what a page reads', async () => {
  const desk = await app.person('Dee Desk', ['SDK']);
  const service = await runningService(app, { title: 'Scanning' });
  const { id } = await desk.create('incidents', { title: 'Scanner is dark', service });
  const outsider = await app.person('Otto Outsider', ['FIN']);
  expect((await outsider.patch(`/incidents/${id}`, { expectedVersion: 1, category: 'x' })).body.refusals).toEqual([
    expected,
  ]);
  const { editRefusals, moves } = (await outsider.get(`/incidents/${id}`)).body;
  expect(editRefusals).toEqual([expected]);
  expect(JSON.stringify(moves)).not.toMatch(/\b(SDK|INM|OPS)\b/);
});
