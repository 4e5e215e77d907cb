// The one place that talks to the server. A refused call throws ApiRefusal, which carries every reason in words.
import type { Altered, Refusal } from '../refusal/refusal.ts';
import { reportReachable, whenReachable } from './connection.ts';
import { followClock } from './format.ts';

const base = '/api/v1';

interface Conflict {
  currentVersion?: number | undefined;
  altered?: readonly Altered[] | undefined;
}

/** The server said no, or could not be reached (`status` 0). */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly refusals: Refusal[];
  readonly currentVersion: number | undefined;
  /** With a conflict: what others altered since the version that was named. */
  readonly altered: readonly Altered[];
  constructor(status: number, refusals: Refusal[], { currentVersion, altered = [] }: Conflict = {}) {
    super(refusals.map((each) => each.sentence).join(' ') || `The server answered ${status}.`);
    this.status = status;
    this.refusals = refusals;
    this.currentVersion = currentVersion;
    this.altered = altered;
  }
}

/** Reasons a failed call gave; one general reason for a failure that is no refusal. */
export function reasonsOf(error: unknown): Refusal[] {
  if (error instanceof ApiRefusal && error.refusals.length > 0) return error.refusals;
  const sentence = error instanceof Error && error.message ? error.message : 'Something went wrong on the way.';
  return [{ code: 'ui.failed', sentence, hint: 'Try again; if it stays, tell your administrator.' }];
}

/** A version 4 UUID; `crypto.randomUUID` exists only over HTTPS and on localhost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes]
    .map((byte, index) =>
      (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0'),
    )
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

// A server that is not there, or a proxy before one that is not.
const gone = [0, 502, 503, 504];
export const isUnreachable = (error: unknown) => error instanceof ApiRefusal && gone.includes(error.status);

/** Where the journal stood when the first thing that this page shows was read: what is live follows from there. */
let firstPlace: string | null = null;
export const readSince = () => firstPlace;

async function call(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(base + path, { credentials: 'same-origin', ...init });
    reportReachable(!gone.includes(response.status));
    const now = response.headers.get('x-servicewright-now');
    if (now) followClock(now);
    firstPlace ??= response.headers.get('x-servicewright-place');
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    reportReachable(false);
    throw new ApiRefusal(0, [unreachable(init.method)]);
  }
}

/** That nobody answered a call; a method is named where something was to be saved. */
export const unreachable = (method?: string): Refusal => ({
  code: 'ui.unreachable',
  sentence: method ? 'The server cannot be reached, so nothing was saved.' : 'The server cannot be reached.',
  hint: method
    ? 'What you typed is kept. Try again when the banner is gone.'
    : 'It is asked again until it answers; then this comes back by itself.',
});

interface Problem {
  refusals?: Refusal[];
  title?: string;
  /** What the sign-in says, which speaks another form. */
  message?: string;
  detail?: string;
  code?: string;
  currentVersion?: number;
  altered?: Altered[];
}

/** What a bare status means to a person. */
function wordsOfStatus(status: number): Pick<Refusal, 'sentence' | 'hint'> {
  if (status === 401) return { sentence: 'You are not signed in any more.', hint: 'Sign in again; drafts are kept.' };
  if (status === 403) return { sentence: 'You may not do this.', hint: 'Ask your administrator.' };
  if (status === 404) return { sentence: 'There is nothing here that you can see.', hint: 'Check the address.' };
  if (status === 429) return { sentence: 'That was tried too often.', hint: 'Wait a minute, then try again.' };
  return { sentence: 'The server could not do this.', hint: 'Try again; if it stays, tell your administrator.' };
}

/** What the server answered; throws its refusals. */
export async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text();
  // The contract types every answer; the server tests its own answers against it.
  const body = (text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as T & Problem;
  if (response.ok) return body;
  // The sign-in's own words for too many tries say twice what ours say.
  const told = body.detail ?? (response.status === 429 ? undefined : (body.message ?? body.title));
  const general = {
    code: body.code ?? `http.${response.status}`,
    ...wordsOfStatus(response.status),
    ...(told ? { sentence: told } : {}),
  };
  throw new ApiRefusal(response.status, body.refusals?.length ? body.refusals : [general], body);
}

/** Reads `/api/v1` + path. Throws ApiRefusal. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return readAnswer<T>(await call(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) }));
}

/** Writes once even when sent twice: a repeated call with the same key has the first call's answer. Throws ApiRefusal. */
export async function write<T>(
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
  key: string = newKey(),
): Promise<T> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key, 'x-servicewright-client': 'ui' };
  return readAnswer<T>(await call(path, { method, headers, body: JSON.stringify(body) }));
}

/**
 * As `write`, but waits for a server that is gone and sends again under the same key, so that nothing is lost or doubled.
 * For edits of what one sees; never for a decision or a move, which somebody makes knowing how things stand.
 */
export async function writeInTime<T>(
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
  key: string = newKey(),
): Promise<T> {
  for (;;) {
    try {
      return await write<T>(method, path, body, key);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      await whenReachable();
    }
  }
}

/** Whether an error says nothing about what was asked: the server is gone, or stumbled. */
export const isTemporary = (error: unknown) =>
  error instanceof ApiRefusal && (error.status === 0 || error.status >= 500);

/** A query string of the given pairs without the empty ones, with its question mark. */
export function queryOf(pairs: Readonly<Record<string, string | number | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(pairs))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text ? `?${text}` : '';
}
