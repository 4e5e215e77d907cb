// In which order the rows of one incident happened, and when: by the source's own sequence where it has one, else by time.
import type { Builder, Reject } from './build.ts';
import type { SourceRow } from './read.ts';

export interface PlacedRow {
  line: number;
  /** Reads the row's cell by the name of its column; null for what means nothing. */
  cell: (column: string) => string | null;
  /** ISO instant. */
  at: string;
}

interface Timed extends PlacedRow {
  text: string;
  order: number | null;
}

/** The rows in the order they happened; a row without a time is rejected with its reason. */
export function placedRows(
  builder: Builder,
  key: string,
  rows: readonly SourceRow[],
  reject: (found: Reject) => void,
): PlacedRow[] {
  const timed = rows.flatMap((row) => timedRow(builder, key, row, reject));
  // A sequence with holes orders nothing.
  if (!timed.every(({ order }) => order !== null))
    return timed.toSorted((one, other) => (one.at === other.at ? one.line - other.line : one.at < other.at ? -1 : 1));
  const inSequence = timed.toSorted(
    (one, other) =>
      (one.order ?? 0) - (other.order ?? 0) ||
      (one.at === other.at ? one.line - other.line : one.at < other.at ? -1 : 1),
  );
  let before: string | undefined;
  for (const row of inSequence) {
    row.at = builder.readTime(row.text, before) ?? row.at;
    before = row.at;
  }
  return inSequence;
}

function timedRow(builder: Builder, key: string, row: SourceRow, reject: (found: Reject) => void): Timed[] {
  const { mapping, columns, readTime } = builder;
  const refuse = (reason: string): [] => {
    reject({ line: row.line, key, reason });
    return [];
  };
  if (row.cells.length !== columns.size) return refuse(`${row.cells.length} columns instead of ${columns.size}`);
  const cell = cellsOf(builder, row.cells);
  const text = cell(mapping.occurredAt) ?? '';
  const at = readTime(text);
  if (!at) return refuse(`${mapping.occurredAt} is no time: ${text || 'nothing'}`);
  const order = mapping.order ? cell(mapping.order) : null;
  return [
    { line: row.line, cell, at, text, order: order !== null && Number.isFinite(Number(order)) ? Number(order) : null },
  ];
}

function cellsOf(
  { mapping, columns }: Pick<Builder, 'mapping' | 'columns'>,
  cells: readonly string[],
): (column: string) => string | null {
  return (column) => {
    const text = cells[columns.get(column) ?? -1] ?? '';
    return text === '' || mapping.missing.includes(text) ? null : text;
  };
}
