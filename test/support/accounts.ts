// People with accounts, who sign in as a browser does.
import type { TestApplication } from './application.ts';
import type { Client } from './client.ts';
import { signedIn } from './session.ts';

export const password = 'a long enough password';
const ownPage = { origin: 'http://localhost', host: 'localhost' };

export const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  [answer.headers['set-cookie']]
    .flat()
    .map((each) => String(each).split(';')[0])
    .join('; ');

export function accounts(app: TestApplication) {
  const auth = (path: string, payload: object, headers: Record<string, string> = {}, from = '10.0.0.1') =>
    app.server.inject({
      method: 'POST',
      url: `/api/v1/auth${path}`,
      remoteAddress: from,
      headers: { ...ownPage, ...headers },
      payload,
    });
  return {
    auth,
    signIn: (email: string, secret = password, from?: string) =>
      auth('/sign-in/email', { email, password: secret }, {}, from),
    /** Somebody with an account, let in by the administrator of their side. */
    account: async (
      by: Client,
      name: string,
      customer: string | null = null,
    ): Promise<{ id: string; email: string }> => {
      const { id } = await by.create('people', { title: name, customer });
      const { token } = (await (await signedIn(app, by)).post(`/people/${id}/invitation`)).body;
      const email = `${name.toLowerCase()}@accounts.example.org`;
      const taken = await app.stranger.post('/welcome', { token, name, email, password });
      if (taken.status !== 201) throw new Error(`${name} was not let in: ${taken.status}`);
      return { id, email };
    },
    /** Calls the API with a session. */
    as: (cookie: string, method: 'GET' | 'POST', path: string, payload?: object) =>
      app.server.inject({
        method,
        url: `/api/v1${path}`,
        headers: { cookie, ...ownPage },
        ...(payload ? { payload } : {}),
      }),
  };
}
