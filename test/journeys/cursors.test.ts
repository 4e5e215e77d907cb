// Readers of the journal and of facts, while transactions commit in another order than they took their numbers in.
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalBell } from '../../core/http/live.ts';
import { catchUp, followJournal } from '../../core/journal/follow.ts';
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { caseFactColumns } from '../../core/trait/measured/fact.ts';
import { rollUp } from '../../improvement/measurement/rollup/roll-up.ts';
import { createTestApplication } from '../support/application.ts';
import { sessionOfToken } from '../support/session.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let owner: Client;
let record: string;
let customer: string;
let port: number;

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Bea Owner', ['BOW'], { customer });
  const requirement = { title: 'Slots', statement: 'Two hours.', trigger: 'market' };
  record = (await owner.create('business-requirements', requirement)).id;
  await app.server.listen({ port: 0 });
  port = (app.server.server.address() as AddressInfo).port; // a TCP port, as just asked for
});
afterAll(() => app.close());

const poll = { timeout: 15_000, interval: 20 };

/** An entry of the record, as a move would leave it. Returns its number. */
async function enter(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ seq: number }>(
    `insert into core.journal (provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, move, from_state, to_state, edits, content_hash, hash)
     values ($1, $2, $2, $3, 'business-requirement', 9, 'moved', 'system', 'job', 'analyse', 'a', 'b', '{}', 'x', 'x') returning seq`,
    [app.providerId, new Date(app.clock.now()).toISOString(), record],
  );
  await client.query(`select pg_notify('journal', '')`);
  return rows[0]?.seq ?? 0;
}

async function enterFact(client: pg.PoolClient): Promise<string> {
  const record_id = randomUUID();
  const at = new Date(app.clock.now()).toISOString();
  const fact = {
    provider_id: app.providerId,
    record_id,
    record_type: 'incident',
    state: 'new',
    opened_at: at,
    reassignments: 0,
    reopens: 0,
    entries: 1,
    waited_minutes: 0,
    breached: false,
  };
  await client.query(
    `insert into core.case_fact (${caseFactColumns}) select ${caseFactColumns} from jsonb_populate_recordset(null::core.case_fact, $1)`,
    [JSON.stringify([fact])],
  );
  return record_id;
}

/**
 * The older transaction takes the later number and commits first; what was taken by then is awaited; then the other commits.
 * Answers with what each entered: first the one that committed first.
 */
async function race<T>(
  write: (client: pg.PoolClient) => Promise<T>,
  taken: (first: T) => Promise<void>,
): Promise<[T, T]> {
  const older = await app.database.appPool.connect();
  const younger = await app.database.appPool.connect();
  try {
    for (const client of [older, younger]) {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
    }
    const behind = await write(younger);
    const first = await write(older);
    await older.query('commit');
    await taken(first);
    await younger.query('commit');
    return [first, behind];
  } finally {
    older.release();
    younger.release();
  }
}

describe('one reader for several subscribers', () => {
  it('gives each what it asks for, once, and holds nobody up for one that fails', async () => {
    const took: number[] = [];
    const tookLater: number[] = [];
    const failures = new Set<string>();
    let fails = true;
    const subscribers: JournalSubscriber[] = [
      { name: 'goes on', take: async (_application, entries) => void took.push(...entries.map(({ seq }) => seq)) },
      {
        name: 'fails at first',
        take: async (_application, entries) => {
          if (fails) throw new Error('not yet');
          tookLater.push(...entries.map(({ seq }) => seq));
        },
      },
      { name: 'asks for another type', types: ['none'], take: () => Promise.reject(new Error('it is given nothing')) },
    ];
    const bell = await journalBell(async () => {
      const client = new pg.Client(app.database.appConfig);
      await client.connect();
      return client;
    });
    const onError = (_error: unknown, of: string) => void failures.add(of);
    const stop = followJournal(app.application, subscribers, { bell, onError });
    const client = await app.database.appPool.connect();
    const first = await enter(client);
    await expect.poll(() => took, poll).toContain(first);
    await expect.poll(() => [...failures], poll).toEqual(['fails at first']);
    expect(tookLater).toEqual([]);
    fails = false;
    const second = await enter(client);
    client.release();
    await expect.poll(() => tookLater, poll).toContain(second);
    await expect.poll(() => took, poll).toContain(second);
    await stop();
    await bell.close();
    expect(tookLater).toContain(first);
    for (const each of [took, tookLater]) expect(new Set(each).size).toBe(each.length);
  });
});

