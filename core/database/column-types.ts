import pg from 'pg';

const { builtins } = pg.types;
const textArray: number = 1009;
const int8Array = 1016;
const timestamptzArray = 1185;
const dateArray = 1182;

const plain = (value: string): string => value;

/** A bigint as a number. Throws beyond 2^53 - 1, where a number would silently be another one. */
function int8(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`The bigint ${value} does not fit into a number: select it as text.`);
  return number;
}

/**
 * A timestamptz of a UTC session as ISO 8601 with milliseconds, such as `2026-03-01T08:00:00.000Z`.
 * Microseconds are cut off: a column that is compared with what was read is a `timestamptz(3)`.
 */
function timestamptz(value: string): string {
  if (value.endsWith('infinity')) return value;
  const [, day, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(value) ?? [];
  if (!day || !time)
    throw new RangeError(`${value} is no time of the years 1 to 9999 in a session whose timezone is UTC.`);
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

const stringArray: (value: string) => (string | null)[] = pg.types.getTypeParser(textArray);
const arrayOf =
  <T>(parse: (value: string) => T) =>
  (value: string): (T | null)[] =>
    stringArray(value).map((element) => (element === null ? null : parse(element)));

const parsers = new Map<number, (value: string) => unknown>([
  [builtins.INT8, int8],
  [int8Array, arrayOf(int8)],
  [builtins.TIMESTAMPTZ, timestamptz],
  [timestamptzArray, arrayOf(timestamptz)],
  [builtins.DATE, plain],
  [dateArray, stringArray],
  [builtins.TIMESTAMP, plain],
  [builtins.NUMERIC, plain],
]);

/** How column types arrive in the program; what is not named here is left to pg. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(type)) ?? pg.types.getTypeParser(type, format ?? 'text'),
};
