// A request as one may send it, made from the schemas of what an operation takes. Pure: ids stand for records of one's own.
import { z } from 'zod';
import { asked, needsReason } from '../lifecycle/lifecycle.ts';
import type { Move } from '../lifecycle/lifecycle.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { valueSchema } from '../record/define/schema.ts';
import type { Endpoint } from './endpoint.ts';
import { lookup } from '../names/lookup.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Stands for the id of a record, wherever one is asked for. */
export const anyId = '01890000-0000-7000-8000-000000000000';

const formats: Readonly<Record<string, string>> = lookup({
  uuid: anyId,
  date: '2026-06-05',
  'date-time': '2026-06-05T08:00:00.000Z',
  email: 'ann@example.org',
});

/**
 * The least that a schema takes: what is required, and of a choice the first.
 * @example exampleOf(z.strictObject({ reason: z.string().min(1) })) // { reason: 'Reason' }
 */
export const exampleOf = (schema: z.ZodType, name = 'value'): unknown =>
  madeOf(name, z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

function madeOf(name: string, document: JsonSchema): unknown {
  const named = document.$defs ?? {};
  return valueOf(name, document, (reference) => named[reference.split('/').at(-1) ?? ''] ?? {});
}

type Named = (reference: string) => JsonSchema;

/** The body of a request: the endpoint's own, or the least that its schema takes. */
export function exampleBody({ example, body, takesBytes }: Endpoint): unknown {
  return example ?? (body && !takesBytes ? exampleOf(body) : undefined);
}

/** What a move asks for, at the first version. */
export function exampleOfMove({ fields }: RecordDefinition, move: Move): Record<string, unknown> {
  const [code] = Object.keys(move.reasonCodes ?? {});
  const given = asked(move).flatMap(({ field, required }) => {
    const declared = fields[field];
    return required && declared ? [[field, exampleOf(valueSchema(declared), declared.label)]] : [];
  });
  return {
    expectedVersion: 1,
    ...(needsReason(move) ? { reason: `${move.label}: why.` } : {}),
    ...(code ? { reasonCode: code } : {}),
    ...Object.fromEntries(given),
  };
}

function valueOf(name: string, schema: JsonSchema | boolean, named: Named): unknown {
  if (typeof schema === 'boolean') return {};
  if (schema.$ref) return valueOf(name, named(schema.$ref), named);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [branch] = schema.anyOf ?? schema.oneOf ?? [];
  if (branch) return valueOf(name, branch, named);
  switch (schema.type) {
    case 'string':
      return textOf(name, schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => valueOf(name, itemsOf(schema), named));
    case 'object':
      return objectOf(schema, named);
    case 'null':
      return null;
    case undefined:
      return {};
  }
}

const itemsOf = ({ items }: JsonSchema): JsonSchema | boolean =>
  Array.isArray(items) ? (items[0] ?? {}) : (items ?? {});

/** What may be left out is; where nothing must be given, the first that may is not. */
function objectOf({ properties = {}, required = [] }: JsonSchema, named: Named): Record<string, unknown> {
  const all = Object.entries(properties);
  const needed = all.filter(([name]) => required.includes(name));
  return Object.fromEntries(
    (needed.length ? needed : all.slice(0, 1)).map(([name, each]) => [name, valueOf(name, each, named)]),
  );
}

function textOf(name: string, { format, pattern, title, minLength = 0, maxLength = 200 }: JsonSchema): string {
  if (format && formats[format]) return formats[format];
  if (pattern === '^[A-Z]{3}$') return 'GBP';
  if (pattern === '^[0-9a-f]{64}$') return '0'.repeat(64);
  const words = title ?? name.charAt(0).toUpperCase() + name.slice(1);
  return words.slice(0, maxLength).padEnd(minLength, '.');
}