describe('an entry that commits after one with a greater number', () => {
  it('reaches a subscriber, once', async () => {
    const took: number[] = [];
    const subscriber: JournalSubscriber = {
      name: 'test',
      take: async (_application, entries) => void took.push(...entries.map(({ seq }) => seq)),
    };
    const look = async () => {
      await catchUp(app.application, subscriber);
      return took;
    };
    const [first, behind] = await race(enter, async (seq) => {
      await expect.poll(look, poll).toContain(seq);
    });
    expect(behind).toBeLessThan(first);
    await expect.poll(look, poll).toContain(behind);
    expect(took.filter((seq) => seq === first || seq === behind)).toEqual([first, behind]);
    expect(new Set(took).size).toBe(took.length);
  });

  it('reaches a live stream, once, and one that reconnects in between', async () => {
    const stream = await follow();
    let reconnected = stream;
    const [first, behind] = await race(enter, async (seq) => {
      await expect.poll(stream.numbers, poll).toContain(seq);
      reconnected = await follow(stream.last());
    });
    for (const each of [stream, reconnected]) await expect.poll(each.numbers, poll).toContain(behind);
    expect(stream.numbers()).toEqual([first, behind]);
    expect(reconnected.numbers()).toEqual([behind]);
    await Promise.all([stream.close(), reconnected.close()]);
  });

  it.each([['9000000000000000000.7'], ['nonsense'], ['12']])(
    'reaches a stream that names a place of no use (%s), and nothing older does',
    async (foreign) => {
      const stream = await follow(foreign);
      const [first, behind] = await race(enter, async (seq) => {
        await expect.poll(stream.numbers, poll).toContain(seq);
      });
      await expect.poll(stream.numbers, poll).toContain(behind);
      expect(stream.numbers()).toEqual([first, behind]);
      await stream.close();
    },
  );

  it('is counted in the figures, once', async () => {
    const moves = async () => {
      await rollUp(app.application);
      const { rows } = await app.database.appPool.query<{ moves: number }>(
        'select coalesce(sum(moves), 0)::int as moves from improvement.step_day where lineage_id = $1',
        [record],
      );
      return rows[0]?.moves ?? 0;
    };
    const { rows } = await app.database.appPool.query<{ n: number }>(
      'select count(*)::int as n from core.journal where record_id = $1 and from_state is not null',
      [record],
    );
    const before = rows[0]?.n ?? 0;
    await expect.poll(moves, poll).toBe(before);
    await race(enter, async () => {
      await expect.poll(moves, poll).toBe(before + 1);
    });
    await expect.poll(moves, poll).toBe(before + 2);
    expect(await moves()).toBe(before + 2);
  });

  it('of an incident is counted, when its fact commits late', async () => {
    const days = async () => {
      await rollUp(app.application);
      const { rows } = await app.database.appPool.query<{ id: string }>(
        'select record_id as id from improvement.incident_day',
      );
      return rows.map(({ id }) => id);
    };
    const [, behind] = await race(enterFact, async (id) => {
      await expect.poll(days, poll).toContain(id);
    });
    await expect.poll(days, poll).toContain(behind);
  });
});

