// Readers who do not read, who come back after long, and who open streams without end: one person never fills the memory of all.
// Its kind: every answer that is written to a reader who may not read. Beside the stream those are bounded answers, files (a
// pipeline, which waits) and connections as a whole, which end when nothing moves on them.
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalBell } from '../../core/journal/bell.ts';
import { placeNow } from '../../core/journal/live-entries.ts';
import { stream } from '../../core/http/live-stream.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';

let app: TestApplication;
let owner: Client;
let record: string;
let port: number;

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  owner = await app.person('Bea Owner', ['BOW'], { customer: await app.customer('Marlowe Grocers') });
  const requirement = { title: 'Slots', statement: 'Two hours.', trigger: 'market' };
  record = (await owner.create('business-requirements', requirement)).id;
  await app.server.listen({ port: 0 });
  port = (app.server.server.address() as AddressInfo).port; // a TCP port, as just asked for
});
afterAll(() => app.close());

/** So many entries in one transaction, as an import makes them. */
async function enter(count: number): Promise<void> {
  await app.database.appPool.query(
    `insert into core.journal (provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, move, from_state, to_state, edits, content_hash, hash)
     select $1, $2, $2, $3, 'business-requirement', 9, 'moved', 'system', 'job', 'analyse', 'a', 'b', '{}', 'x', 'x' from generate_series(1, $4)`,
    [app.providerId, new Date(app.clock.now()).toISOString(), record, count],
  );
  await app.database.appPool.query(`select pg_notify('journal', '')`);
}

async function open(headers: Record<string, string> = {}, after = ''): Promise<http.IncomingMessage> {
  const request = http.get(`http://127.0.0.1:${port}/api/v1/live${after}`, {
    agent: false,
    headers: { authorization: `Bearer ${owner.key}`, ...headers },
  });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return answer;
}

/** What a reader has been told, and a promise of it. */
function reading(answer: http.IncomingMessage) {
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  answer.on('error', () => undefined); // it is let go below
  return { text: () => text, entries: () => text.split('event: entry').length - 1 };
}

const poll = { timeout: 15_000, interval: 20 };

/** So many streams at once, as soon as those of before have closed. */
async function openMany(count: number): Promise<http.IncomingMessage[]> {
  let answers: http.IncomingMessage[] = [];
  await expect
    .poll(async () => {
      for (const each of answers) each.destroy();
      answers = await Promise.all(Array.from({ length: count }, () => open()));
      return answers.filter(({ statusCode }) => statusCode !== 200).length;
    }, poll)
    .toBe(0);
  return answers;
}

