// In which order the rows of one record happened, and when: by the source's own sequence where it has one, else by time. Pure.
import type { TimedRow } from './read.ts';
import type { TimeReader } from './times.ts';

/** Where the last row stands that was read of a record. */
export interface Place {
  at: string;
  order: number | null;
}

/** The rows in the order they happened; `after`: what was read of the record before. */
export function inOrder(rows: readonly TimedRow[], readTime: TimeReader, after?: Place): TimedRow[] {
  // A sequence with holes orders nothing.
  if (!rows.every(({ order }) => order !== null)) return rows.toSorted(byTime);
  const sequence = rows.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0) || byTime(one, other));
  let before = after?.order === null ? undefined : after?.at;
  return sequence.map((row) => {
    const at = readTime(row.text, before) ?? row.at;
    before = at;
    return { ...row, at };
  });
}

const byTime = (one: Pick<TimedRow, 'at' | 'line'>, other: Pick<TimedRow, 'at' | 'line'>): number =>
  one.at === other.at ? one.line - other.line : one.at < other.at ? -1 : 1;

/** Whether a row happened at or after the last that was read. */
export function isLater({ at, order }: Place, last: Place): boolean {
  if (order !== null && last.order !== null) return order >= last.order;
  return at >= last.at;
}
