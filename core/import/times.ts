// Times as sources write them: by a pattern, as Excel's serial days, or as seconds since 1970.
import { isZone } from '../clock/zone.ts';

/**
 * Reads a text as an instant; undefined for what is no time. `notBefore`: the instant before it in the source's own sequence,
 * which tells which of the two it is in the hour that comes twice.
 */
export type TimeReader = (text: string, notBefore?: string) => string | undefined;

/** What a pattern may be made of, for whoever wrote one that is not understood. */
export const understoodTimes =
  'Understood are yyyy or yy, M, MM, MMM or MMMM (English names), d or dd, HH or H, h or hh with a (AM/PM), mm, ss, S (parts of a second), X (an offset such as +01:00 or Z), EEE (a weekday), words in quotes, or one of the words iso, excel, unix, unix-ms.';

type Part = 'y' | 'yy' | 'M' | 'MMM' | 'd' | 'H' | 'h' | 'm' | 's' | 'S' | 'a' | 'X' | 'E';

const tokens: readonly [RegExp, Part, string][] = [
  [/^yyyy/, 'y', '(\\d{4})'],
  [/^yy/, 'yy', '(\\d{2})'],
  [/^MMMM?/, 'MMM', '(\\p{L}{3,9})\\.?'],
  [/^MM/, 'M', '(\\d{2})'],
  [/^M/, 'M', '(\\d{1,2})'],
  [/^dd/, 'd', '(\\d{2})'],
  [/^d/, 'd', '(\\d{1,2})'],
  [/^HH?/, 'H', '(\\d{1,2})'],
  [/^hh?/, 'h', '(\\d{1,2})'],
  [/^mm/, 'm', '(\\d{2})'],
  [/^ss/, 's', '(\\d{2})'],
  [/^S{1,9}/, 'S', '(\\d{1,9})'],
  [/^a/, 'a', '([AaPp])\\.?[Mm]\\.?'],
  [/^(?:X{1,3}|x{1,3}|Z{1,3})/, 'X', '(Z|[+-]\\d{2}(?::?\\d{2})?)'],
  [/^E{3,4}/, 'E', '(\\p{L}{1,20})\\.?'],
];

const months = 'january february march april may june july august september october november december'.split(' ');

interface Pattern {
  form: RegExp;
  parts: readonly Part[];
}

/** Compiles a pattern such as `d/M/yyyy HH:mm`. Returns undefined for one that no instant can be read by. */
function timePattern(format: string): Pattern | undefined {
  const parts: Part[] = [];
  let form = '';
  // An offset written out stands for whatever offset a row has.
  let rest = format.replace(/[+-]\d{2}:?\d{2}$/, 'X');
  while (rest) {
    const [taken, made] = quotedWord(rest) ?? lettersAt(rest, parts) ?? literalAt(rest);
    form += made;
    rest = rest.slice(taken);
  }
  // Blanks beside blanks are as many as they are: one repetition, however the pattern came by them.
  const once = form.replace(/(?:\\s\+| )+/g, '\\s+');
  return isWhole(parts) ? { form: new RegExp(`^${once}$`, 'u'), parts } : undefined;
}

type Taken = [length: number, form: string];

function quotedWord(rest: string): Taken | undefined {
  const [all, word = ''] = /^'([^']*)'/.exec(rest) ?? [];
  return all === undefined ? undefined : [all.length, word === '' ? "'" : escaped(word)];
}

/** Letters that are all of the pattern's own (or a T between date and time); else a word as it stands, such as "Uhr". */
function lettersAt(rest: string, parts: Part[]): Taken | undefined {
  const [run] = /^\p{L}+/u.exec(rest) ?? [];
  if (run === undefined) return undefined;
  let form = '';
  const found: Part[] = [];
  for (let left = run; left; ) {
    const token = tokens.find(([at]) => at.test(left));
    if (token) {
      const [at, part, shape] = token;
      found.push(part);
      form += shape;
      left = left.replace(at, '');
    } else if (left.startsWith('T')) {
      form += 'T';
      left = left.slice(1);
    } else return [run.length, escaped(run)];
  }
  parts.push(...found);
  return [run.length, form];
}

