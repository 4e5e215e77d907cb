// The OpenAPI 3.1 document, from the endpoints' own schemas.
import { z } from 'zod';
import type { Registry } from '../record/define/work.ts';
import { statusesOfRefusal } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { exampleBody, exampleOf } from './example.ts';
import { problemSchema } from './problem.ts';
import { codesOfRefusal } from './refusal-codes.ts';
import { lookup } from '../names/lookup.ts';

type JsonObject = Record<string, unknown>;

interface Info {
  title: string;
  version: string;
  description: string;
}

/** What each tag's operations are about, by tag. */
export type TagDescriptions = Readonly<Record<string, string>>;

/** The document of a set of endpoints; named schemas (`meta({id})`) stand once under components. */
export function openApi(
  registry: Registry,
  endpoints: readonly Endpoint[],
  info: Info,
  about: TagDescriptions,
): JsonObject & { openapi: string } {
  const schemas: JsonObject = {};
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of endpoints) {
    const path = (paths[`/api/v1${endpoint.path}`] ??= {});
    path[endpoint.method.toLowerCase()] = operation(registry, endpoint, schemas);
  }
  collect(problemSchema, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [...new Set(endpoints.map((endpoint) => endpoint.tag))]
      .toSorted()
      .map((name) => ({ name, ...(about[name] ? { description: about[name] } : {}) })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: sw_...' },
        session: { type: 'apiKey', in: 'cookie', name: 'servicewright.session_token' },
      },
    },
  };
}

function operation(registry: Registry, endpoint: Endpoint, schemas: JsonObject): JsonObject {
  const parameters = [
    ...parametersOf(endpoint.params, 'path', schemas),
    ...parametersOf(endpoint.query, 'query', schemas),
  ];
  if (endpoint.idempotent) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Repeating a call under the same key does it once.',
      schema: { type: 'string', maxLength: 200 },
    });
  }
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    description: endpoint.description,
    tags: [endpoint.tag],
    ...(parameters.length ? { parameters } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: endpoint.takesBytes
              ? anyBytes
              : {
                  'application/json': {
                    schema: collect(endpoint.body, 'input', schemas),
                    example: exampleBody(endpoint),
                  },
                },
          },
        }
      : {}),
    ...(endpoint.public ? { security: [] } : {}),
    // What may stand in the problem's `code` and in the `code` of each of its refusals.
    'x-refusal-codes': codesOfRefusal(registry, endpoint),
    responses: {
      [endpoint.status]: {
        description: 'Done',
        content: endpoint.givesBytes
          ? anyBytes
          : { 'application/json': { schema: collect(endpoint.response, 'output', schemas) } },
      },
      ...Object.fromEntries(statusesOfRefusal(endpoint).map((status) => [status, refusalOf(status)])),
    },
  };
}

/** OpenAPI 3.1 says bytes by saying nothing of their shape. */
const anyBytes: JsonObject = { 'application/octet-stream': {} };

const refusalOf = (status: number): JsonObject => ({
  description: meaningOf[status] ?? 'Refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Each tells its code, and every reason with what to do next. */
const meaningOf: Readonly<Record<number, string>> = lookup({
  400: 'The body is no JSON',
  401: 'Nobody is signed in, or the key is not valid',
  403: 'You may not do this',
  404: 'There is no such record that you may see',
  409: 'A rule says no, or somebody was quicker: with `record.version` read it again and repeat',
  413: 'The body is too large',
  415: 'The body is of a kind that is not taken',
  422: 'The input is not valid',
  429: 'You call too often',
  500: 'A fault of the server; nothing was saved',
  503: 'The database does not answer just now: call again under the same Idempotency-Key',
  507: 'No room is left on a disk of the server; nothing was saved',
});

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', schemas: JsonObject): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...shape } = collect(field as z.ZodType, 'input', schemas); // a zod shape holds zod types
    const required = place === 'path' || !(field as z.ZodType).safeParse(undefined).success;
    const example = required ? { example: exampleOf(field as z.ZodType, name) } : {};
    return { name, in: place, required, ...(description ? { description } : {}), schema: shape, ...example };
  });
}

/** A schema as JSON Schema 2020-12; its named parts move to `schemas` and are referred to. */
function collect(schema: z.ZodType, io: 'input' | 'output', schemas: JsonObject): JsonObject {
  const {
    $schema: _dialect,
    $defs,
    ...found
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => withoutNoise(jsonSchema),
  });
  const moved = rename({ ...found }) as JsonObject; // renaming keeps the shape
  for (const [name, part] of Object.entries($defs ?? {})) schemas[name] = rename(part);
  const { id } = moved;
  if (typeof id === 'string') {
    const { id: _id, ...body } = moved;
    schemas[id] = body;
    return { $ref: `#/components/schemas/${id}` };
  }
  return moved;
}

/** Integers' safe bounds say nothing; the id of a named part is its key. */
function withoutNoise(schema: { minimum?: number | undefined; maximum?: number | undefined }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (key === '$ref' && typeof each === 'string')
        return [[key, each.replace(/^#\/\$defs\/(.+)$/, (_all, name: string) => `#/components/schemas/${name}`)]];
      return [[key, rename(each)]];
    }),
  );
}
