import { z } from 'zod';

const valueMap = z.record(z.string(), z.string());
const columnRule = z.strictObject({
  column: z.string().min(1),
  /** What the column's text stands for; default: the text itself. */
  as: z.enum(['text', 'integer', 'instant', 'customer_person', 'provider_person', 'team', 'component']).default('text'),
  /** Source text to value; a text that is not listed is a fault of the row. */
  values: valueMap.optional(),
  /** Taken only from rows in these states (of ours): some sources repeat a final value on every row. */
  inStates: z.array(z.string()).optional(),
});

/** How a source's rows become incidents: data, so that a new source needs no code. */
export const mappingSchema = z.strictObject({
  format: z.literal(1),
  /** Names the source for good: with its keys it makes the ids, so that importing twice finds what is there. */
  source: z.string().min(1).max(60),
  /** One sentence about what the source does not say and this mapping assumes. */
  assumptions: z.string().max(2000).optional(),
  /** IANA zone of the source's times, which carry none. */
  zone: z.string(),
  /** Of the source's times: `d`, `M`, `yyyy`, `HH`, `mm`, `ss`, and punctuation. */
  timeFormat: z.string(),
  /** Texts that mean "nothing". */
  missing: z.array(z.string()),
  delimiter: z.string().length(1).default(','),
  /** The incident's key, and when a row happened; rows of one incident stand together. */
  key: z.string(),
  occurredAt: z.string(),
  /** Orders rows of the same minute. */
  order: z.string().optional(),
  state: z.strictObject({
    column: z.string(),
    values: z.record(
      z.string(),
      z.strictObject({ state: z.string().nullable(), pendingReason: z.string().optional() }),
    ),
  }),
  /** With `{column}` where a column's text goes. */
  title: z.string(),
  by: columnRule.optional(),
  fields: z.record(z.string(), columnRule),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type ColumnRule = Mapping['fields'][string];

/** The columns that a mapping reads. */
export function columnsOf(mapping: Mapping): string[] {
  const inTitle = [...mapping.title.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
  return [
    ...new Set([
      mapping.key,
      mapping.occurredAt,
      mapping.state.column,
      ...(mapping.order ? [mapping.order] : []),
      ...(mapping.by ? [mapping.by.column] : []),
      ...inTitle,
      ...Object.values(mapping.fields).map((rule) => rule.column),
    ]),
  ];
}