// Some sources put a narrow or unbroken blank before AM and PM.
const literalAt = (rest: string): Taken => {
  const [blanks] = /^\s+/.exec(rest) ?? [];
  return blanks === undefined ? [1, escaped(rest.slice(0, 1))] : [blanks.length, '\\s+'];
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A whole date, no part twice, twelve hours with their half of the day. */
function isWhole(parts: readonly Part[]): boolean {
  const has = (...any: Part[]) => parts.filter((part) => any.includes(part)).length;
  const isOnce = [has('y', 'yy'), has('M', 'MMM'), has('d')].every((times) => times === 1);
  const isAtMostOnce = [has('H', 'h'), has('m'), has('s'), has('S'), has('a'), has('X'), has('E')].every(
    (times) => times <= 1,
  );
  return (
    isOnce &&
    isAtMostOnce &&
    has('h') === has('a') &&
    has('m') <= has('H', 'h') &&
    has('s') <= has('m') &&
    has('S') <= has('s')
  );
}

const mostKept = 50_000;

/**
 * How a source's times are read; undefined for a pattern that is not understood. Times without an offset are of the zone: one in
 * the gap of a clock change is read by the offset in force before it, one in the repeated hour as the earlier (model R8) unless
 * that would be before `notBefore`. Equal texts are read once.
 * @example timeReader('d/M/yyyy h:mm a', 'Europe/London')?.('1/7/2016 2:05 PM') // '2016-07-01T13:05:00.000Z'
 */
export function timeReader(format: string, zone: string): TimeReader | undefined {
  if (!isZone(zone)) return undefined;
  const readOnce = readerOf(format, zone);
  if (!readOnce) return undefined;
  const known = new Map<string, string | undefined>();
  const earliest = (text: string): string | undefined => {
    if (known.has(text)) return known.get(text);
    if (known.size >= mostKept) known.clear();
    const read = readOnce(text, 'compatible');
    known.set(text, read);
    return read;
  };
  return (text, notBefore) => {
    const read = earliest(text);
    if (read === undefined || notBefore === undefined || read >= notBefore) return read;
    const later = readOnce(text, 'later');
    return later !== undefined && later >= notBefore ? later : read;
  };
}

type Repeated = 'compatible' | 'later';
type ReadOnce = (text: string, repeated: Repeated) => string | undefined;

function readerOf(format: string, zone: string): ReadOnce | undefined {
  switch (format) {
    case 'excel':
      return (text, repeated) => excelDay(text, zone, repeated);
    case 'unix':
      return (text) => (/^\d{1,12}(?:\.\d+)?$/.test(text) ? within(Math.round(Number(text) * 1000)) : undefined);
    case 'unix-ms':
      return (text) => (/^\d{1,15}$/.test(text) ? within(Number(text)) : undefined);
    case 'iso':
      return isoReader(zone);
    default: {
      const pattern = timePattern(format);
      return pattern && ((text, repeated) => readByPattern(pattern, { text, zone, repeated }));
    }
  }
}

/** ISO 8601 (RFC 3339 in the main), with an offset or of the zone. */
function isoReader(zone: string): ReadOnce {
  const forms = [
    'yyyy-MM-ddTHH:mm:ss.SX',
    'yyyy-MM-ddTHH:mm:ssX',
    'yyyy-MM-ddTHH:mmX',
    'yyyy-MM-ddTHH:mm:ss.S',
    'yyyy-MM-ddTHH:mm:ss',
    'yyyy-MM-ddTHH:mm',
    'yyyy-MM-dd',
  ];
  const patterns = forms.flatMap((form) => timePattern(form) ?? []);
  return (text, repeated) => {
    const spelled = text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T');
    for (const pattern of patterns) {
      const read = readByPattern(pattern, { text: spelled, zone, repeated });
      if (read !== undefined) return read;
    }
    return undefined;
  };
}

/** Instants that a record can have happened at; a source that knows none often writes the year 1, 1900 or 9999. */
const [first, end] = [Date.UTC(1970, 0, 1), Date.UTC(2100, 0, 1)];
const within = (at: number): string | undefined =>
  Number.isFinite(at) && at >= first && at < end ? new Date(at).toISOString() : undefined;

/** Days since 30 December 1899, as Excel counts from March 1900 on; its parts of a day are exact to the second only. */
function excelDay(text: string, zone: string, repeated: Repeated): string | undefined {
  if (!/^\d{1,6}(?:[.,]\d+)?$/.test(text)) return undefined;
  const seconds = Math.round(Number(text.replace(',', '.')) * 86_400);
  const wall = new Temporal.PlainDateTime(1899, 12, 30).add({ seconds });
  return within(wall.toZonedDateTime(zone, { disambiguation: repeated }).epochMilliseconds);
}

interface Written {
  zone: string;
  text: string;
  repeated: Repeated;
}

function readByPattern({ form, parts }: Pattern, { zone, text, repeated }: Written): string | undefined {
  const found = form.exec(text);
  if (!found) return undefined;
  const of = (part: Part): string | undefined => (parts.includes(part) ? found[parts.indexOf(part) + 1] : undefined);
  const [month, hour] = [monthOf(of('M'), of('MMM')), hourOf(of('H'), of('h'), of('a'))];
  if (month === undefined || hour === undefined) return undefined;
  try {
    const wall = Temporal.PlainDateTime.from(
      {
        year: of('y') === undefined ? fullYear(Number(of('yy'))) : Number(of('y')),
        month,
        day: Number(of('d')),
        hour,
        minute: Number(of('m') ?? 0),
        second: Number(of('s') ?? 0),
        millisecond: Math.trunc(Number(`0.${of('S') ?? 0}`) * 1000),
      },
      { overflow: 'reject' },
    );
    const offset = of('X');
    const at =
      offset === undefined
        ? wall.toZonedDateTime(zone, { disambiguation: repeated })
        : wall.toZonedDateTime(offsetZone(offset));
    return within(at.epochMilliseconds);
  } catch {
    return undefined; // 31 February and the like: Temporal refuses, and so does the row
  }
}

/** As most systems read two digits (POSIX strptime, %y). */
const fullYear = (two: number): number => two + (two < 69 ? 2000 : 1900);

function monthOf(digits: string | undefined, name: string | undefined): number | undefined {
  if (name === undefined) return Number(digits);
  const word = name.toLowerCase();
  const index = months.findIndex(
    (month) => month === word || month.slice(0, 3) === word || (word === 'sept' && month.startsWith(word)),
  );
  return index < 0 ? undefined : index + 1;
}

function hourOf(full: string | undefined, half: string | undefined, part: string | undefined): number | undefined {
  if (half === undefined) return Number(full ?? 0);
  const hour = Number(half);
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (part?.toLowerCase() === 'p' ? 12 : 0);
}

function offsetZone(offset: string): string {
  if (offset === 'Z') return 'UTC';
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
