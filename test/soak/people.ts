// The people of a soaked installation: an administrator who also works at the desk, and a customer's business owner.
import { setTimeout as wait } from 'node:timers/promises';

const json = { 'content-type': 'application/json' };
const password = 'a long enough password';

export type Body = Record<string, unknown>;

/** An answer that is no success. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(`${status} ${text}`);
    this.status = status;
  }
}

export async function answered<T = Body>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Refused(answer.status, `${answer.url} ${await answer.text()}`);
  return (await answer.json()) as T; // our own API's answers
}

/** Calls as one person. A call under an idempotency key is repeated until it is answered, as a program that loses nothing does. */
export interface Caller {
  get: <T = Body>(path: string) => Promise<T>;
  post: <T = Body>(path: string, body: object, key?: string) => Promise<T>;
  patch: <T = Body>(path: string, body: object, key?: string) => Promise<T>;
}

export function caller(url: string, key: string): Caller {
  const call = async <T>(method: string, path: string, body?: object, idempotencyKey?: string): Promise<T> =>
    answered<T>(
      await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body ? json : {}),
          ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  return {
    get: (path) => call('GET', path),
    post: (path, body, of) => call('POST', path, body, of),
    patch: (path, body, of) => call('PATCH', path, body, of),
  };
}

/** Whether an error says nothing about what was asked: the server or its database was away. A 500 is a bug, at any time. */
export const isAway = (error: unknown): boolean =>
  !(error instanceof Refused) || error.status === 503 || error.status === 507;

/** Repeats a call until it is answered, half a minute at most. @throws what is no absence, or the last one */
export async function insisting<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await call();
    } catch (error) {
      if (!isAway(error) || tries === 300) throw error;
      await wait(100);
    }
}

interface Arrived {
  key: string;
  id: string;
  /** Makes a one-time link, which no key does. */
  invite: (path: string) => Promise<string>;
}

/** Takes a one-time link, signs in, and makes a key. */
async function arrive(url: string, token: string, name: string, email: string): Promise<Arrived> {
  const given = { token, name, email, password };
  const { person } = await answered<{ person: string }>(
    await fetch(`${url}/api/v1/welcome`, { method: 'POST', headers: json, body: JSON.stringify(given) }),
  );
  const signedIn = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...json, origin: url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const post = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { ...json, origin: url, cookie },
      body: JSON.stringify(body),
    });
  const made = await post('/keys', { name: 'writer', scopes: ['read', 'write', 'decide'] });
  const invite = async (path: string) => (await answered<{ token: string }>(await post(path, {}))).token;
  return { key: (await answered<{ key: string }>(made)).key, id: person, invite };
}

interface Made {
  record: { id: string };
}

export interface People {
  administrator: string;
  business: string;
  service: string;
  customer: string;
}

/** Who works in the installation, by the keys they have made. */
export async function settle(url: string, firstLink: string): Promise<People> {
  const ada = await arrive(url, firstLink, 'Ada Falk', 'ada@example.org');
  const administrator = caller(url, ada.key);
  for (const role of ['SDK', 'SOW']) await administrator.post('/role-grants', { title: role, person: ada.id, role });
  const place = { title: 'Marlowe Grocers', relationship: 'external', zone: 'UTC' };
  const customer = (await administrator.post<Made>('/customers', place)).record.id;
  const token = await ada.invite(`/customers/${customer}/invitation`);
  const cleo = await arrive(url, token, 'Cleo Marlowe', 'cleo@example.org');
  const authority = caller(url, cleo.key);
  const person = { title: 'Bea Owner', customer, customers: [customer] };
  const bea = (await authority.post<Made>('/people', person)).record.id;
  await authority.post('/role-grants', { title: 'BOW', person: bea, role: 'BOW', customer, customers: [customer] });
  const link = await cleo.invite(`/people/${bea}/invitation`);
  const owner = await arrive(url, link, 'Bea Owner', 'bea@example.org');
  const decideBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const service = (await administrator.post<Made>('/services', { title: 'Slots', customers: [customer], decideBy }))
    .record.id;
  return { administrator: ada.key, business: owner.key, service, customer };
}
