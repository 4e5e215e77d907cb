// Every endpoint of the API as `servicewright <noun> <verb> [parameters] [--field value]`, read from the server's own description.
interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}
interface Schema {
  properties?: Record<string, { type?: string }>;
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
  const answer = await fetch(base() + request.path, {
    method: found.method,
    headers: headers(request.body !== undefined),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
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

/** Path parameters in order, then `--name value`; a value that is JSON is taken as such where the field is no text. */
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
    if (schema?.properties && name in schema.properties)
      body[name] = schema.properties[name]?.type === 'string' ? value : parsed(value);
    else if ((operation.parameters ?? []).some((each) => each.in === 'query' && each.name === name))
      query.set(name, value);
    else return `There is no --${name}.`;
  }
  return { path: `${filled}${query.size ? `?${query}` : ''}`, ...(schema ? { body } : {}) };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value; // plain text needs no quotes on a command line
  }
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
