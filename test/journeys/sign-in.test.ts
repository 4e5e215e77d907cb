// Sessions, second factors and tries: what a stolen copy, a stolen session or a guess is worth.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSignIn } from '../../app/server/sign-in.ts';
import type { SignIn } from '../../app/server/sign-in.ts';
import { asksPassword, triedFrom } from '../../app/server/sign-in-hooks.ts';
import { accounts, cookieOf, password } from '../support/accounts.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { oneTimeCode } from '../support/one-time-code.ts';
import type { Client } from '../support/client.ts';
import { sessionOfToken, signedIn } from '../support/session.ts';

let app: TestApplication;
let library: SignIn;
let auth: ReturnType<typeof accounts>['auth'];
let signIn: ReturnType<typeof accounts>['signIn'];
let administrator: Client;
let account: (name: string) => Promise<{ id: string; email: string }>;

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
  const of = accounts(app);
  ({ auth, signIn } = of);
  account = (name) => of.account(administrator, name);
  library = await createSignIn({ appConfig: app.database.appConfig, baseUrl: 'http://localhost', secret: 'of a list' });
});
afterAll(async () => {
  await library.close();
  await app.close();
});

/** Whether an operation of the library takes a password that there is already. */
const takesPassword = (operation: unknown): boolean => {
  const { body } = (operation as { options?: { body?: z.ZodType } }).options ?? {};
  if (!body) return false;
  const schema = JSON.stringify(z.toJSONSchema(body, { unrepresentable: 'any', io: 'input' }));
  return /"(?:password|currentPassword)":/.test(schema);
};

const me = async (headers: Record<string, string>) =>
  (await app.server.inject({ url: '/api/v1/me', headers })).statusCode;
// Looked at besides: challenges that wait for an answer, one-time links and keys (hashes already), backups (left out by comment).
describe('a copy of the database', () => {
  it('holds nothing of a session that a browser could send', async () => {
    const { email } = await account('Copied');
    const cookie = cookieOf(await signIn(email));
    const token = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '';
    expect(await me({ cookie })).toBe(200);
    const { rows } = await app.database.ownerPool.query<{ token: string }>('select token from identity.session');
    const stored = rows.map((row) => row.token);
    expect(stored).not.toContain(token);
    for (const each of [...stored, token, `${token}.x`, `${token}.`, '.'])
      expect(await me({ cookie: `servicewright.session_token=${each}` })).toBe(401);
    for (const each of stored) expect(await me({ cookie: sessionOfToken(each).cookie })).toBe(401);
  });

  it('holds no challenge of a second factor that could be answered', async () => {
    const { email } = await account('Challenged');
    await withSecondFactor(email);
    const cookie = cookieOf(await signIn(email));
    const sent = decodeURIComponent(/two_factor=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '';
    expect(sent).not.toBe('');
    const { rows } = await app.database.ownerPool.query('select identifier from identity.verification');
    expect(rows.length).toBeGreaterThan(0);
    for (const { identifier } of rows) expect(identifier).not.toContain(sent);
  });
});

const codeOf = (uri: string, steps = 0) => oneTimeCode(new URL(uri).searchParams.get('secret') ?? '', steps);

/** Switches a second factor on; the code of the step after is good from now on, and still when the step ends meanwhile. */
async function withSecondFactor(email: string): Promise<string> {
  const cookie = cookieOf(await signIn(email));
  const enabled = await auth('/two-factor/enable', { password }, { cookie });
  expect(enabled.statusCode).toBe(200);
  const { totpURI } = enabled.json<{ totpURI: string }>();
  const on = await auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, { cookie });
  expect(on.statusCode).toBe(200);
  return totpURI;
}

