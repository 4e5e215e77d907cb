import { describe, expect, it } from 'vitest';
import { paretoOf } from './pareto.ts';

const total = { n: 1000, misses: 300 };

describe('the causes of a missed target', () => {
  it('are ordered by the misses beyond the rate of the rest', () => {
    const causes = paretoOf(
      [
        { dimension: 'category', value: '42', n: 100, misses: 60 },
        { dimension: 'handovers', value: '2+', n: 300, misses: 180 },
      ],
      total,
    );
    expect(causes.map(({ value }) => value)).toEqual(['2+', '42']);
    expect(causes[0]).toMatchObject({ missRate: 0.6, share: 0.6 });
    expect(causes[0]?.restRate).toBeCloseTo(120 / 700, 12);
    expect(causes[0]?.excess).toBeCloseTo(180 - (300 * 120) / 700, 9);
  });

  it('are not found in a few cases, in nearly all, or where chance suffices', () => {
    expect(paretoOf([{ dimension: 'team', value: 'a', n: 29, misses: 29 }], total)).toEqual([]);
    expect(paretoOf([{ dimension: 'team', value: 'a', n: 950, misses: 300 }], total)).toEqual([]);
    expect(paretoOf([{ dimension: 'team', value: 'a', n: 100, misses: 33 }], total)).toEqual([]);
    expect(paretoOf([{ dimension: 'team', value: 'a', n: 100, misses: 10 }], { n: 1000, misses: 0 })).toEqual([]);
  });
});
