// What a call brings along, judged by its endpoint's schemas before anything is done with it.
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { readInput } from '../record/define/input-fault.ts';
import { refusal, refuse } from '../refusal/refusal.ts';
import type { Refusal, Refused } from '../refusal/refusal.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { receive, tooLarge } from './received.ts';
import type { Received } from './received.ts';
import { lookup } from '../names/lookup.ts';

export type Input = Pick<Call, 'params' | 'query' | 'body'>;

const names = lookup({ params: 'address', query: 'query', body: 'body' } as const);

/** Parses parameters, query and body by the endpoint's schemas; every fault is told. */
export function parse(endpoint: Endpoint, request: FastifyRequest): Input | Refused {
  const faults: Refusal[] = [];
  const parsed: Record<string, unknown> = {};
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = endpoint[part];
    const given = part === 'query' ? knownQuery(endpoint, request, faults) : request[part];
    if (!schema || (part === 'body' && endpoint.takesBytes)) continue;
    const read = readInput(schema, given === undefined ? {} : given, `The ${names[part]}`);
    if (read.ok) parsed[part] = read.data;
    else faults.push(...read.faults);
  }
  for (const [part, value] of Object.entries(parsed))
    if (!isStorable(value))
      faults.push(
        refusal(
          'input.characters',
          `The ${part} holds a character that no text may hold (NUL, or half of a surrogate pair).`,
          'Take it out and send it again.',
        ),
      );
  if (faults.length) return refuse('invalid', ...faults);
  return { params: {}, query: {}, body: undefined, ...parsed };
}

/** The query without what the endpoint does not know: ignored in silence, it would answer another question than the one that was asked. */
function knownQuery({ query }: Endpoint, request: FastifyRequest, faults: Refusal[]): Record<string, unknown> {
  const known = Object.keys(query?.shape ?? {});
  const given = Object.entries((request.query ?? {}) as Record<string, unknown>); // what the query's parser made
  const unknown = given.map(([name]) => name).filter((name) => !known.includes(name));
  faults.push(...unknown.slice(0, 5).map((name) => unknownParameter(name, known)));
  if (unknown.length > 5)
    faults.push(
      refusal(
        'input.unknown-parameter',
        `${unknown.length - 5} more parameters are unknown here.`,
        'Leave them out and send it again.',
      ),
    );
  return Object.fromEntries(given.filter(([name]) => known.includes(name)));
}

const unknownParameter = (name: string, known: readonly string[]): Refusal =>
  refusal(
    'input.unknown-parameter',
    name === 'asOf'
      ? 'This is told as of now only, not as of an earlier time.'
      : `Nothing is asked by ${name.slice(0, 60)} here.`,
    known.length ? `Leave it out. Known here: ${known.join(', ')}.` : 'Leave it out: nothing can be asked here.',
    name.slice(0, 60),
  );

/** No text anywhere in it that the database would refuse. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each));
}

/** The body of an endpoint that takes bytes. One that says that it is too large is not read at all. */
export async function bytesOf(
  { application, stopping }: Pick<Call, 'application' | 'stopping'>,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<Received | Refused | undefined> {
  const most = endpoint.takesBytes?.(application);
  if (most === undefined) return undefined;
  if (Number(request.headers['content-length']) > most) return tooLarge(most);
  const body = request.body instanceof Readable ? request.body : undefined;
  const breakOff = () => void body?.destroy(new Error('the server stops'));
  stopping.addEventListener('abort', breakOff);
  try {
    return await receive(body, most);
  } finally {
    stopping.removeEventListener('abort', breakOff);
  }
}
