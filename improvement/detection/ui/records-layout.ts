// Which of a figure's values get a column, and which days a point of a chart stands for. Pure.
import { lookup } from '../../../core/names/lookup.ts';

/** A row of GET /measurement/metrics/{metric}/records. */
export interface RecordBehind {
  day: string;
  values: Readonly<Record<string, unknown>>;
}

/** Values that any row has, in the order they came; instants are told by the day, and a column of nothing tells nothing. */
export function shownValues(rows: readonly RecordBehind[]): { name: string; isFigure: boolean }[] {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  return [...names].flatMap((name) => {
    const known = rows.map(({ values }) => values[name]).filter((value) => value !== null && value !== undefined);
    if (known.length === 0 || name.endsWith('At')) return [];
    return [{ name, isFigure: known.every((value) => typeof value === 'number') }];
  });
}

const days: Readonly<Record<'day' | 'week', number>> = lookup({ day: 1, week: 7 });

/** A records link for one point of a chart: its own days instead of the whole span's. */
export function querySpanning(query: string, at: string, grain: 'day' | 'week'): string {
  const search = new URLSearchParams(query);
  search.set('from', at.slice(0, 10));
  search.set('to', new Date(Date.parse(at) + (days[grain] - 1) * 86_400_000).toISOString().slice(0, 10));
  return search.toString();
}
