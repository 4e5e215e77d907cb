// Records of a test's own, made through the API as the person whose page it is.
import type { Page } from '@playwright/test';
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
