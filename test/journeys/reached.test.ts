// How the server is reached: through a proxy, under several names, by who invents credentials.
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { publicUrlFault, trustProxyFault } from '../../app/server/address.ts';
import { accounts, cookieOf, password } from '../support/accounts.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication, TestOptions } from '../support/application.ts';

let app: TestApplication | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function started(options: TestOptions = {}) {
  const running = await createTestApplication(options);
  app = running;
  return { app: running, administrator: await running.person('Ada Min', ['ADM']) };
}

// Looked at besides: every limit keyed by what the caller sends (cookies with something else in them, one-time links, sign-ins).
describe('credentials that nobody gave', () => {
  it('are counted by address, and cost who has a true one nothing', async () => {
    const { app: on, administrator } = await started({ callsPerMinute: 100 });
    const call = (headers: Record<string, string>, remoteAddress: string) =>
      on.server.inject({ url: '/api/v1/me', remoteAddress, headers });
    const owned = { authorization: `Bearer ${administrator.key}` };
    expect((await call(owned, '10.0.0.9')).statusCode).toBe(200);
    const kinds = [
      () => ({ authorization: `Bearer sw_${randomBytes(9).toString('hex')}` }),
      () => ({ cookie: `servicewright.session_token=${randomBytes(9).toString('hex')}.x` }),
      () => ({ cookie: `other=${randomBytes(9).toString('hex')}` }),
    ];
    const invented = [];
    for (let count = 0; count < 60; count += 1)
      invented.push((await call(kinds[count % 3]?.() ?? {}, '10.0.0.9')).statusCode);
    expect(invented.filter((status) => status === 401).length).toBeLessThan(20);
    expect((await call(owned, '10.0.0.9')).statusCode).toBe(200);
    expect((await call({}, '10.0.0.8')).statusCode).toBe(401);
    const own = [];
    for (let count = 0; count < 120; count += 1) own.push((await call(owned, '10.0.0.9')).statusCode);
    expect(own.filter((status) => status === 200).length).toBe(99);
  });

  it('are one however they are spelled: a session is counted once', async () => {
    const { app: on, administrator } = await started({ callsPerMinute: 50 });
    const { signIn, account } = accounts(on);
    const { email } = await account(administrator, 'Pia');
    const [, token = ''] = /session_token=([^;]+)/.exec(cookieOf(await signIn(email))) ?? [];
    const spelled = (letters: number) =>
      decodeURIComponent(token).replaceAll(/./g, (sign, at: number) =>
        at < letters ? `%${sign.charCodeAt(0).toString(16)}` : encodeURIComponent(sign),
      );
    let held = 0;
    for (const letters of [0, 1, 2])
      for (let count = 0; count < 30; count += 1) {
        const cookie = `servicewright.session_token=${spelled(letters)}`;
        const { statusCode } = await on.server.inject({ url: '/api/v1/me', headers: { cookie } });
        held += Number(statusCode === 200);
      }
    expect(held).toBe(51); // the first was counted by address
  });
});

// Looked at besides: everything by peer (tries, limits), by Host (writes of a page) and by Origin (sign-in).
describe('behind a proxy', () => {
  it('that is trusted people are counted by who they are; another is not believed', async () => {
    const { app: on } = await started({ callsPerMinute: 50, trustProxy: '10.0.0.1' });
    const call = (remoteAddress: string, of: string) =>
      on.server.inject({ url: '/api/v1/me', remoteAddress, headers: { 'x-forwarded-for': of } });
    const statuses = async (from: string, of: (count: number) => string) => {
      const answers = [];
      for (let count = 0; count < 15; count += 1) answers.push((await call(from, of(count))).statusCode);
      return new Set(answers);
    };
    expect(await statuses('10.0.0.1', (count) => `192.0.2.${count}`)).toEqual(new Set([401]));
    expect(await statuses('10.0.0.2', (count) => `192.0.2.${count}`)).toEqual(new Set([401, 429]));
  });

  it('with a Host of its own a page of the public address may write, and no other', async () => {
    const { app: on, administrator } = await started({ publicUrl: 'https://desk.example.org' });
    const { signIn, auth, account } = accounts(on);
    const { email } = await account(administrator, 'Pia');
    const from = (origin: string) => ({ origin, host: 'internal:8080' });
    for (const origin of ['https://evil.example.org', 'null', 'https://desk.example.org.evil.example'])
      expect((await auth('/sign-in/email', { email, password }, from(origin))).statusCode).toBe(403);
    const signedIn = await auth('/sign-in/email', { email, password }, from('https://desk.example.org'));
    expect(signedIn.statusCode).toBe(200);
    expect(String(signedIn.headers['set-cookie'])).toMatch(/__Secure-.*Secure/s);
    const key = (origin: string) =>
      on.server.inject({
        method: 'POST',
        url: '/api/v1/keys',
        headers: { cookie: cookieOf(signedIn), ...from(origin) },
        payload: { name: 'Mine', scopes: ['read'] },
      });
    expect((await key('https://desk.example.org')).statusCode).toBe(201);
    expect((await key('https://evil.example.org')).json()).toMatchObject({ code: 'sign-in.foreign-page' });
    expect((await signIn(email)).statusCode).toBe(200); // at the machine itself, by its own name
  });
});

describe('a page of the machine itself', () => {
  it('signs in under whatever name the machine is reached: localhost, 127.0.0.1, an address of the network', async () => {
    const { app: on, administrator } = await started();
    const { auth, account } = accounts(on);
    const { email } = await account(administrator, 'Pia');
    const statuses = [];
    for (const host of ['localhost:8080', '127.0.0.1:8080', '192.168.1.20:8080', '[::1]:8080'])
      statuses.push((await auth('/sign-in/email', { email, password }, { origin: `http://${host}`, host })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200]);
    const foreign = { origin: 'http://192.168.1.21:8080', host: '192.168.1.20:8080' };
    expect((await auth('/sign-in/email', { email, password }, foreign)).statusCode).toBe(403);
  });
});

describe('what is said at the start', () => {
  it('of the public address is one that can be served', () => {
    const served = ['https://desk.example.org', 'http://10.0.0.7:8080/'];
    const not = ['https://desk.example.org/sw', 'desk.example.org', 'ftp://desk.example.org', 'https://a.example/?x=1'];
    expect(served.map(publicUrlFault)).toEqual([undefined, undefined]);
    for (const each of not) expect(publicUrlFault(each)).toMatch(/--public-url/);
  });

  it('of proxies names addresses or networks', () => {
    const right = ['10.0.0.5', '10.0.0.5, 192.168.0.0/24', 'loopback', '2001:db8::/32,uniquelocal'];
    expect(right.map(trustProxyFault)).toEqual(right.map(() => undefined));
    for (const each of ['', '*', 'true', '0.0.0.0/0', 'proxy.example', '10.0.0.0/33'])
      expect(trustProxyFault(each)).toMatch(/--trust-proxy/);
  });
});
