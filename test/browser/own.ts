// Records of a test's own, made through the API as the person whose page it is.
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { password, people } from './arrange.ts';
import { port } from './port.ts';

export interface Own {
  id: string;
  ref: string;
  version: number;
}

const headers = { 'x-servicewright-client': 'ui', origin: `http://localhost:${port}` };

/** Calls the API with the page's own sign-in; throws what it answered when that is no success. */
export async function call<T>(page: Page, method: 'GET' | 'POST' | 'PATCH', path: string, data?: object): Promise<T> {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

interface Requirement {
  record: Own;
}

interface Myself {
  person: { id: string };
  grants: { role: string; customer: string | null }[];
}

/** A business requirement that the signed-in person owns, in its first state; in the example, where no test counts them. */
export async function ownRequirement(page: Page, title: string): Promise<Own> {
  const { person, grants } = await call<Myself>(page, 'GET', '/me');
  const { record } = await call<Requirement>(page, 'POST', '/business-requirements', {
    title,
    statement: `${title}: what shoppers told us they want.`,
    trigger: 'market',
    owner: person.id,
    customers: [...new Set(grants.flatMap(({ customer }) => customer ?? []))],
  });
  return record;
}

/** Makes a move of a record as it stands. */
export async function moveOwn(page: Page, { id }: Own, move: string, more: object = {}): Promise<void> {
  const { record } = await call<Requirement>(page, 'GET', `/business-requirements/${id}`);
  await call(page, 'POST', `/business-requirements/${id}/moves/${move}`, { expectedVersion: record.version, ...more });
}

/** Signs in by the page, with the password of everybody whom the tests arrange. */
export async function signIn(page: Page, who: { email: string }, next = '/'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Somebody new of the customer, with an account; tells the address. The page is the authority's from then on. */
export async function newColleague(page: Page, name: string): Promise<string> {
  await signIn(page, people.authority);
  const { person } = await call<{ person: { customer: string } }>(page, 'GET', '/me');
  const given = { title: name, customer: person.customer };
  const { record } = await call<{ record: { id: string } }>(page, 'POST', '/people', given);
  await call(page, 'POST', '/role-grants', { ...given, title: 'User', person: record.id, role: 'USR' });
  const { token } = await call<{ token: string }>(page, 'POST', `/people/${record.id}/invitation`);
  const email = `${name.split(' ')[0]?.toLowerCase()}.${record.id.slice(-6)}@example.org`;
  await call(page, 'POST', '/welcome', { token, name, email, password });
  return email;
}

/** Opens a page, and waits until it follows the journal: what is altered before is told to nobody, and read by whoever reads later. */
export async function openFollowing(page: Page, path: string): Promise<void> {
  const follows = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/v1/live');
  await page.goto(path);
  await follows;
}
