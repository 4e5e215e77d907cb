// What a form holds for each kind of field, and what it sends. Pure.
import type { Field, Fields, Money } from '../../record/fields.ts';
import { minorDigits } from '../format.ts';

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
export function toMinor(text: string, currency: string): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim().replace(',', '.'));
  const digits = minorDigits(currency);
  if (!match || (match[3] ?? '').length > digits) return null;
  const minor = Number(`${match[2]}${(match[3] ?? '').padEnd(digits, '0')}`);
  return match[1] ? -minor : minor;
}

export function fromMinor({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  return digits === 0 ? String(minor) : (minor / 10 ** digits).toFixed(digits);
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
