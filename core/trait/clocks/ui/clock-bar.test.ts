import { describe, expect, it } from 'vitest';
import { layoutBar, type Stretch, sums } from './clock-bar.ts';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const stretch = (from: number, to: number, kind: Stretch['kind'], reason: string | null = null): Stretch => ({
  from: at(from),
  to: at(to),
  kind,
  reason,
  minutes: (to - from) * 60,
  words: `${from} to ${to}`,
});
const course = [stretch(8, 10, 'working'), stretch(10, 11, 'paused', 'customer'), stretch(11, 12, 'working')];

describe('the bar of a clock', () => {
  it('shows every stretch by its real length, without gaps', () => {
    expect(layoutBar(course, null)?.parts.map(({ left, width }) => [left, width])).toEqual([
      [0, 50],
      [50, 25],
      [75, 25],
    ]);
  });

  it('reaches on to a due instant that is still to come', () => {
    const bar = layoutBar(course, at(16));
    expect(bar?.due).toBe(100);
    expect(bar?.parts[0]?.width).toBe(25);
  });

  it('marks a due instant that has passed', () => expect(layoutBar(course, at(9))?.due).toBe(25));

  it('is not drawn for a clock that has not run', () => expect(layoutBar([], at(9))).toBeNull());
});

it('adds up where the time went, by kind and by what was waited for', () => {
  expect(sums(course)).toEqual([
    { kind: 'working', reason: null, minutes: 180 },
    { kind: 'paused', reason: 'customer', minutes: 60 },
  ]);
});
