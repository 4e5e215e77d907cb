import { expect, it } from 'vitest';
import { columnsOf, mappingSchema } from './mapping.ts';
import { filled } from './template.ts';

it('a title stands on one line, however many blanks its cell has', () => {
  expect(filled('{A}', () => 'Till  3 \r\n \n is dark', 200)).toBe('Till  3 is dark');
  expect(filled('{A} {B}', () => ' '.repeat(900_000), 200)).toBe('–');
});

it('the columns that a mapping reads are the same in whichever order its fields were kept', () => {
  const mapping = (fields: object) =>
    mappingSchema.parse({
      format: 1,
      source: 'desk',
      zone: 'UTC',
      timeFormat: 'iso',
      missing: [],
      key: 'Ref',
      occurredAt: 'At',
      state: { column: 'State', values: {} },
      title: '{What}',
      fields,
    });
  const [one, other] = [{ priority: { column: 'P' } }, { team: { column: 'T' } }];
  expect(columnsOf(mapping({ ...one, ...other }))).toEqual(columnsOf(mapping({ ...other, ...one })));
});
