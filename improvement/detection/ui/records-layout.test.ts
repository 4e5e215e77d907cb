import { expect, it } from 'vitest';
import { querySpanning, shownValues } from './records-layout.ts';

it('gives a column to what any row knows, and none to instants', () => {
  const rows = [
    {
      day: '2026-03-01',
      values: { openedAt: '2026-03-01T08:00:00.000Z', priority: 'P3', restoreMinutes: null, reopens: null },
    },
    {
      day: '2026-03-02',
      values: { openedAt: '2026-03-02T08:00:00.000Z', priority: null, restoreMinutes: 60, reopens: null },
    },
  ];
  expect(shownValues(rows)).toEqual([
    { name: 'priority', isFigure: false },
    { name: 'restoreMinutes', isFigure: true },
  ]);
});

it('narrows a link to the days of one point', () => {
  const query = 'service=s&from=2026-01-01&to=2026-12-31';
  expect(querySpanning(query, '2026-03-02T00:00:00.000Z', 'day')).toBe('service=s&from=2026-03-02&to=2026-03-02');
  expect(querySpanning(query, '2026-02-23T00:00:00.000Z', 'week')).toBe('service=s&from=2026-02-23&to=2026-03-01');
});
