// The answer of GET /measurement/matrix, and how its twelve cells are named. Pure.
import type { z } from 'zod';
import type { Tone } from '../../../core/lifecycle/lifecycle.ts';
import type { cellSchema } from '../views.ts';
import { lookup } from '../../../core/names/lookup.ts';

export const objects = ['services', 'technology', 'processes'] as const;
export const qualities = ['efficiency', 'effectiveness', 'cost_effectiveness', 'compliance'] as const;
export const objectLabels: Readonly<Record<Cell['object'], string>> = lookup({
  services: 'Services',
  technology: 'Technology',
  processes: 'Processes',
});
export const qualityLabels: Readonly<Record<Cell['quality'], string>> = lookup({
  efficiency: 'Efficiency',
  effectiveness: 'Effectiveness',
  cost_effectiveness: 'Cost-effectiveness',
  compliance: 'Compliance',
});
const statusWords: Readonly<Record<Cell['status'], { tone: Tone; word: string }>> = lookup({
  good: { tone: 'good', word: 'Good' },
  attention: { tone: 'attention', word: 'Watch' },
  bad: { tone: 'bad', word: 'Bad' },
  none: { tone: 'unknown', word: 'Not judged' },
});

/** How a cell is judged, and against whose target where nobody promised it. */
export function judged({ status, metric }: Pick<Cell, 'status' | 'metric'>): { tone: Tone; word: string } {
  const { tone, word } = statusWords[status];
  const target = status === 'none' ? null : metric?.target;
  return { tone, word: target?.whose === 'customary' ? `${word}, by a customary target of ${target.value}` : word };
}

export type Cell = z.infer<typeof cellSchema>;

/** The cell of a row and column; one that the server did not send is empty and says so. */
export function cellAt(cells: readonly Cell[], object: Cell['object'], quality: Cell['quality']): Cell {
  return (
    cells.find((each) => each.object === object && each.quality === quality) ?? {
      object,
      quality,
      metric: null,
      value: null,
      n: 0,
      at: null,
      grain: null,
      age: null,
      records: null,
      reason: 'nothing is measured here yet',
      status: 'none',
      spark: [],
    }
  );
}

/** Points of a sparkline in a box; one value alone is a flat line. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return '';
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) => (most === least ? height / 2 : height - ((value - least) / span) * height);
  return (
    values
      .map((value, index) => `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('') + (values.length === 1 ? `H${width}` : '')
  );
}
