// Every endpoint of the API as `servicewright <noun> <verb> [parameters] [--field value]`, read from the server's own description.
interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
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
  const schema = found.operation.requestBody?.content['application/json'].schema;
  const body = request.body && schema ? await withIds(request.body, schema) : request.body;
  const answer = await fetch(base() + request.path, {
    method: found.method,
    headers: headers(body !== undefined),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told: unknown = await answer.json();
  (answer.ok ? console.log : console.error)(JSON.stringify(told, null, 2));
  return answer.ok ? 0 : 1;
}

async function describe(): Promise<Described[] | undefined> {
  const answer = await fetch(`${base()}/api/v1/openapi.json`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> }; // our own document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

function headers(hasBody: boolean): Record<string, string> {
  const key = process.env['SERVICEWRIGHT_KEY'];
  return {
    'x-servicewright-client': 'cli',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...(key ? { authorization: `Bearer ${key}` } : {}),
  };
}

const inPath = (operation: Operation) => (operation.parameters ?? []).filter((each) => each.in === 'path');

function usage(operation: Operation): string {
  const fields = Object.keys(operation.requestBody?.content['application/json'].schema.properties ?? {});
  const query = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
  return [
    `servicewright ${operation.operationId.replace('.', ' ')}`,
    ...inPath(operation).map((each) => `<${each.name}>`),
    ...[...query, ...fields].map((name) => `[--${name} …]`),
  ].join(' ');
}

/** Path parameters in order, then `--name value`. */
function compose(
  { path, operation }: Described,
  args: string[],
): { path: string; body?: Record<string, unknown> } | string {
  const rest = [...args];
  let filled = path;
  for (const parameter of inPath(operation)) {
    const value = rest.shift();
    if (value === undefined || value.startsWith('--')) return `${parameter.name} is missing.`;
    filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value));
  }
  const schema = operation.requestBody?.content['application/json'].schema;
  const query = new URLSearchParams();
  const body: Record<string, unknown> = {};
  while (rest.length) {
    const name = rest.shift()?.replace(/^--/, '') ?? '';
    const value = rest.shift();
    if (value === undefined) return `--${name} has no value.`;
    if (schema?.properties && name in schema.properties) body[name] = valueOf(schema.properties[name] ?? {}, value);
    else if ((operation.parameters ?? []).some((each) => each.in === 'query' && each.name === name))
      query.set(name, value);
    else return `There is no --${name}.`;
  }
  return { path: `${filled}${query.size ? `?${query}` : ''}`, ...(schema ? { body } : {}) };
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
  const answer = await fetch(`${base()}/api/v1/search?q=${encodeURIComponent(reference)}`, { headers: headers(false) });
  if (!answer.ok) return undefined;
  const { items } = (await answer.json()) as { items: { id: string; ref: string }[] }; // our own endpoint
  return items.find(({ ref }) => ref === reference.toUpperCase())?.id;
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
