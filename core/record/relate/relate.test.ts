// Links that are made twice, or that lead nowhere.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../../../test/support/application.ts';
import { arranged } from '../../../test/support/arrange.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import type { Client } from '../../../test/support/client.ts';
import { runningService } from '../../../test/support/service.ts';

let app: TestApplication;
let desk: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee', ['SDK']);
  service = await runningService(app, { title: 'Lending' });
});
afterAll(() => app.close());

const logged = async (): Promise<string> => (await desk.create('incidents', { title: 'No loans', service })).id;

// Its kind: an answer that names what it made, where nothing was made: the link that stands is named, as a repeated act names its first result.
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

// Looked at besides: links given at a record's birth, which go through the same door.
it('a right held for one customer neither ends nor makes a link of what another alone shares in', async () => {
  const [one, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  const owner = await app.person('Bea', ['BOW'], { customer: one });
  // At home at the one, an owner at the other.
  const guest = await app.person('Gus', ['USR'], { customer: one });
  await arranged(app, 'role-grant', { title: 'G', person: guest.id, role: 'BOW', customer: other, customers: [other] });
  const need = { statement: 'It is needed.', trigger: 'market', priority: 'must', customers: [one] };
  const { id: from } = await owner.create('business-requirements', { title: 'Boats', ...need });
  const { id: to } = await owner.create('business-requirements', { title: 'Piers', ...need });
  const between = { type: 'motivates', from, to };
  expect(await guest.post('/links', between)).toMatchObject({ status: 403 });
  const { body } = await owner.post('/links', between);
  const reason = { reason: 'Cut.' };
  expect(await guest.post(`/links/${body.id}/withdraw`, reason)).toMatchObject({ status: 403 });
  expect((await owner.get(`/business-requirements/${from}`)).body.links).toHaveLength(1);
});

// Its kind: every refusal that says what was not found: it repeats what was asked for, never what stands behind it.
it('a link that one does not see is answered as one that never was', async () => {
  const between = { type: 'relatesTo', from: await logged(), to: await logged() };
  const { body: hidden } = await desk.post('/links', between);
  const stranger = await app.person('Stu', ['BOW'], { customer: await app.customer('Elsewhere') });
  const answers = [];
  for (const id of [hidden.id, '01a00000-0000-7000-8000-000000000000']) {
    const { status, body } = await stranger.post(`/links/${id}/withdraw`, { reason: 'x' });
    answers.push([status, JSON.stringify(body).replaceAll(id, '')]);
  }
  expect(answers[0]).toEqual(answers[1]);
});
