// What a form holds for each kind of field, and what it sends. Pure.
import type { Field, Fields, Money } from '../../record/define/fields.ts';
import { minorDigits } from '../format.ts';
import { type Marks, plainNumber, typedNumber } from './numbers.ts';

export type FormValues = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export function moneyOf(value: unknown): Money | null {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value)) return null;
  const { minor, currency } = value;
  return typeof minor === 'number' && typeof currency === 'string' ? { minor, currency } : null;
}

export function rowsOf(value: unknown): FormValues[] {
  return Array.isArray(value) ? value.filter((row): row is FormValues => typeof row === 'object' && row !== null) : [];
}

/** Major units typed by a person to minor units, without binary fractions: "12.5" EUR is 1250. Null for what is no amount. */
export function toMinor(text: string, currency: string, marks: Marks): number | null {
  const typed = plainNumber(text, marks);
  if (!('plain' in typed)) return null;
  const [whole = '', fraction = ''] = typed.plain.split('.');
  const digits = minorDigits(currency);
  return fraction.length > digits ? null : Number(`${whole}${fraction.padEnd(digits, '0')}`);
}

/** An amount as it is typed: the currency's digits, the reader's decimal mark. */
export function fromMinor({ minor, currency }: Money, marks: Marks): string {
  const digits = minorDigits(currency);
  return typedNumber(digits === 0 ? String(minor) : (minor / 10 ** digits).toFixed(digits), marks);
}

/** A moment as an `<input type="datetime-local">` wants it, in the viewer's zone; seconds only where there are some. */
export function toLocalInput(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, at.getUTCSeconds() === 0 ? 16 : 19);
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Values that were given; an empty one is left out. */
export function givenValues(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

/** What to say of a field that was left empty, until something is given. */
export function lacks(
  missing: readonly { name: string; label: string }[],
  values: FormValues,
  name: string,
): string | undefined {
  const lacking = missing.find((each) => each.name === name);
  return lacking && isEmpty(values[name]) ? `${lacking.label} is needed.` : undefined;
}

/** Labels of the required fields that are still empty. */
export function missingLabels(
  fields: Fields,
  values: FormValues,
  required: (name: string, field: Field) => boolean,
): { name: string; label: string }[] {
  return Object.entries(fields)
    .filter(([name, field]) => required(name, field) && isEmpty(values[name]))
    .map(([name, field]) => ({ name, label: field.label }));
}
