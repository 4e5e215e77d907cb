// What the server gives a browser. Its kind: an address with nothing behind it that is answered as if there were; looked at
// besides: the API (its own answer), and addresses of pages, which the page itself answers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mountPages } from './pages.ts';

let server: FastifyInstance;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-pages-'));

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Page</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'one()');
  server = fastify();
  await mountPages(server, folder);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const got = async (url: string) => {
  const { statusCode, body, headers } = await server.inject({ url });
  return [
    statusCode,
    body.includes('<title>') ? 'page' : body.includes('one()') ? 'file' : '',
    headers['cache-control'],
  ];
};

it('the page answers at every address of its own, and is asked for anew each time', async () => {
  for (const url of ['/', '/incidents/INC-1', '/welcome']) expect(await got(url)).toEqual([200, 'page', 'no-cache']);
});

it('a file is kept for ever, and one that is not there is not there', async () => {
  expect(await got('/assets/index-abc.js')).toEqual([200, 'file', 'public, max-age=31536000, immutable']);
  for (const url of ['/assets/index-old.js', '/assets/index-old.js?x', '/assets/', '/api/v1/none'])
    expect(await got(url)).toEqual([404, '', undefined]);
});