describe('an internal note', () => {
  it('is told by neither stream, journal nor search to who may not read it', async () => {
    const desk = await app.person('Dee Desk', ['SDK', 'SOW']);
    const service = (await takenOver(desk, { title: 'Slots', customers: [customer] })).id;
    const incident = { title: 'No slots', customers: [customer], service };
    const { id } = await desk.create('incidents', incident);
    const [customers, own] = [await follow(), await follow(undefined, { authorization: `Bearer ${desk.key}` })];
    for (const audience of ['public', 'internal', 'internal', 'public', 'internal'])
      expect((await desk.post(`/incidents/${id}/notes`, { audience, text: 'Blue elephants.' })).status).toBe(201);
    const pages = async (by: Client) => {
      const found: Body[] = [];
      for (let cursor = ''; ; ) {
        const { items, nextCursor } = (await by.get(`/records/${id}/journal?limit=2${cursor}`)).body;
        expect(items.length).toBe(nextCursor ? 2 : items.length);
        found.push(...items);
        if (!nextCursor) return found;
        cursor = `&cursor=${nextCursor}`;
      }
    };
    const audiences = (entries: readonly Body[]) => entries.map(({ edits }) => edits['_notes']?.[0]?.audience ?? null);
    const seen = await pages(owner);
    const all = await pages(desk);
    expect(audiences(all)).toEqual(['internal', 'public', 'internal', 'internal', 'public', null]);
    expect(audiences(seen)).toEqual(['public', 'public', null]);
    const numbers = (entries: readonly Body[]) => entries.map(({ seq }) => seq).toReversed();
    await expect.poll(own.numbers, poll).toEqual(numbers(all).slice(1));
    await expect.poll(customers.numbers, poll).toEqual(numbers(seen).slice(1));
    for (const by of [owner, desk]) expect((await by.get('/search?q=elephants')).body.items ?? []).toEqual([]);
    await customers.close();
    await own.close();
  });
});

describe('a live stream', () => {
  const enterOne = async () => {
    const client = await app.database.appPool.connect();
    return enter(client).finally(() => client.release());
  };

  it('ends at once when its key is revoked, and tells nothing more', async () => {
    const { id, key } = (await owner.post('/keys', { name: 'watcher', scopes: ['read'] })).body;
    const watcher = await follow(undefined, { authorization: `Bearer ${key}` });
    const before = await enterOne();
    await expect.poll(watcher.numbers, poll).toContain(before);
    await owner.post(`/keys/${id}/revoke`);
    await expect.poll(watcher.isOpen, poll).toBe(false);
  });

  it('tells a session that ended no further entry, though its person may go on', async () => {
    const { ownerPool } = app.database;
    const { stored, cookie } = sessionOfToken('abcdefghijklmnopqrstuvwxyz012345');
    const { rows } = await ownerPool.query<{ id: string }>(
      `insert into identity."user" (name, email, "emailVerified") values ('Bea', 'bea@example.org', true) returning id`,
    );
    const user = rows[0]?.id;
    await ownerPool.query('insert into core.sign_in (user_id, provider_id, person_id) values ($1, $2, $3)', [
      user,
      app.providerId,
      owner.id,
    ]);
    await ownerPool.query(
      `insert into identity.session ("expiresAt", token, "updatedAt", "userId") values ('2030-01-01', $1, now(), $2)`,
      [stored, user],
    );
    const watcher = await follow(undefined, { cookie });
    const before = await enterOne();
    await expect.poll(watcher.numbers, poll).toContain(before);
    await ownerPool.query('delete from identity.session where token = $1', [stored]);
    const after = await enterOne();
    await expect.poll(watcher.isOpen, poll).toBe(false);
    expect(watcher.numbers()).not.toContain(after);
  });
});

/** Reads the live stream as a browser would. */
async function follow(
  lastEventId?: string,
  credential: Record<string, string> = { authorization: `Bearer ${owner.key}` },
) {
  const ended = new AbortController();
  const headers = { ...credential, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
  const answer = await fetch(`http://localhost:${port}/api/v1/live`, { headers, signal: ended.signal });
  let text = '';
  let open = true;
  const reading = (async () => {
    for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) text += chunk;
  })()
    .catch(() => undefined) // ended below
    .finally(() => {
      open = false;
    });
  await expect.poll(() => text, poll).toContain('event: ready');
  const numbers = () =>
    [...text.matchAll(/event: entry\ndata: (.+)\n/g)].map(
      ([, data]) => (JSON.parse(data ?? '') as { seq: number }).seq,
    );
  return {
    numbers,
    isOpen: () => open,
    last: () => [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1],
    close: async () => {
      ended.abort();
      await reading;
    },
  };
}
