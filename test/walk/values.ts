// What somebody sensible writes into a field, and what nobody sensible does.
import { ukOffice } from '../../core/clock/example-calendars.ts';
import type { Field, Fields } from '../../core/record/define/fields.ts';
import type { Chance } from './chance.ts';

/** What a walk stands on while it chooses values. */
export interface Surroundings {
  chance: Chance;
  now: string;
  customers: readonly string[];
  people: readonly string[];
  /** An id of some record of one of these types; the newest are likelier. */
  some: (types: readonly string[]) => string | undefined;
}

const later = (now: string, hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

/** By the end of a field's name, how many hours from now it lies. */
const hoursAway: readonly [RegExp, number][] = [
  [/From$/, -1],
  [/^backOutLatest$/, 6],
  [/To$/, 8],
  [/^(retireOn|implementedOn|effectiveFrom|baselineFrom|periodFrom)$/, -24],
  [/^(attainBy|offerValidUntil|validUntil|goLiveOn)$/, 24 * 60],
];
const hoursOf = (name: string): number => hoursAway.find(([form]) => form.test(name))?.[1] ?? 0;

/** A value that fits the field's kind and, as far as a name tells, its sense. */
export function sensible(name: string, field: Field, around: Surroundings): unknown {
  const { chance, now } = around;
  switch (field.kind) {
    case 'text':
      return name.endsWith('Hash')
        ? 'ab'.repeat(32)
        : name.endsWith('Zone')
          ? 'Europe/London'
          : words(chance, field.max);
    case 'longText':
      return words(chance, field.max);
    case 'choice':
      return chance.pick(Object.keys(field.options));
    case 'integer':
    case 'decimal':
      return numberOf(chance, field);
    case 'money':
      return { minor: 1000 * (1 + chance.below(40_000)), currency: 'EUR' };
    case 'boolean':
      return !chance.isOne(4);
    case 'date':
      return later(now, hoursOf(name)).slice(0, 10);
    case 'instant':
      return later(now, hoursOf(name));
    case 'json':
      return name === 'calendar' ? ukOffice : {};
    case 'list':
      return Array.from({ length: 1 + chance.below(2) }, () => sensibleFields(field.items, around, 1));
    case 'person':
      return chance.pick(around.people);
    case 'team':
      return around.some(['team']);
    case 'customer':
      return around.customers[chance.isOne(5) ? 1 : 0];
    case 'reference':
      return around.some(field.types);
  }
}

/** Values of some fields: all that must be given, and of the others as many as a share says. */
export function sensibleFields(fields: Fields, around: Surroundings, share: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => !field.derived && (field.required || around.chance.next() < share))
      .map(([name, field]) => [name, sensible(name, field, around)])
      .filter(([, value]) => value !== undefined),
  );
}

const words = (chance: Chance, max: number): string =>
  (chance.pick(['It is as it should be.', 'Two hours.', 'Nobody waits.', 'As agreed with the stores.']) ?? '').slice(
    0,
    max,
  );

function numberOf(chance: Chance, { min, max, kind }: Extract<Field, { kind: 'integer' | 'decimal' }>): number {
  const [least, most] = [min ?? 0, Math.min(max ?? 12, (min ?? 0) + 12)];
  const value = least + chance.next() * (most - least);
  return kind === 'integer' ? Math.round(value) : Math.round(value * 10) / 10;
}

const odd: readonly unknown[] = [
  null,
  '',
  ' ',
  -1,
  0,
  1e308,
  true,
  [],
  {},
  '__proto__',
  '2015-02-30',
  'a'.repeat(5000),
  { minor: 0, currency: 'XXX' },
  '00000000-0000-0000-0000-000000000000',
];
/** Anything at all. */
export const oddValue = (chance: Chance): unknown => chance.pick(odd);
