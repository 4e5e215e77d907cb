import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

// Answers are JSON of many shapes; tests look into them freely.
// oxlint-disable-next-line typescript/no-explicit-any -- an answer's shape is what the test is about
export type Body = any;

export interface Answer {
  status: number;
  body: Body;
  headers: Record<string, unknown>;
}

/** Calls the API as one person, through the whole HTTP stack. */
export interface Client {
  id: string;
  key: string | null;
  get: (path: string) => Promise<Answer>;
  post: (path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;
  /** Sends bytes, as a file is sent. */
  upload: (path: string, bytes: Buffer, headers?: Record<string, string>) => Promise<Answer>;
  /** Reads what is no JSON. */
  bytes: (path: string) => Promise<{ status: number; bytes: Buffer; headers: Record<string, unknown> }>;
  patch: (path: string, body: object, headers?: Record<string, string>) => Promise<Answer>;
  /** Creates a record; throws with the refusals when that is refused. */
  create: (path: string, body: object) => Promise<Body>;
  /** Makes a move of a record at its present version; throws when refused. */
  move: (path: string, id: string, move: string, body?: object) => Promise<Body>;
  /** Tries a move at its present version, and tells how that went. */
  tryMove: (path: string, id: string, move: string, body?: object) => Promise<Answer>;
  /** Decides at a gate on what it shows; throws when refused. */
  decide: (gate: string, id: string, body?: object) => Promise<Body>;
  tryDecide: (gate: string, id: string, body?: object) => Promise<Answer>;
  /** Drafts or accepts a checklist item. */
  item: (path: string, id: string, item: string, body: object) => Promise<Body>;
}

/** Has whoever a gate asks state what it stays closed without; gets the gate's page. */
export type Supply = (page: Body) => Promise<void>;

export interface ClientOptions {
  cookie?: string | undefined;
  /** What comes before each decision that is to be made. */
  supply?: Supply | undefined;
}

export function client(
  server: FastifyInstance,
  id: string,
  key: string | null,
  { cookie, supply }: ClientOptions = {},
): Client {
  const authorization: Record<string, string> = key
    ? { authorization: `Bearer ${key}` }
    : cookie
      ? { cookie, 'sec-fetch-site': 'same-origin' }
      : {};
  const call = async (
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await server.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...authorization, ...headers },
      ...(body ? { payload: body } : {}),
    });
    return {
      status: answer.statusCode,
      body: answer.body ? JSON.parse(answer.body) : undefined,
      headers: answer.headers,
    };
  };
  const expected = (answer: Answer, what: string): Body => {
    if (answer.status < 300) return answer.body;
    throw new Error(
      `${what}: ${answer.status} ${(answer.body.refusals ?? []).map((each: { code: string; sentence: string }) => `${each.code}: ${each.sentence}`).join(' | ') || JSON.stringify(answer.body)}`,
    );
  };
  const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
    call('POST', path, body, headers);
  const versionOf = async (path: string, of: string): Promise<number> =>
    expected(await call('GET', `/${path}/${of}`), `read ${path}/${of}`).record.version;
  const tryMove = async (path: string, of: string, move: string, body: object = {}) =>
    post(`/${path}/${of}/moves/${move}`, { expectedVersion: await versionOf(path, of), ...body });
  const tryDecide = async (gate: string, of: string, body: object = {}) => {
    const page = expected(await call('GET', `/gates/${gate}/${of}`), `read gate ${gate}`);
    return post(
      `/gates/${gate}/${of}/decisions`,
      {
        outcome: 'approve',
        reason: 'The evidence is convincing.',
        expectedVersion: page.subject.version,
        evidenceHash: page.evidenceHash,
        ...body,
      },
      { 'idempotency-key': randomUUID() },
    );
  };
  return {
    id,
    key,
    post,
    get: (path) => call('GET', path),
    patch: (path, body, headers) => call('PATCH', path, body, headers),
    upload: async (path, bytes, headers = {}) => {
      const answer = await server.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        headers: { ...authorization, 'content-type': 'application/octet-stream', ...headers },
        payload: bytes,
      });
      return { status: answer.statusCode, body: JSON.parse(answer.body), headers: answer.headers };
    },
    bytes: async (path) => {
      const { statusCode, rawPayload, headers } = await server.inject({
        url: `/api/v1${path}`,
        headers: authorization,
      });
      return { status: statusCode, bytes: rawPayload, headers };
    },
    create: async (path, body) => expected(await post(`/${path}`, body), `create ${path}`).record,
    tryMove,
    tryDecide,
    move: async (path, of, move, body) => expected(await tryMove(path, of, move, body), `${move} ${path}`).record,
    decide: async (gate, of, body) => {
      if (supply) await supply(expected(await call('GET', `/gates/${gate}/${of}`), `read gate ${gate}`));
      return expected(await tryDecide(gate, of, body), `decide ${gate}`);
    },
    item: async (path, of, item, body) =>
      expected(
        await call('PATCH', `/${path}/${of}/items/${item}`, { expectedVersion: await versionOf(path, of), ...body }),
        `item ${item}`,
      ).record,
  };
}
