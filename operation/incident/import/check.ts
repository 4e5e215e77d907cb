// The first reading of a file: does it fit its mapping, is it whole, do the rows of an incident stand together?
import { refusal, refuse, stop } from '../../../core/refusal/refusal.ts';
import { buildIncident } from './build.ts';
import type { Builder } from './build.ts';
import { columnsOf } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { readRows } from './read.ts';
import type { SourceRow } from './read.ts';
import { wallTimeReader } from './wall-time.ts';
import type { TimeReader } from './wall-time.ts';

export interface Checked {
  rows: number;
  incidents: number;
  columns: ReadonlyMap<string, number>;
  readTime: TimeReader;
  firstAt: string;
  lastAt: string;
}

/** More rejected rows than this share, and it is the mapping that is wrong, not the rows. */
const tolerated = 0.1;

/** Reads the whole file without writing anything. Refuses by `stop` what would leave half an import behind. */
export async function checkFile(file: string, mapping: Mapping): Promise<Checked> {
  const readTime = timesOf(mapping);
  let columns: Map<string, number> | undefined;
  let rows = 0;
  let last: SourceRow | undefined;
  const seen = new Set<string>();
  const tally = { rejected: 0, first: '', firstAt: '9', lastAt: '' };
  const judge = (builder: Builder, key: string, group: SourceRow[]) => {
    if (seen.has(key))
      stop(
        refuse(
          'invalid',
          refusal(
            'import.scattered',
            `The rows of ${key} do not stand together (line ${group[0]?.line}).`,
            `Sort the file by ${mapping.key} first.`,
          ),
        ),
      );
    seen.add(key);
    const built = buildIncident(builder, key, group, (reject) => {
      tally.rejected += 1;
      tally.first ||= `line ${reject.line}: ${reject.reason}`;
    });
    for (const step of built?.record.steps ?? []) {
      if (step.occurredAt < tally.firstAt) tally.firstAt = step.occurredAt;
      if (step.occurredAt > tally.lastAt) tally.lastAt = step.occurredAt;
    }
  };
  let open: { key: string; group: SourceRow[] } | undefined;
  let builder: Builder | undefined;
  for await (const group of readRows(file, mapping.delimiter)) {
    for (const row of group) {
      if (!columns || !builder) {
        columns = headerOf(file, mapping, row);
        builder = trialBuilder(mapping, columns, readTime);
        continue;
      }
      rows += 1;
      last = row;
      const key = keyOf(row, columns, mapping);
      if (open?.key === key) open.group.push(row);
      else {
        if (open) judge(builder, open.key, open.group);
        open = { key, group: [row] };
      }
    }
  }
  if (!columns || !builder || !open || !last)
    return stop(refuse('invalid', refusal('import.empty', `${file} holds no rows.`, 'Export it anew.')));
  if (last.cells.length < columns.size)
    stop(
      refuse(
        'invalid',
        refusal(
          'import.truncated',
          `${file} ends in the middle of line ${last.line}.`,
          'Fetch the file anew; nothing was imported.',
        ),
      ),
    );
  judge(builder, open.key, open.group);
  if (tally.rejected > rows * tolerated)
    stop(
      refuse(
        'invalid',
        refusal(
          'import.mapping',
          `The mapping does not fit: ${tally.rejected.toLocaleString('en')} of ${rows.toLocaleString('en')} rows cannot be read (${tally.first}).`,
          'Mend the mapping, and try it with --dry-run.',
        ),
      ),
    );
  return { rows, incidents: seen.size, columns, readTime, firstAt: tally.firstAt, lastAt: tally.lastAt };
}

function timesOf(mapping: Mapping): TimeReader {
  const zones = isZone(mapping.zone);
  const readTime = zones ? wallTimeReader(mapping.timeFormat, mapping.zone) : undefined;
  if (readTime) return readTime;
  return stop(
    refuse(
      'invalid',
      refusal(
        'import.times',
        zones ? `${mapping.timeFormat} is no pattern of a time.` : `${mapping.zone} is no time zone.`,
        zones
          ? 'Write it with yyyy, M, d, HH, mm, such as d/M/yyyy HH:mm.'
          : 'Give an IANA name such as Europe/London.',
      ),
    ),
  );
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false; // Intl throws a RangeError for what is no zone
  }
}

function headerOf(file: string, mapping: Mapping, row: SourceRow): Map<string, number> {
  const columns = new Map(row.cells.map((name, index) => [name.trim(), index]));
  const missing = columnsOf(mapping).filter((name) => !columns.has(name));
  if (row.cells.length < 2)
    stop(
      refuse(
        'invalid',
        refusal(
          'import.no-csv',
          `${file} is no CSV: its first line holds no "${mapping.delimiter}".`,
          'Give a CSV file with a header, plain or packed as .xz or .gz.',
        ),
      ),
    );
  if (missing.length)
    stop(
      refuse(
        'invalid',
        refusal(
          'import.columns',
          `${file} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}.`,
          `Mend the mapping. The file has: ${row.cells.join(', ').slice(0, 2000)}.`,
        ),
      ),
    );
  return columns;
}

function trialBuilder(mapping: Mapping, columns: ReadonlyMap<string, number>, readTime: Checked['readTime']): Builder {
  return {
    providerId: '',
    mapping,
    columns,
    readTime,
    serviceId: null,
    customerId: null,
    parties: { person: (name) => name, team: (name) => name, component: (name) => name },
  };
}

function keyOf(row: SourceRow, columns: ReadonlyMap<string, number>, mapping: Mapping): string {
  return row.cells[columns.get(mapping.key) ?? -1] ?? '';
}

/** The rows of a checked file, an incident at a time. */
export async function* groupsOf(
  file: string,
  mapping: Mapping,
  { columns }: Checked,
): AsyncGenerator<[string, SourceRow[]]> {
  let open: [string, SourceRow[]] | undefined;
  let isHeader = true;
  for await (const group of readRows(file, mapping.delimiter)) {
    for (const row of group) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const key = keyOf(row, columns, mapping);
      if (open?.[0] === key) open[1].push(row);
      else {
        if (open) yield open;
        open = [key, [row]];
      }
    }
  }
  if (open) yield open;
}