// Looked at besides: the code that switches the factor on, two sign-ins at once; backup codes are used up by the library.
describe('a code of a second factor', () => {
  it('signs in once, also for two at the same moment', async () => {
    const { email } = await account('Coded');
    const uri = await withSecondFactor(email);
    const challenges = [cookieOf(await signIn(email)), cookieOf(await signIn(email)), cookieOf(await signIn(email))];
    const code = codeOf(uri, 1);
    const answers = await Promise.all(
      challenges.map((cookie) => auth('/two-factor/verify-totp', { code }, { cookie })),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
    const winner = answers.find(({ statusCode }) => statusCode === 200);
    expect(winner && (await me({ cookie: cookieOf(winner) }))).toBe(200);
  });

  // Its kind: all that a sign-in leaves behind besides its session. Challenges stand in the same table, and end too.
  it('is asked for again on a device that was trusted, when everything that was left behind ends', async () => {
    const next = 'another long password';
    const suspend = async (id: string) => {
      await administrator.move('people', id, 'suspend', { reason: 'Looked into.' });
      await administrator.move('people', id, 'reinstate');
    };
    const ways: [string, string, (cookie: string, id: string) => Promise<unknown>][] = [
      ['Everywhere', password, (cookie) => auth('/revoke-sessions', {}, { cookie })],
      [
        'Changing',
        next,
        (cookie) => auth('/change-password', { currentPassword: password, newPassword: next }, { cookie }),
      ],
      ['Suspending', password, (_cookie, id) => suspend(id)],
    ];
    for (const [name, secret, end] of ways) {
      const { id, email } = await account(name);
      const uri = await withSecondFactor(email);
      const given = { code: codeOf(uri, 1), trustDevice: true };
      const first = await auth('/two-factor/verify-totp', given, { cookie: cookieOf(await signIn(email)) });
      const again = (cookie: string, of: string) => auth('/sign-in/email', { email, password: of }, { cookie });
      const trusted = await again(cookieOf(first), password);
      expect(trusted.json()).not.toMatchObject({ twoFactorRedirect: true });
      await end(cookieOf(trusted), id);
      const after = await again(cookieOf(trusted).replace(/[^ ]*session_token[^ ]*/, ''), secret);
      expect([name, after.json()]).toMatchObject([name, { twoFactorRedirect: true }]);
    }
  });
});

// Looked at besides: everything by address (one-time links, second factors), IPv6, addresses spelled otherwise.
/** All of them in the long run; each costs what a password costs. */
const desk = process.env['WIDE'] ? 300 : 40;

describe('tries', () => {
  it('of a whole desk behind one address all succeed at once', async () => {
    // Ten windows of each: of one account only some fifty tries wait at once.
    const people = await Promise.all(Array.from({ length: desk / 10 }, (_, index) => account(`Desk${index}`)));
    const answers = await Promise.all(
      Array.from({ length: desk }, (_, index) =>
        signIn(people[index % people.length]?.email ?? '', password, '10.1.0.1'),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status !== 200)).toEqual([]);
  }, 300_000);

  it('of one account from one network wait after five wrong ones, whatever header is forged; of another do not', async () => {
    const [one, other] = [await account('Guessed'), await account('Neighbour')];
    const wrong = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        auth(
          '/sign-in/email',
          { email: index % 2 ? one.email : one.email.toUpperCase(), password: `a wrong password ${index}` },
          { 'x-forwarded-for': `10.9.0.${index}`, 'x-servicewright-peer': `10.8.0.${index}` },
          '10.2.0.1',
        ),
      ),
    );
    const looked = wrong.filter(({ statusCode }) => statusCode !== 429);
    expect(looked.map(({ statusCode }) => statusCode)).toEqual(looked.map(() => 401));
    expect(looked.length).toBeLessThan(10); // five, and those that were being looked at meanwhile
    const right = await signIn(one.email, password, '10.2.0.1');
    expect([right.statusCode, Number(right.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect((await signIn(one.email, password, '10.3.0.1')).statusCode).toBe(200);
    expect((await signIn(other.email, password, '10.2.0.1')).statusCode).toBe(200);
  }, 120_000);

  // Looked at besides: every table of the sign-in that a call without a session adds to, and what outlives its use there.
  it('and what else strangers leave behind is forgotten once it counts for nothing', async () => {
    const { email } = await account('Remembered');
    const pool = app.database.ownerPool;
    const { rows } = await pool.query<{ id: string }>('select id from identity."user" where email = $1', [email]);
    for (const [name, ago] of [
      ['old', '2 hours'],
      ['young', '1 minute'],
    ]) {
      await pool.query(
        `insert into identity.sign_in_failure (key, count, last_at)
         select $1 || n, 1, now() - $2::interval from generate_series(1, 6000) n`,
        [name, ago],
      );
      await pool.query(
        `insert into identity."rateLimit" (key, count, "lastRequest")
         select $1 || n, 1, extract(epoch from now() - $2::interval)::bigint * 1000 from generate_series(1, 6000) n`,
        [name, ago],
      );
      await pool.query(
        `insert into identity.used_code (user_id, code_hash, used_at) values ($3, $1, now() - $2::interval)`,
        [name, ago, rows[0]?.id],
      );
      await pool.query(
        `insert into identity.verification (identifier, value, "expiresAt", "createdAt", "updatedAt")
         values ($1, 'v', now() - $2::interval, now(), now())`,
        [name, ago],
      );
      await pool.query(
        `insert into identity.session (token, "userId", "expiresAt", "updatedAt")
         values ($1, $3, now() - $2::interval, now())`,
        [name, ago, rows[0]?.id],
      );
    }
    await app.runJob('sign-in-forget');
    const left = async (text: string) =>
      (await pool.query<{ of: string; n: number }>(text)).rows.map(({ of, n }) => `${of} ${n}`);
    const counted = (table: string, column: string) =>
      left(
        `select regexp_replace(${column}, '\\d+$', '') as of, count(*)::int as n
         from identity.${table}
         where ${column} ~ '^(old|young)'
         group by 1`,
      );
    expect(await counted('sign_in_failure', 'key')).toEqual(['young 6000']);
    expect(await counted('"rateLimit"', 'key')).toEqual(['young 6000']);
    expect(await counted('used_code', 'code_hash')).toEqual(['young 1']);
    expect(await counted('verification', 'identifier')).toEqual(['young 1']);
    expect(await counted('session', 'token')).toEqual(['young 1']);
  });

  // Every path of the library that takes a password stands in the list, or is said here not to look at one.
  it('behind a session wait after five wrong ones, at every path that takes the password', async () => {
    const taking = Object.values(library.auth.api)
      .filter(takesPassword)
      .map((each) => ('path' in each ? each.path : ''));
    const elsewhere = ['/sign-in/email', '/sign-up/email']; // counted from where it comes; switched off
    expect(new Set<unknown>(taking)).toEqual(new Set([...asksPassword, ...elsewhere]));

    const bodies: Record<string, (secret: string) => object> = {
      '/change-password': (secret) => ({ currentPassword: secret, newPassword: 'another long password' }),
    };
    for (const path of asksPassword) {
      const { email } = await account(`Taken${String(path).replaceAll(/\W/g, '')}`);
      const cookie = cookieOf(await signIn(email));
      // Some look at the password only where there is a second factor.
      expect((await auth('/two-factor/enable', { password }, { cookie })).statusCode).toBe(200);
      await app.database.ownerPool.query('update identity."user" set "twoFactorEnabled" = true where email = $1', [
        email,
      ]);
      const body = bodies[String(path)] ?? ((secret: string) => ({ password: secret }));
      const tried = (secret: string, at = 0) => auth(String(path), body(secret), { cookie }, `10.4.0.${at}`);
      const statuses: number[] = [];
      for (let at = 0; at < 7; at += 1) statuses.push((await tried(`a wrong password ${at}`, at)).statusCode);
      // Of what is switched off nothing is learnt.
      if (statuses[0] === 404) expect([path, ...new Set(statuses)]).toEqual([path, 404]);
      else expect([path, ...statuses]).toEqual([path, 400, 400, 400, 400, 400, 429, 429]);
      if (statuses[0] === 404) continue;
      expect((await tried(password)).statusCode).toBe(429);
      // At the other paths too, and where a key is made; the account itself signs in as before.
      expect((await auth('/two-factor/enable', { password }, { cookie })).statusCode).toBe(429);
      expect((await signIn(email)).statusCode).toBe(200);
    }
  }, 120_000);

  it('are counted by what a subscriber of the network has: an IPv4 address, or half of an IPv6 one', () => {
    const alike = [
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:0DB8:1:2:0:0:0:7'],
      ['10.0.0.1', '::ffff:10.0.0.1'],
    ].map((addresses) => new Set(addresses.map((each) => triedFrom('a@b.example', each))).size);
    expect(alike).toEqual([1, 1]);
    const apart = ['2001:db8:1:2::1', '2001:db8:1:3::1', '10.0.0.1', '10.0.0.2', '::1', ''];
    expect(new Set(apart.map((each) => triedFrom('a@b.example', each))).size).toBe(apart.length);
  });
});

// Looked at besides: a second password that is set with the old one, challenges of a second factor, erasure (no password is left).
describe('the old password', () => {
  const next = 'another long password';
  /** Signs in with the old password again and again, from ever another network, until something is done; what each was given. */
  async function meanwhile(email: string, doing: Promise<unknown>): Promise<string[]> {
    const under = { way: true };
    const cookies: string[] = [];
    const guess = async (lane: number) => {
      for (let count = 0; under.way; count += 1) {
        const answer = await signIn(email, password, `10.${lane + 20}.${count}.1`);
        if (answer.statusCode === 200) cookies.push(cookieOf(answer));
      }
    };
    const lanes = [1, 2, 3].map(guess);
    await doing.finally(() => (under.way = false));
    await Promise.all(lanes);
    return cookies;
  }
  const alive = async (cookies: string[]) =>
    (await Promise.all(cookies.map((cookie) => me({ cookie })))).filter((status) => status === 200);
  const change = (cookie: string, newPassword: string) =>
    auth('/change-password', { currentPassword: password, newPassword }, { cookie });

  it('opens no session that outlives its change, though both come at the same moment', async () => {
    for (const name of ['Turn1', 'Turn2', 'Turn3']) {
      const { email } = await account(name);
      const own = cookieOf(await signIn(email));
      const changed = change(own, next);
      expect(await alive(await meanwhile(email, changed))).toEqual([]);
      expect(await me({ cookie: cookieOf(await changed) })).toBe(200);
    }
  });

  it('opens none that outlives its replacement through a link, nor takes its place', async () => {
    for (const name of ['Renew1', 'Renew2', 'Renew3']) {
      const { id, email } = await account(name);
      const old = cookieOf(await signIn(email));
      const { token } = (await (await signedIn(app, administrator)).post(`/people/${id}/invitation`)).body;
      const renewed = app.stranger.post('/welcome', { token, name, email, password: next });
      const cookies = await meanwhile(email, Promise.all([renewed, change(old, 'a password of the thief')]));
      expect((await renewed).status).toBe(201);
      expect(await alive([...cookies, old])).toEqual([]);
      expect((await signIn(email, next, '10.99.0.1')).statusCode).toBe(200);
    }
  });
});
