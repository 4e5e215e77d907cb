// What a stranger can do to the server at the sign-in, and what it answers while its database is away.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignIn, mountSignIn } from '../../app/server/sign-in.ts';
import { createServer } from '../../core/http/server.ts';
import { accounts, password } from '../support/accounts.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

let app: TestApplication;
let url: string;

beforeAll(async () => {
  app = await createTestApplication();
  url = await app.server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

const body = { email: 'a@b.example', password: 'a wrong password' };
const headers = { 'content-type': 'application/json', origin: 'http://localhost', host: 'localhost' };

/** Sends chunks without saying how many, until it is answered or they are all sent. */
const poured = (path: string, chunks: number) =>
  new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
    let sent = 0;
    const to = request(`${url}/api/v1/auth${path}`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, sent });
      to.destroy();
    });
    to.on('error', (error) => (sent < chunks ? undefined : reject(error)));
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const pour = () => {
      if (to.destroyed) return;
      sent += 1;
      if (sent === chunks) to.end(chunk);
      else to.write(chunk, pour);
    };
    to.on('socket', pour);
  });

// Its kind: a page of ours that says what a link says. No other operation answers with a page.
it('shows no words of a link on a page of its own', async () => {
  const said = '/api/v1/auth/error?error=x&error_description=Call+this+number';
  const answer = await app.server.inject({ url: said });
  expect([answer.statusCode, answer.body.includes('Call this')]).toEqual([404, false]);
});

// Looked at besides: bytes of files, which are spooled and counted; every other body, of which the server itself takes 2 MB.
describe('a body at the sign-in', () => {
  it('is taken up to 64 KiB and no further, at every path and whatever it says it is', async () => {
    for (const path of ['/sign-in/email', '/two-factor/verify-totp', '/no-such-path']) {
      const { status, sent } = await poured(path, 2000);
      expect([path, status, sent < 2000]).toEqual([path, 413, true]);
    }
    for (const type of [
      'application/json',
      'text/plain',
      'application/octet-stream',
      'multipart/form-data; boundary=x',
    ]) {
      const long = await app.server.inject({
        method: 'POST',
        url: '/api/v1/auth/sign-in/email',
        headers: { ...headers, 'content-type': type },
        payload: JSON.stringify({ ...body, more: 'x'.repeat(64 * 1024) }),
      });
      expect([type, long.statusCode]).toEqual([type, 413]);
    }
  });
});

// Looked at besides: the live stream, which reads the database before it begins to answer, and ends by itself afterwards.
describe('the sign-in answers', () => {
  const strange = ['::', 'https, http', 'javascript', ' ', 'http://[', '%00'];

  it('whatever a header says of the scheme and the host', async () => {
    const administrator = await app.person('Ada Min', ['ADM']);
    const { email } = await accounts(app).account(administrator, 'Strange');
    for (const each of strange)
      for (const name of ['x-forwarded-proto', 'x-forwarded-host', 'forwarded', 'host']) {
        const answer = await app.server.inject({
          method: 'POST',
          url: '/api/v1/auth/sign-in/email',
          headers: { ...headers, [name]: each },
          payload: { email, password },
        });
        expect([name, each, answer.statusCode]).toEqual([name, each, 200]);
      }
  });

  it('to methods that it does not know', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const) {
      const answer = await app.server.inject({
        method,
        url: '/api/v1/auth/sign-in/email',
        headers: { origin: 'http://localhost' },
      });
      expect([method, answer.statusCode]).toEqual([method, 404]);
    }
  });

  it('that the database is away while it is', async () => {
    const signIn = await createSignIn({
      appConfig: { host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' },
      baseUrl: 'http://localhost',
      secret: 'a secret for tests only, of many letters',
    });
    const server = await createServer({
      application: app.application,
      endpoints: [],
      credentialOf: () => undefined,
      authenticate: () => Promise.resolve(undefined),
      callsPerMinute: 10_000,
      secure: false,
      logLevel: 'silent',
    });
    mountSignIn(server, signIn);
    const posted = ['/sign-in/email', '/sign-out', '/two-factor/verify-totp', '/change-password', '/revoke-sessions'];
    for (const path of posted) {
      const answer = await server.inject({ method: 'POST', url: `/api/v1/auth${path}`, headers, payload: body });
      expect([path, answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
        path,
        503,
        'database.unavailable',
        '5',
      ]);
    }
    const session = await server.inject({ url: '/api/v1/auth/get-session', headers });
    expect(session.statusCode).toBe(503);
    await server.close();
    await signIn.close();
  });
});
