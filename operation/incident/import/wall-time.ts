// Times of a source as it writes them: a pattern, a zone, no offset.

interface Pattern {
  form: RegExp;
  parts: readonly string[];
}

const part: Readonly<Record<string, string>> = {
  yyyy: '(\\d{4})',
  MM: '(\\d{2})',
  dd: '(\\d{2})',
  M: '(\\d{1,2})',
  d: '(\\d{1,2})',
  HH: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
};

/** Compiles a pattern such as `d/M/yyyy HH:mm`. Returns undefined when it lacks year, month or day. */
export function timePattern(format: string): Pattern | undefined {
  const parts: string[] = [];
  const form = format.replace(/yyyy|MM|dd|HH|mm|ss|M|d|[.*+?^${}()|[\]\\/]/g, (found) => {
    const digits = part[found];
    if (!digits) return `\\${found}`;
    parts.push(found.charAt(0) === 'y' || found === 'mm' || found === 'ss' ? found : found.charAt(0));
    return digits;
  });
  return ['yyyy', 'M', 'd'].every((each) => parts.includes(each))
    ? { form: new RegExp(`^${form}$`), parts }
    : undefined;
}

/**
 * Reads a wall time as an instant; undefined for what is no time. `notBefore`: the instant before it in the source's own sequence,
 * which tells which of the two it is in the hour that comes twice.
 */
export type TimeReader = (text: string, notBefore?: string) => string | undefined;

/**
 * Reads wall times of one zone. A time in the gap of a clock change is read by the offset in force before it, one in the repeated
 * hour as the earlier (model R8) unless that would be before `notBefore`. Equal texts are read once.
 */
export function wallTimeReader(format: string, zone: string): TimeReader | undefined {
  const pattern = timePattern(format);
  if (!pattern) return undefined;
  const known = new Map<string, string | undefined>();
  const earliest = (text: string): string | undefined => {
    if (known.has(text)) return known.get(text);
    const read = readWallTime(pattern, { zone, text, disambiguation: 'compatible' });
    if (known.size < 200_000) known.set(text, read);
    return read;
  };
  return (text, notBefore) => {
    const read = earliest(text);
    if (read === undefined || notBefore === undefined || read >= notBefore) return read;
    const later = readWallTime(pattern, { zone, text, disambiguation: 'later' });
    return later !== undefined && later >= notBefore ? later : read;
  };
}

interface Written {
  zone: string;
  text: string;
  disambiguation: 'compatible' | 'later';
}

function readWallTime({ form, parts }: Pattern, { zone, text, disambiguation }: Written): string | undefined {
  const digits = form.exec(text);
  if (!digits) return undefined;
  const of = (name: string) => Number(digits[parts.indexOf(name) + 1] ?? 0);
  try {
    const wall = Temporal.PlainDateTime.from(
      {
        year: of('yyyy'),
        month: of('M'),
        day: of('d'),
        hour: parts.includes('H') ? of('H') : 0,
        minute: parts.includes('mm') ? of('mm') : 0,
        second: parts.includes('ss') ? of('ss') : 0,
      },
      { overflow: 'reject' },
    );
    return new Date(wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds).toISOString();
  } catch {
    return undefined; // 31 February and the like: Temporal refuses, and so does the row
  }
}
