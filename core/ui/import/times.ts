// Which patterns a source's times may be written by, guessed from some of them. Pure.
import { lookup } from '../../names/lookup.ts';

interface Shape {
  format: string;
  form: RegExp;
}

const clocks: readonly [string, string][] = [
  [' HH:mm:ss', String.raw` \d{1,2}:\d\d:\d\d`],
  [' HH:mm', String.raw` \d{1,2}:\d\d`],
  [' h:mm:ss a', String.raw` (?:0?\d|1[0-2]):\d\d:\d\d [AaPp][Mm]`],
  [' h:mm a', String.raw` (?:0?\d|1[0-2]):\d\d [AaPp][Mm]`],
  ['', ''],
];
const [day, month, name] = ['(?:0?[1-9]|[12]\\d|3[01])', '(?:0?[1-9]|1[0-2])', '[A-Za-z]{3,9}'];
const days: readonly [string, string][] = [
  ['d/M/yyyy', `${day}/${month}/\\d{4}`],
  ['M/d/yyyy', `${month}/${day}/\\d{4}`],
  ['d.M.yyyy', `${day}\\.${month}\\.\\d{4}`],
  ['d-M-yyyy', `${day}-${month}-\\d{4}`],
  ['d MMM yyyy', `${day} ${name} \\d{4}`],
  ['d-MMM-yyyy', `${day}-${name}-\\d{4}`],
  ['dd/MMM/yy', `\\d\\d/${name}/\\d\\d`],
  ['MMM d, yyyy', `${name} ${day}, \\d{4}`],
  ['yyyy/MM/dd', String.raw`\d{4}/\d\d/\d\d`],
];

const shapes: readonly Shape[] = [
  {
    format: 'iso',
    form: /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/,
  },
  ...days.flatMap(([date, dateForm]) =>
    clocks.map(([time, timeForm]) => ({
      format: `${date}${time}`,
      form: new RegExp(`^${dateForm}${timeForm.replaceAll(' ', '\\s')}$`),
    })),
  ),
  { format: 'unix', form: /^1\d{9}$/ },
  { format: 'unix-ms', form: /^1\d{12}$/ },
  { format: 'excel', form: /^[2-7]\d{4}(?:[.,]\d+)?$/ },
];

/** The patterns by which each of some texts is a time; none where they are no times. */
export function patternsOf(examples: readonly string[]): string[] {
  if (!examples.length) return [];
  return shapes.filter(({ form }) => examples.every((example) => form.test(example))).map(({ format }) => format);
}

const words: Readonly<Record<string, string>> = lookup({
  iso: 'ISO 8601: 2026-03-09 14:05, with or without an offset',
  unix: 'Seconds since 1970',
  'unix-ms': 'Milliseconds since 1970',
  excel: "Excel's days",
});

/** A pattern in words, with the order of day and month told where both could be meant. */
export function patternInWords(format: string): string {
  const plain = words[format];
  if (plain) return plain;
  if (/^d.M/.test(format) && !format.includes('MMM')) return `${format} (day first)`;
  return format.startsWith('M/d') ? `${format} (month first)` : format;
}
