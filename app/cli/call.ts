// Every endpoint of the API as `servicewright <noun> <verb> [parameters] [--field value]`, read from the server's own description.
import { existsSync, openAsBlob } from 'node:fs';
import { pipeline } from 'node:stream/promises';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: { 'application/json'?: { schema: Schema }; 'application/octet-stream'?: object } };
}
interface Schema {
  type?: string | readonly string[];
  format?: string;
  anyOf?: readonly Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}
interface Described {
  path: string;
  method: string;
  operation: Operation;
}

const base = () => (process.env['SERVICEWRIGHT_URL'] ?? 'http://localhost:8080').replace(/\/$/, '');

/** Calls one operation; prints its JSON answer. 0 when done, 1 when refused, 2 when the command line is off. */
export async function call(noun: string, args: string[]): Promise<number> {
  const described = await describe();
  if (!described)
    return fault(`No server answers at ${base()}. Start it with npm start, or name it in SERVICEWRIGHT_URL.`);
  const own = described.filter(({ operation }) => operation.operationId.split('.')[0] === noun);
  const [verb = '', ...rest] = args;
  const found = own.find(({ operation }) => operation.operationId === `${noun}.${verb}`);
  if (!found) {
    const nouns = [...new Set(described.map(({ operation }) => operation.operationId.split('.')[0]))];
    return fault(
      own.length
        ? own.map(({ operation }) => `  ${usage(operation)}  ${operation.summary}`).join('\n')
        : `There is no ${noun}. Nouns: ${nouns.join(', ')}.`,
    );
  }
  const request = compose(found, rest);
  if (typeof request === 'string') return fault(`${request}\n  ${usage(found.operation)}`);
  const sent = await bodyOf(found.operation, request);
  if (typeof sent === 'string') return fault(sent);
  const { type, body } = sent;
  const answer = await fetch(base() + request.path, {
    method: found.method,
    headers: headers(type),
    ...(body === undefined ? {} : { body }),
  });
  if (answer.ok && answer.body && !answer.headers.get('content-type')?.includes('json')) {
    await pipeline(answer.body, process.stdout, { end: false });
    return 0;
  }
  const told: unknown = await answer.json();
  (answer.ok ? console.log : console.error)(JSON.stringify(told, null, 2));
  return answer.ok ? 0 : 1;
}

interface Sent {
  type?: string;
  body?: string | Blob;
}

/** What is sent: JSON of the given fields, or the bytes of the file that --file names. A text says what is off. */
async function bodyOf(operation: Operation, { body, file }: Composed): Promise<Sent | string> {
  if (takesFile(operation)) {
    if (file === undefined) return 'Name the file to send: --file PATH.';
    if (!existsSync(file)) return `There is no file ${file}.`;
    return { type: 'application/octet-stream', body: await openAsBlob(file) };
  }
  const schema = schemaOf(operation);
  if (!body || !schema) return {};
  return { type: 'application/json', body: JSON.stringify(await withIds(body, schema)) };
}

const schemaOf = ({ requestBody }: Operation) => requestBody?.content['application/json']?.schema;
const takesFile = ({ requestBody }: Operation) => requestBody?.content['application/octet-stream'] !== undefined;

async function describe(): Promise<Described[] | undefined> {
  const answer = await fetch(`${base()}/api/v1/openapi.json`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> }; // our own document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

function headers(type?: string): Record<string, string> {
  const key = process.env['SERVICEWRIGHT_KEY'];
  return {
    'x-servicewright-client': 'cli',
    ...(type ? { 'content-type': type } : {}),
    ...(key ? { authorization: `Bearer ${key}` } : {}),
  };
}

const inPath = (operation: Operation) => (operation.parameters ?? []).filter((each) => each.in === 'path');

function usage(operation: Operation): string {
  const fields = takesFile(operation) ? ['file'] : Object.keys(schemaOf(operation)?.properties ?? {});
  const query = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
  return [
    `servicewright ${operation.operationId.replace('.', ' ')}`,
    ...inPath(operation).map((each) => `<${each.name}>`),
    ...[...query, ...fields].map((name) => `[--${name} …]`),
  ].join(' ');
}

interface Composed {
  path: string;
  body?: Record<string, unknown>;
  /** Whose bytes are the body. */
  file?: string;
}

/** Path parameters in order, then `--name value`. */
function compose({ path, operation }: Described, args: string[]): Composed | string {
  const rest = [...args];
  let filled = path;
  for (const parameter of inPath(operation)) {
    const value = rest.shift();
    if (value === undefined || value.startsWith('--')) return `${parameter.name} is missing.`;
    filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value));
  }
  const schema = schemaOf(operation);
  let file: string | undefined;
  const query = new URLSearchParams();
  const body: Record<string, unknown> = {};
  while (rest.length) {
    const name = rest.shift()?.replace(/^--/, '') ?? '';
    const value = rest.shift();
    if (value === undefined) return `--${name} has no value.`;
    if (name === 'file' && takesFile(operation)) file = value;
    else if (schema?.properties && name in schema.properties)
      body[name] = valueOf(schema.properties[name] ?? {}, value);
    else if ((operation.parameters ?? []).some((each) => each.in === 'query' && each.name === name))
      query.set(name, value);
    else return `There is no --${name}.`;
  }
  return {
    path: `${filled}${query.size ? `?${query}` : ''}`,
    ...(schema ? { body } : {}),
    ...(file === undefined ? {} : { file }),
  };
}

/** The types that a field takes, over what it may be any of. */
function typesOf({ type, anyOf = [] }: Schema): string[] {
  return [...(type === undefined ? [] : [type].flat()), ...anyOf.flatMap(typesOf)];
}

/** Text is text, whatever it looks like; nothing at all empties a field that may be empty. Other fields are given as JSON. */
function valueOf(schema: Schema, value: string): unknown {
  const types = typesOf(schema);
  if (value === '' && types.includes('null')) return null;
  return types.includes('string') ? value : parsed(value);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value; // what is no JSON is refused by the server, in its words
  }
}

const isReference = (text: unknown): text is string => typeof text === 'string' && /^[a-z]{2,5}-\d+$/i.test(text);
const namesRecord = (schema: Schema): boolean => schema.format === 'uuid' || (schema.anyOf ?? []).some(namesRecord);

/** A record is named by its number, as people do: its id is looked up. */
async function withIds(body: Record<string, unknown>, schema: Schema): Promise<Record<string, unknown>> {
  const filled = { ...body };
  for (const [name, value] of Object.entries(body))
    if (isReference(value) && namesRecord(schema.properties?.[name] ?? {})) filled[name] = (await idOf(value)) ?? value;
  return filled;
}

async function idOf(reference: string): Promise<string | undefined> {
  const answer = await fetch(`${base()}/api/v1/search?q=${encodeURIComponent(reference)}`, { headers: headers() });
  if (!answer.ok) return undefined;
  const { items } = (await answer.json()) as { items: { id: string; ref: string }[] }; // our own endpoint
  return items.find(({ ref }) => ref === reference.toUpperCase())?.id;
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
