// How a source's rows become records: data, so that a new source needs no code. Pure.
import { z } from 'zod';
import { columnsInTemplate } from './template.ts';

/** The encodings of files, by the names of the WHATWG Encoding Standard. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

const word = z.string().max(500);
const columnName = z.string().min(1).max(300);

const columnRule = z.strictObject({
  column: columnName,
  as: z
    .enum([
      'text',
      'integer',
      'decimal',
      'boolean',
      'date',
      'instant',
      'customer_person',
      'provider_person',
      'team',
      'component',
    ])
    .default('text')
    .describe('What the column holds'),
  key: columnName
    .optional()
    .describe('The column that tells people or teams apart; the other one holds what they are called'),
  values: z
    .record(word, word)
    .optional()
    .describe("What each of the source's words stands for; a word that is not listed is a fault of the row"),
  inStates: z
    .array(z.string().max(60))
    .optional()
    .describe('Taken only from rows in these states (of ours): some sources repeat a final value on every row'),
});

const stateMeaning = z
  .object({ state: z.string().max(60).nullable().describe('Null where the word says nothing about the state') })
  .catchall(word)
  .describe('The state, and fields that the word tells besides');

export const mappingSchema = z
  .strictObject({
    format: z.literal(1),
    source: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .describe('Names the source for good: by it and its keys, what was imported is found again'),
    assumptions: z
      .string()
      .max(2000)
      .optional()
      .describe('What the source does not say and this mapping takes for granted'),
    zone: z.string().max(60).describe('IANA zone of times that carry no offset'),
    timeFormat: z
      .string()
      .max(60)
      .describe('How times are written, such as d/M/yyyy HH:mm; or iso, excel, unix, unix-ms'),
    missing: z.array(word).describe('Texts that mean "nothing"'),
    delimiter: z.string().length(1).optional().describe('Default: what a first line "sep=" says, else a comma'),
    encoding: z.enum(encodings).optional().describe('Default: what the file itself says, else utf-8'),
    key: columnName.describe('The column with the key of a record in the source'),
    occurredAt: columnName.describe('The column that tells when a row happened'),
    order: columnName.optional().describe("The source's own sequence: it orders the rows of a record"),
    state: z.strictObject({ column: columnName, values: z.record(word, stateMeaning) }),
    title: z.string().max(1000).describe("With {column} where a column's text goes"),
    by: columnRule.optional().describe('Who did what a row tells'),
    fields: z.record(z.string().max(60), columnRule),
  })
  .meta({ id: 'ImportMapping' });

export type Mapping = z.infer<typeof mappingSchema>;
export type ColumnRule = Mapping['fields'][string];
export type StateMeaning = Mapping['state']['values'][string];

/**
 * The columns that a mapping reads, each once, by name: a mapping comes back from the database with its fields in another order,
 * and what a row said when it was last read is known by its cells in this one.
 */
export function columnsOf(mapping: Mapping): string[] {
  const rules = [...(mapping.by ? [mapping.by] : []), ...Object.values(mapping.fields)];
  return [
    ...new Set([
      mapping.key,
      mapping.occurredAt,
      mapping.state.column,
      ...(mapping.order === undefined ? [] : [mapping.order]),
      ...columnsInTemplate(mapping.title),
      ...rules.flatMap(({ column, key }) => (key === undefined ? [column] : [column, key])),
    ]),
  ].toSorted();
}
