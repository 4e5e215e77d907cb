import { jsonValue } from './json-value.ts';
import { asked, needsReason } from '../../lifecycle/lifecycle.ts';
import type { Move } from '../../lifecycle/lifecycle.ts';
import { z } from 'zod';
import { dateText, idText, instantText } from '../../names/forms.ts';
import type { RecordDefinition } from './define.ts';
import { fieldsOf, givenFields } from './define.ts';
import type { Field, Fields } from './fields.ts';

const moneySchema = z.strictObject({
  minor: z.int().describe('Amount in minor units of the currency'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('ISO 4217'),
});

// No control characters: PostgreSQL refuses NUL, and the rest is never what a person meant.
// oxlint-disable-next-line no-control-regex -- naming the control characters is the point
const noControl = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/;
const clean = (max: number) =>
  z
    .string()
    .max(max)
    .regex(noControl, 'contains a control character')
    .refine((value) => value.isWellFormed(), 'is not well-formed Unicode');

function numberSchema(field: Extract<Field, { kind: 'integer' | 'decimal' }>): z.ZodNumber {
  let schema = field.kind === 'integer' ? z.int32() : z.number();
  if (field.min !== undefined) schema = schema.min(field.min);
  if (field.max !== undefined) schema = schema.max(field.max);
  return schema;
}

/** The schema of one field's value (never null). */
export function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return field.required ? clean(field.max).min(1) : clean(field.max);
    case 'choice':
      return z.enum(Object.keys(field.options));
    case 'integer':
    case 'decimal':
      return numberSchema(field);
    case 'money':
      return moneySchema;
    case 'boolean':
      return z.boolean();
    case 'date':
      return dateText;
    case 'instant':
      return instantText;
    case 'json':
      return jsonValue;
    case 'list':
      return z.array(z.strictObject(shapeOf(field.items, true))).max(field.most);
    case 'person':
    case 'team':
    case 'customer':
    case 'reference':
      return idText;
  }
}

/** What is required must be given at creation, and is never emptied afterwards. */
function shapeOf(fields: Fields, creating: boolean): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const schema = valueSchema(field).meta({ title: field.label });
      if (!field.required) return [name, schema.nullable().optional()];
      return [name, creating ? schema : schema.optional()];
    }),
  );
}

const titleSchema = clean(300).trim().min(1);

export interface RecordSchemas {
  create: z.ZodObject;
  edit: z.ZodObject;
  view: z.ZodObject;
  columns: z.ZodObject;
}

const made = new WeakMap<RecordDefinition, RecordSchemas>();

/** The schemas of a record type's API: what creates it, edits it, and leaves as its `fields`. Made once for a definition. */
export function recordSchemas(definition: RecordDefinition): RecordSchemas {
  const schemas = made.get(definition) ?? makeSchemas(definition);
  made.set(definition, schemas);
  return schemas;
}

function makeSchemas(definition: RecordDefinition): RecordSchemas {
  const given = Object.fromEntries(givenFields(definition));
  const owner = idText.nullable().optional();
  const links = z
    .array(z.strictObject({ type: z.string().max(40), from: idText.optional(), to: idText.optional() }))
    .max(50)
    .optional();
  const view = (names: readonly string[]) =>
    z.object(
      Object.fromEntries(
        fieldsOf(definition)
          .filter(([name]) => names.includes(name))
          .map(([name, field]) => [name, valueSchema(field).nullable()]),
      ),
    );
  return {
    create: z.strictObject({
      title: titleSchema,
      owner,
      customers: z.array(idText).max(100).optional(),
      profile: z.enum(['light', 'standard', 'regulated']).optional(),
      links,
      ...shapeOf(given, true),
    }),
    edit: z.strictObject({
      expectedVersion: z.int32().min(1),
      title: titleSchema.optional(),
      owner,
      ...shapeOf(given, false),
    }),
    view: view(fieldsOf(definition).map(([name]) => name)),
    columns: view(definition.columns),
  };
}

/** The input of a move: its asked fields, a reason where the move needs one, and its kind where the move names kinds. */
export function moveSchema(definition: RecordDefinition, move: Move): z.ZodObject {
  const shape = Object.fromEntries(
    asked(move).map(({ field, required }) => {
      const declared = definition.fields[field];
      if (!declared) throw new Error(`${definition.type}: a move asks for ${field}, which is no field`);
      const schema = valueSchema(declared).meta({ title: declared.label });
      return [field, required ? schema.optional().nullable() : schema.nullable().optional()];
    }),
  );
  const why = clean(4000).trim();
  return z.strictObject({
    expectedVersion: z.int32().min(1),
    reason: needsReason(move) ? why.min(1) : why.optional(),
    reasonCode: move.reasonCodes ? z.enum(Object.keys(move.reasonCodes)) : clean(60).optional(),
    ...shape,
  });
}
