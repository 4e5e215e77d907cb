// Links that are made twice, or that lead nowhere.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../../../test/support/application.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import type { Client } from '../../../test/support/client.ts';

let app: TestApplication;
let desk: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee', ['SDK']);
  service = (await (await app.person('Sol', ['SOW'])).create('services', { title: 'Lending' })).id;
});
afterAll(() => app.close());

const logged = async (): Promise<string> => (await desk.create('incidents', { title: 'No loans', service })).id;

it('linking twice is one link, and both answers name it', async () => {
  const between = { type: 'relatesTo', from: await logged(), to: await logged() };
  const first = await desk.post('/links', between);
  const second = await desk.post('/links', between);
  expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  const ended = await desk.post(`/links/${second.body.id}/withdraw`, { reason: 'Another matter.' });
  expect(ended.status).toBe(200);
});

it('a record is not related to itself, neither later nor at its birth', async () => {
  const id = await logged();
  const later = await desk.post('/links', { type: 'relatesTo', from: id, to: id });
  const atBirth = await desk.post('/incidents', { title: 'Again', service, links: [{ type: 'relatesTo' }] });
  for (const answer of [later, atBirth]) {
    expect(answer.status).toBe(422);
    expect(answer.body.refusals).toMatchObject([{ code: 'link.itself' }]);
  }
});

it('of the past it is told when it was last edited, whatever was linked since', async () => {
  const id = await logged();
  const { updatedAt } = (await desk.get(`/incidents/${id}`)).body.record;
  app.clock.advance(60_000);
  await desk.post('/links', { type: 'relatesTo', from: id, to: await logged() });
  const asOf = new Date(app.clock.now()).toISOString();
  const past = await desk.get(`/incidents/${id}?asOf=${asOf}`);
  expect(past.body.record.updatedAt).toBe(updatedAt);
});
