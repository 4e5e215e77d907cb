import { z } from 'zod';
import { dateText, idText, instantText } from '../../names/forms.ts';
import type { Field } from './fields.ts';
import { columnsOf } from './row.ts';
import { lookup } from '../../names/lookup.ts';

/** One of the values that a filter names, by the type of the column it is compared with. */
const partOf: Readonly<Record<string, z.ZodType>> = lookup({
  uuid: idText,
  integer: z.coerce
    .number()
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1),
  bigint: z.coerce.number().int(),
  'double precision': z.coerce.number(),
  boolean: z.enum(['true', 'false']),
  date: dateText,
  timestamptz: instantText,
});

/** What a list's filter on a field takes: one value, or several parted by commas. */
export function filterSchema(field: Field): z.ZodType {
  const part = partOf[columnsOf('filter', field)[0]?.type ?? 'text'];
  const schema = z.string().max(2000).describe('One value, or several parted by commas');
  if (!part) return schema;
  return schema.refine(
    (given) => given.split(',').every((each) => each.trim() !== '' && part.safeParse(each).success),
    'is no value of this field',
  );
}
