// Rows that stay where they are while one points at them: what arrives meanwhile is counted, and shown once the pointer leaves. Pure.

interface Row {
  id: string;
}

export interface Held<T extends Row> {
  shown: readonly T[];
  /** How many have arrived that would move a row. */
  fresh: number;
}

/** Of the rows as they are now, those to show while `held` stood when the pointer came: in that order, with what they say now. */
export function heldRows<T extends Row>(rows: readonly T[], held: readonly T[]): Held<T> {
  const now = new Map(rows.map((row) => [row.id, row]));
  const then = new Set(held.map(({ id }) => id));
  const last = rows.findLastIndex(({ id }) => then.has(id));
  // What comes behind the last of them moves none: more were asked for.
  const behind = rows.slice(last + 1);
  const before = rows.slice(0, Math.max(0, last));
  return {
    shown: [...held.map((row) => now.get(row.id) ?? row), ...behind.filter(({ id }) => !then.has(id))],
    fresh: before.filter(({ id }) => !then.has(id)).length,
  };
}
