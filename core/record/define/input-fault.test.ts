import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from './input-fault.ts';

const schema = z.strictObject({
  title: z.string().trim().min(1).max(20),
  began: z.iso.date().meta({ title: 'Began on' }).nullable().optional(),
  kind: z.enum(['one', 'two']),
  size: z.int32().min(2).max(9).meta({ title: 'How many' }),
  lines: z
    .array(z.strictObject({ unitCost: z.number() }))
    .max(1)
    .optional(),
  owner: z.uuid().optional(),
  move: z
    .discriminatedUnion('name', [
      z.strictObject({ name: z.literal('open') }),
      z.strictObject({ name: z.literal('close'), why: z.string().max(5).meta({ title: 'Why it ends' }) }),
    ])
    .optional(),
  note: z
    .string()
    .refine((value) => !value.includes('!'), 'shouts')
    .optional(),
});
const right = { title: 'Slots', kind: 'one', size: 3 };

const faults = (input: unknown) => {
  const result = readInput(schema, input, 'The body');
  return result.ok ? [] : result.faults;
};

describe('what is wrong with an input', () => {
  it.each([
    ['what is missing', { ...right, title: undefined }, 'Title is needed.'],
    ['an empty text', { ...right, title: '  ' }, 'Title is needed.'],
    ['a choice that is missing', { title: 'a', size: 3 }, 'Kind is needed.'],
    ['a long text', { ...right, title: 'x'.repeat(21) }, 'Title is too long (at most 20 characters).'],
    ['another choice', { ...right, kind: 'three' }, 'Kind is not one of one, two.'],
    ['no date', { ...right, began: 'June' }, 'Began on is no date (write it as 2026-06-30).'],
    ['a fraction', { ...right, size: 2.5 }, 'How many is no whole number.'],
    ['too small', { ...right, size: 1 }, 'How many is too small (at least 2).'],
    ['too great', { ...right, size: 10 }, 'How many is too great (at most 9).'],
    [
      'within one of several shapes',
      { ...right, move: { name: 'close', why: 'for good' } },
      'Why it ends is too long (at most 5 characters).',
    ],
    ['no id', { ...right, owner: 'me' }, 'Owner is no id of a record.'],
    ['within a list', { ...right, lines: [{ unitCost: 'much' }] }, 'Unit cost is no number.'],
    ['a long list', { ...right, lines: [{ unitCost: 1 }, { unitCost: 2 }] }, 'Lines has too many entries (at most 1).'],
    ['a rule of its own', { ...right, note: 'Now!' }, 'Note shouts.'],
    ['what nobody asked for', { ...right, extra: 1 }, 'There is nothing called extra to give here.'],
    ['no object', 7, 'The body is no set of named values.'],
  ])('tells of %s in words', (_, input, sentence) =>
    expect(faults(input).map((each) => each.sentence)).toEqual([sentence]),
  );

  it('names the field that each sentence is about', () => {
    expect(faults({ ...right, lines: [{ unitCost: 'much' }] }).map(({ field }) => field)).toEqual(['lines.0.unitCost']);
  });
});
