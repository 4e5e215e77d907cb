// The first pass: does the file fit its mapping, and is it whole? Rows that can be read are sorted by key; the others are told.
import type { RecordDefinition } from '../record/define/define.ts';
import { refusable, refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Refusal, Refused } from '../refusal/refusal.ts';
import { textOf } from './bytes.ts';
import type { Source } from './bytes.ts';
import { judgeHeader, judgeMapping } from './judge.ts';
import { columnsOf } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { isFaulty, Mention, rowReader } from './read.ts';
import type { ReadRow, Reject, RowReader } from './read.ts';
import { rowsOf } from './rows.ts';
import type { SourceRow } from './rows.ts';
import type { Spill } from './spill.ts';

/** How far the reading is. */
export interface Progress {
  /** Of the file as it lies, packed or not. */
  bytes: number;
  rows: number;
}

export interface ReadFile extends Progress {
  unreadable: number;
  firstAt: string;
  lastAt: string;
}

/** More rows than this share that cannot be read, and it is the mapping that is wrong, not the rows. */
const tolerated = 0.1;

export interface ReadOptions {
  source: Source;
  mapping: Mapping;
  definition: RecordDefinition;
  progress: (done: Progress) => Promise<void> | void;
  rejected: (reject: Reject) => void;
}

/** All faults of a mapping: for the record that it fills, and for the file that it reads, of which only the header is looked at. */
export async function judgeAll({
  source,
  mapping,
  definition,
}: Pick<ReadOptions, 'source' | 'mapping' | 'definition'>): Promise<Refusal[]> {
  const faults = judgeMapping(definition, mapping);
  const header = await refusable(() => headerOf(source, mapping));
  if (header.ok) return [...faults, ...(header.value ? judgeHeader(source.name, mapping, header.value) : [])];
  return faults.length ? faults : stop(header);
}

/** The names in the first row; refuses by `stop` what is no table. */
async function headerOf(source: Source, mapping: Mapping): Promise<string[] | undefined> {
  for await (const [first] of rowsOf(source.name, textOf(source, mapping.encoding), mapping.delimiter)) {
    const names = (first?.cells ?? []).map((name) => name.trim());
    return names.length < 2 ? stop(refuse('invalid', noCsv(source.name, mapping))) : names;
  }
  return undefined;
}

/** The header, and the rows in groups. The mapping was judged. */
export async function* judgedRows(
  { source, mapping, definition }: Pick<ReadOptions, 'source' | 'mapping' | 'definition'>,
  reading = { bytes: 0 },
): AsyncGenerator<{
  names: readonly string[];
  reader: RowReader;
  rows: SourceRow[];
}> {
  let header: { names: string[]; reader: RowReader } | undefined;
  for await (const group of rowsOf(source.name, textOf(source, mapping.encoding, reading), mapping.delimiter)) {
    let rows = group;
    if (!header) {
      const [first, ...rest] = group;
      const names = (first?.cells ?? []).map((name) => name.trim());
      header = { names, reader: rowReader(definition, mapping, names) };
      rows = rest;
    }
    if (rows.length) yield { ...header, rows };
  }
}

/** Reads the whole file. Refuses by `stop` one that is cut off, empty or does not fit. */
export async function readFile(options: ReadOptions, spill: Spill): Promise<ReadFile> {
  const { source, mapping, progress, rejected } = options;
  const reading = { bytes: 0 };
  const used = columnsOf(mapping);
  const tally = { rows: 0, keyless: 0, unreadable: 0, unfit: 0, first: '', firstAt: '9', lastAt: '' };
  let last: { row: SourceRow; width: number } | undefined;
  for await (const { names, reader, rows } of judgedRows(options, reading)) {
    const places = used.map((name) => names.indexOf(name));
    for (const row of rows) {
      tally.rows += 1;
      const read = judged(reader, row);
      const key = reader.keyOf(row);
      if (!isFaulty(read) && key !== null) {
        if (read.at < tally.firstAt) tally.firstAt = read.at;
        if (read.at > tally.lastAt) tally.lastAt = read.at;
        for (const { key: agent } of agentsIn(read)) spill.agent(agent);
        await spill.add(key, { line: row.line, cells: places.map((place) => row.cells[place] ?? '') });
        continue;
      }
      const reason = isFaulty(read) ? read : `${mapping.key} says nothing`;
      tally.unreadable += 1;
      // Rows without a key are of no record: a spreadsheet's tail says nothing about the mapping.
      if (key !== null) {
        tally.unfit += 1;
        tally.first ||= `line ${row.line}: ${reason}`;
      }
      rejected({ line: row.line, key: key ?? '', reason });
    }
    const end = rows.at(-1);
    if (end) last = { row: end, width: names.length };
    await progress({ bytes: reading.bytes, rows: tally.rows });
  }
  if (!last) return stop(empty(source.name));
  if (last.row.cells.length < last.width) stop(truncated(source.name, last.row.line));
  if (tally.unfit > tally.rows * tolerated) stop(unfit(tally));
  await spill.finish();
  const { rows, unreadable, firstAt, lastAt } = tally;
  return { rows, unreadable, firstAt, lastAt, bytes: reading.bytes };
}

function judged(reader: RowReader, row: SourceRow): ReadRow | string {
  const timed = reader.timed(row);
  return isFaulty(timed) ? timed : reader.values(timed);
}

const agentsIn = ({ values, by }: ReadRow): Mention[] =>
  [...Object.values(values), by].filter(
    (value) => value instanceof Mention && value.side === 'provider' && value.hasKey,
  ) as Mention[];

const noCsv = (name: string, { delimiter = ',' }: Mapping) =>
  refusal(
    'import.no-csv',
    `${name} is no CSV: its first line holds no "${delimiter}".`,
    'Give a CSV file with a header, plain or packed as .xz or .gz.',
  );

const empty = (name: string): Refused =>
  refuse('invalid', refusal('import.empty', `${name} holds no rows.`, 'Export it anew.'));

const truncated = (name: string, line: number): Refused =>
  refuse(
    'invalid',
    refusal(
      'import.truncated',
      `${name} ends in the middle of line ${line}.`,
      'Fetch the file anew; nothing was imported.',
    ),
  );

const unfit = ({ unfit: faulty, rows, first }: { unfit: number; rows: number; first: string }): Refused =>
  refuse(
    'invalid',
    refusal(
      'import.mapping',
      `The mapping does not fit: ${faulty.toLocaleString('en')} of ${rows.toLocaleString('en')} rows cannot be read (${first}).`,
      'Mend the mapping, and try it with a dry run.',
    ),
  );
