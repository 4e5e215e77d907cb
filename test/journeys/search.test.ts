import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { runningService } from '../support/service.ts';

let app: TestApplication;
let desk: Client;
let service: string;

const titles = [
  'No answer from 192.168.7.21 at noon',
  'db03.stage.example.org is slow',
  'Post to ines.costa@post.example.org comes back',
  'Müde Tür in Halle 3',
  '会议室投影仪没有信号',
  'rack-0815 hums',
  'ERR_NAME_LOST, code 0x8004, at the shop',
  "Kim O'Hara's screen",
];

beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee Desk', ['SDK']);
  service = await runningService(app, { title: 'Shop floor' });
  for (const title of titles) await desk.create('incidents', { title, service });
});
afterAll(() => app.close());

it.each([
  ['192.168.7.21', 0],
  ['db03.stage.example.org', 1],
  ['stage.example.org', 1],
  ['DB03', 1],
  ['ines.costa@post.example.org', 2],
  ['costa', 2],
  ['mu\u0308de tu\u0308r', 3],
  ['MÜDE', 3],
  ['没有信号', 4],
  ['投影', 4],
  ['仪', 4],
  ['rack-0815', 5],
  ['rack_0815', 5],
  ['0815', 5],
  ['ERR_NAME_LOST', 6],
  ['name_lost', 6],
  ['0x8004', 6],
  ["o'hara's", 7],
  ['hara', 7],
])('finds by %s what holds it, in search and list', async (typed, index) => {
  const q = encodeURIComponent(typed);
  const found = [await desk.get(`/search?q=${q}&types=incident`), await desk.get(`/incidents?q=${q}`)];
  expect(found.map(({ body }) => body.items.map(({ title }: Body) => title))).toEqual([
    [titles[index]],
    [titles[index]],
  ]);
});

it('finds nothing by punctuation, and by what no text holds', async () => {
  for (const typed of ['...', '信号没有', '192.168.7.22', 'tu\u0300r']) {
    const q = encodeURIComponent(typed);
    expect((await desk.get(`/search?q=${q}`)).body.items).toEqual([]);
    expect((await desk.get(`/incidents?q=${q}`)).body.items).toEqual([]);
  }
});

it('shows what was edited last first, however many hold the word', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 30; index += 1) {
    app.clock.advance(1000);
    ids.push((await desk.create('incidents', { title: `Scanner ${index} beeps`, service })).id);
  }
  app.clock.advance(1000);
  const { version } = (await desk.get(`/incidents/${ids[3]}`)).body.record;
  await desk.patch(`/incidents/${ids[3]}`, { expectedVersion: version, category: 'Tills' });
  const { items } = (await desk.get('/search?q=scanner&limit=5')).body;
  expect(items.map(({ id }: Body) => id)).toEqual([ids[3], ids[29], ids[28], ids[27], ids[26]]);
});
