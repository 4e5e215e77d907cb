// Numbers, money, dates and durations as this viewer reads them: the browser's locale and zone, nothing set by hand.
import type { Money } from '../record/define/fields.ts';
import { type Marks, marksOf } from './form/numbers.ts';
import { createStore, useStore } from './store.ts';

// Some systems report a language that is no language tag (`en-US@posix`), which Intl refuses with an exception.
function known(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

const reader = typeof navigator === 'undefined' ? 'en-GB' : known(navigator.language);
const locale = () => reader;

// The provider's clock against the machine's, in milliseconds: an example lives in a time of its own.
const ahead = createStore(0);
const clock = () => Date.now() + ahead.get();

/** Less than this is the time that an answer took to come. */
const slack = 60_000;

/** Ages and waits are counted from this instant on. */
export function followClock(now: string): void {
  const found = new Date(now).getTime() - Date.now();
  if (Math.abs(found - ahead.get()) > slack) ahead.set(found);
}

/** Draws a component anew when the clock that its ages are counted by turns out to be another. */
export function useClock(): void {
  useStore(ahead);
}

let marks: Marks | undefined;
/** The reader's decimal mark and mark of thousands. */
export const readersMarks = (): Marks => (marks ??= marksOf(locale()));

/** The instant that it is now for what is shown, to the millisecond. */
export const present = (): string => new Date(clock()).toISOString();

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function formatNumber(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A number of bytes in the largest unit that gives a whole: "340 KB", "1.2 MB" (of 1024, as file managers count). */
export function formatBytes(bytes: number): string {
  const step = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const unit = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[step] ?? 'byte';
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit,
    unitDisplay: step ? 'short' : 'long',
    maximumFractionDigits: step >= 2 ? 1 : 0,
  }).format(bytes / 1024 ** step);
}

/** A share (0.84) as 84 %. */
export function formatShare(value: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value);
}

/** Digits after the point that a currency's minor unit stands for (JPY 0, EUR 2). */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export function formatMoney({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const value = minor / 10 ** digits;
  try {
    return new Intl.NumberFormat(locale(), {
      style: 'currency',
      currency,
      minimumFractionDigits: value % 1 === 0 ? 0 : digits,
    }).format(value);
  } catch {
    return `${formatNumber(value)} ${currency}`;
  }
}

/** A value with its unit; money units are three capital letters. */
export function formatValue(value: number, unit: string | null | undefined): string {
  if (unit === '%' || unit === 'percent') return `${formatNumber(value)} %`;
  if (unit && /^[A-Z]{3}$/.test(unit))
    return formatMoney({ minor: Math.round(value * 10 ** minorDigits(unit)), currency: unit });
  if (unit === 'ratio' || !unit) return formatNumber(value);
  return `${formatNumber(value)} ${unit}`;
}

/** Calendar day of an ISO date or instant: "3 Jun 2026". */
export function formatDate(iso: string): string {
  const onlyDay = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(onlyDay ? { timeZone: 'UTC' } : {}),
  }).format(new Date(iso));
}

/** The calendar day that a point of a series stands for: the same wherever it is read. */
export function formatDay(iso: string): string {
  return formatDate(iso.slice(0, 10));
}

/** Day and minute in the viewer's zone. */
export function formatInstant(iso: string): string {
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));
}

/** The exact instant for hovering: seconds, zone and the stored ISO text. */
export function exactInstant(iso: string): string {
  return `${new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'long' }).format(new Date(iso))} (${iso})`;
}

/** Day and minute in a named zone, with that zone's offset: "3 Jun 2026, 17:00 BST". */
export function formatInstantIn(iso: string, zone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(new Date(iso));
}

/** A length of time to the minute: "48 min", "3 h 20 min". Days are left out: a working day has no agreed length. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  const words = [hours > 0 && `${formatNumber(hours)} h`, (rest > 0 || hours === 0) && `${rest} min`];
  return words.filter(Boolean).join(' ');
}

/** How long ago or ahead, in the largest fitting unit: "7 days ago". */
export function formatAge(iso: string, now: number = clock()): string {
  const span = new Date(iso).getTime() - now;
  const size = Math.abs(span);
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  if (size < hour) return words.format(Math.round(span / minute), 'minute');
  if (size < day) return words.format(Math.round(span / hour), 'hour');
  if (size < 60 * day) return words.format(Math.round(span / day), 'day');
  if (size < 730 * day) return words.format(Math.round(span / (30.44 * day)), 'month');
  return words.format(Math.round(span / (365.25 * day)), 'year');
}

/** Whole days between an instant and now, in words: "7 days". */
export function formatWait(iso: string, now: number = clock()): string {
  const span = Math.max(0, now - new Date(iso).getTime());
  const unit = span < hour ? 'minute' : span < day ? 'hour' : 'day';
  const size = unit === 'minute' ? minute : unit === 'hour' ? hour : day;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(span / size));
}

/** `camelCase` or `snake_case` or `kebab-case` name as words with a capital first letter. */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
