// What a file holds, and what a mapping would make of it: read from its first rows, and nothing is written.
import type { ServerRecord } from '../record/define/work.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { build, untold } from './build.ts';
import { textOf } from './bytes.ts';
import type { Source } from './bytes.ts';
import type { Mapping } from './mapping.ts';
import { inOrder } from './order.ts';
import { isFaulty } from './read.ts';
import type { Reject, RowReader, TimedRow } from './read.ts';
import { judgeAll, judgedRows } from './reading.ts';
import { rowsOf } from './rows.ts';
import type { SourceRow } from './rows.ts';

const mostLooked = 2000;
const mostWords = 40;
const mostOfAWord = 200;
const mostShown = 20;

export interface LookedColumn {
  name: string;
  /** How often the name stands in the header. */
  times: number;
  /** Some of its words, in the order in which they come. */
  words: string[];
  /** There are more. */
  isMore: boolean;
  /** Rows in which it says nothing. */
  empty: number;
}

/** The columns of a file with the words of its first rows. Refuses by `stop` what is no CSV. */
export async function lookInto(
  source: Source,
  how: Pick<Mapping, 'encoding' | 'delimiter'>,
): Promise<{ rows: number; columns: LookedColumn[] }> {
  let header: string[] | undefined;
  let rows = 0;
  const words: Set<string>[] = [];
  const empty: number[] = [];
  for await (const group of rowsOf(source.name, textOf(source, how.encoding), how.delimiter)) {
    for (const { cells } of group) {
      if (!header) {
        header = cells.map((name) => name.trim());
        continue;
      }
      rows += 1;
      header.forEach((_, index) => {
        const cell = cells[index] ?? '';
        if (cell === '') empty[index] = (empty[index] ?? 0) + 1;
        else if ((words[index] ??= new Set()).size <= mostWords)
          words[index].add(cell.slice(0, mostOfAWord).toWellFormed().replaceAll('\0', '\ufffd'));
      });
      if (rows >= mostLooked) break;
    }
    if (rows >= mostLooked) break;
  }
  const names = header ?? [];
  const columns = names.map((name, index) => {
    const found = [...(words[index] ?? [])];
    return {
      name,
      times: names.filter((each) => each === name).length,
      words: found.slice(0, mostWords),
      isMore: found.length > mostWords,
      empty: empty[index] ?? 0,
    };
  });
  return { rows, columns };
}

export interface Preview {
  rows: number;
  faults: Refusal[];
  records: {
    key: string;
    title: string;
    state: string;
    steps: number;
    values: Record<string, string | number | boolean | null>;
  }[];
  rejects: Reject[];
  rejected: number;
}

/** The faults of a mapping, and the first records that it would make. */
export async function preview(
  source: Source,
  { definition, observing = {} }: Pick<ServerRecord, 'definition' | 'observing'>,
  mapping: Mapping,
): Promise<Preview> {
  const faults = await judgeAll({ source, definition, mapping });
  const found: Preview = { rows: 0, faults, records: [], rejects: [], rejected: 0 };
  if (faults.length) return found;
  const groups = new Map<string, TimedRow[]>();
  let reader: RowReader | undefined;
  for await (const group of judgedRows({ source, mapping, definition })) {
    reader = group.reader;
    for (const row of group.rows) look(found, groups, group.reader, row);
    if (found.rows >= mostLooked) break;
  }
  const building = { definition, mapping, observing, given: {}, idOf: ({ name }: { name: string }) => name };
  for (const [key, rows] of [...groups].slice(0, mostShown)) {
    const read = reader ? inOrder(rows, reader.readTime).map(reader.values) : [];
    const { fields, state, fresh } = build(
      building,
      untold(),
      read.flatMap((row) => (isFaulty(row) ? [] : [row])),
    );
    const { title, ...values } = fields;
    found.records.push({
      key,
      title: String(title),
      state: state ?? definition.lifecycle.initial,
      steps: fresh.length,
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)])),
    });
  }
  return found;
}

const shown = (value: unknown): string | number | boolean | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

function look(found: Preview, groups: Map<string, TimedRow[]>, reader: RowReader, row: SourceRow): void {
  found.rows += 1;
  const key = reader.keyOf(row) ?? '';
  const timed = reader.timed(row);
  const read = isFaulty(timed) ? timed : reader.values(timed);
  if (!isFaulty(read) && !isFaulty(timed)) groups.set(key, [...(groups.get(key) ?? []), timed]);
  else if (isFaulty(read)) {
    found.rejected += 1;
    if (found.rejects.length < mostShown) found.rejects.push({ line: row.line, key, reason: read });
  }
}