describe('a live stream', () => {
  it('tells a reader who is far behind to read again, instead of all that it missed', async () => {
    await enter(2500);
    const answer = await open({ 'last-event-id': '1.0' });
    const read = reading(answer);
    await expect.poll(read.text, poll).toContain('event: missed');
    await enter(3);
    await expect.poll(read.entries, poll).toBe(3);
    answer.destroy();
  });

  it('tells one by one what a reader missed who was away for a moment', async () => {
    const first = await open();
    const before = reading(first);
    await expect.poll(before.text, poll).toContain('event: ready');
    await enter(1);
    await expect.poll(before.entries, poll).toBe(1);
    const last = [...before.text().matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '';
    first.destroy();
    await enter(400);
    const second = await open({ 'last-event-id': last });
    const after = reading(second);
    await expect.poll(after.entries, poll).toBe(400);
    expect(after.text()).not.toContain('event: missed');
    second.destroy();
  });

  it('tells a reader who begins where it has read what came between', async () => {
    const answer = await owner.get(`/business-requirements/${record}`);
    await enter(2);
    const first = await open({}, `?after=${String(answer.headers['x-servicewright-place'])}`);
    const read = reading(first);
    await expect.poll(read.entries, poll).toBe(2);
    expect(read.text()).not.toContain('event: missed');
    first.destroy();
  });

  it('tells of so much at once that it is not worth telling one by one that there was much', async () => {
    const answer = await open();
    const read = reading(answer);
    await expect.poll(read.text, poll).toContain('event: ready');
    await enter(1500);
    await expect.poll(read.text, poll).toContain('event: missed');
    expect(read.entries()).toBe(1000);
    answer.destroy();
  });

  it('is not opened to one person without end, and opens again when another has closed', async () => {
    const answers = await openMany(20);
    const refused = await open();
    expect(refused.statusCode).toBe(429);
    expect(reading(refused).text).toBeDefined();
    answers[0]?.destroy();
    await expect
      .poll(async () => {
        const again = await open();
        again.destroy();
        return again.statusCode;
      }, poll)
      .toBe(200);
    for (const each of answers) each.destroy();
  });

  // Its kind: what is let go when a connection closes must not be taken for one that has closed already.
  it('is not held open for readers who left before it was', async () => {
    const asked: Socket[] = [];
    const note = ({ socket }: http.IncomingMessage) => void asked.push(socket);
    app.server.server.on('request', note);
    // Nobody is let in meanwhile: the readers wait, and leave.
    const holding = await app.database.ownerPool.connect();
    await holding.query('begin; lock table core.api_key in access exclusive mode');
    const leaving = Array.from({ length: 25 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET /api/v1/live HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${owner.key}\r\n\r\n`);
      return socket;
    });
    await expect.poll(() => asked.length, poll).toBe(leaving.length);
    for (const socket of leaving) socket.destroy();
    await expect.poll(() => asked.every(({ destroyed }) => destroyed), poll).toBe(true);
    app.server.server.off('request', note);
    await holding.query('rollback');
    holding.release();
    for (const each of await openMany(20)) each.destroy();
  });

  it('writes no more to a reader who does not read than fits before it', async () => {
    let taken = 0;
    const slow = new Writable({
      highWaterMark: 4096,
      // It never asks for more.
      write: (chunk: Buffer) => {
        taken += chunk.length;
      },
    });
    let ring = () => undefined as void;
    const bell: JournalBell = { onRing: (listener) => ((ring = listener), () => true), close: async () => undefined };
    const asked: number[] = [];
    stream({
      pool: app.database.appPool,
      bell,
      to: slow as http.ServerResponse,
      start: { place: await placeNow(app.database.appPool), missed: false },
      stopping: new AbortController().signal,
      reader: async () => {
        asked.push(taken);
        return systemPrincipal(app.providerId, 'reader', null);
      },
      failed: (error) => {
        throw error;
      },
    });
    for (let burst = 0; burst < 20; burst++) {
      await enter(300);
      ring();
    }
    await expect.poll(() => slow.writableNeedDrain, poll).toBe(true);
    // One batch of at most 200 entries waits for the reader; no other is read meanwhile.
    expect(slow.writableLength).toBeLessThan(200 * 500);
    const before = asked.length;
    for (let burst = 0; burst < 5; burst++) ring();
    await app.settle();
    expect(asked.length).toBe(before);
    slow.destroy();
  });

  it('reads what others wrote once, though nothing of it is for its reader', async () => {
    const from: unknown[] = [];
    const pool = new Proxy(app.database.appPool, {
      get: (target, key) =>
        key === 'query'
          ? (text: string, values?: unknown[]) => {
              if (text.includes('from core.journal j')) from.push(values?.[0]);
              return target.query(text, values);
            }
          : Reflect.get(target, key, target),
    });
    let ring = () => undefined as void;
    const bell: JournalBell = { onRing: (listener) => ((ring = listener), () => true), close: async () => undefined };
    const sink = new Writable({ write: (_chunk, _encoding, written) => written() });
    stream({
      pool,
      bell,
      to: sink as http.ServerResponse,
      start: { place: await placeNow(app.database.appPool), missed: false },
      stopping: new AbortController().signal,
      reader: async () => ({ ...systemPrincipal(app.providerId, 'nobody', null), kind: 'person', grants: [] }),
      failed: (error) => {
        throw error;
      },
    });
    await enter(50);
    ring();
    await expect.poll(() => from.length, poll).toBeGreaterThanOrEqual(2);
    const before = from.length;
    await enter(50);
    ring();
    await expect.poll(() => from.length, poll).toBeGreaterThan(before);
    expect(Number(from.at(-1))).toBeGreaterThan(Number(from[0]));
    sink.destroy();
  });
});

describe('a connection on which nothing moves', () => {
  it('is ended, whatever it was to be answered', async () => {
    const patient = await createTestApplication({ silence: 300 });
    await patient.server.listen({ port: 0 });
    const { port: other } = patient.server.server.address() as AddressInfo; // a TCP port, as just asked for
    const { key } = await patient.person('Dee Desk', ['SDK']);
    const socket = connect(other, '127.0.0.1');
    socket.write(`GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBeGreaterThan(0);
    await patient.close();
  });
});
