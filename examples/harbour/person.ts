// One person's hand on the API: their own key, nothing else.
import { randomUUID } from 'node:crypto';

// Answers are JSON of many shapes; the walk reads a few fields of each.
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type Body = any;

export interface Person {
  id: string;
  name: string;
  get: (path: string) => Promise<Body>;
  post: (path: string, body?: object) => Promise<Body>;
  create: (path: string, body: object) => Promise<Body>;
  edit: (path: string, id: string, body: object) => Promise<Body>;
  move: (path: string, id: string, move: string, body?: object) => Promise<Body>;
  item: (path: string, id: string, item: string, body: object) => Promise<Body>;
  attest: (id: string, gate: string, title: string, statement: string) => Promise<Body>;
  /** Reads the gate, and decides on exactly what it shows. */
  decide: (gate: string, id: string, reason: string, body?: object) => Promise<Body>;
}

/** What the API refused, in its own words. */
export class StepRefused extends Error {}

export function personAt(url: string, id: string, name: string, key: string): Person {
  const call = async (method: string, path: string, body?: object): Promise<Body> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'x-servicewright-client': 'cli',
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const told: Body = await answer.json();
    if (answer.ok) return told;
    const why = (told.refusals ?? [])
      .map((each: { code: string; sentence: string }) => `${each.code}: ${each.sentence}`)
      .join('\n  ');
    throw new StepRefused(`${name}: ${method} ${path} was refused (${answer.status}).\n  ${why || told.detail}`);
  };
  const versionOf = async (path: string, of: string): Promise<number> =>
    (await call('GET', `/${path}/${of}`)).record.version;
  return {
    id,
    name,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    create: async (path, body) => (await call('POST', `/${path}`, body)).record,
    edit: async (path, of, body) =>
      (await call('PATCH', `/${path}/${of}`, { expectedVersion: await versionOf(path, of), ...body })).record,
    move: async (path, of, move, body = {}) =>
      (await call('POST', `/${path}/${of}/moves/${move}`, { expectedVersion: await versionOf(path, of), ...body }))
        .record,
    item: async (path, of, item, body) =>
      (await call('PATCH', `/${path}/${of}/items/${item}`, { expectedVersion: await versionOf(path, of), ...body }))
        .record,
    attest: (of, gate, title, statement) => call('POST', `/records/${of}/attestations`, { gate, title, statement }),
    decide: async (gate, of, reason, body = {}) => {
      const page = await call('GET', `/gates/${gate}/${of}`);
      return call('POST', `/gates/${gate}/${of}/decisions`, {
        outcome: 'approve',
        reason,
        expectedVersion: page.subject.version,
        evidenceHash: page.evidenceHash,
        ...body,
      });
    },
  };
}
