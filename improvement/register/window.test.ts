import { expect, it } from 'vitest';
import { mayExtend, strayDays, windowOf } from './window.ts';
import type { Verdict } from './window.ts';

const planned = { implementedOn: '2026-03-30', washoutDays: 3, afterDays: 5, verdict: null };
const verdict = (of: Verdict['verdict'], extended: boolean) => ({ ...planned, verdict: { verdict: of, extended } });

it('begins after the days to settle and lasts as long as was fixed', () => {
  expect(windowOf(planned)).toEqual({ from: '2026-04-02', to: '2026-04-06' });
  expect(windowOf({ ...planned, washoutDays: null })).toEqual({ from: '2026-03-30', to: '2026-04-03' });
  expect([windowOf({ ...planned, afterDays: null }), windowOf({ ...planned, implementedOn: null })]).toEqual([
    null,
    null,
  ]);
});

it('is twice as long once a comparison decided nothing, and only once', () => {
  for (const extended of [false, true])
    expect(windowOf(verdict('inconclusive', extended))).toEqual({ from: '2026-04-02', to: '2026-04-11' });
  expect(windowOf(verdict('effective', false))?.to).toBe('2026-04-06');
  expect(
    [verdict('inconclusive', false), verdict('inconclusive', true), verdict('effective', false), planned].map(
      mayExtend,
    ),
  ).toEqual([true, false, false, false]);
});

it('has no place for days outside it, nor for a day twice', () => {
  const days = ['2026-04-01', '2026-04-02', '2026-04-02', '2026-04-06', '2026-04-07'].map((at) => ({ at, value: 1 }));
  expect(strayDays(days, { from: '2026-04-02', to: '2026-04-06' })).toEqual(['2026-04-01', '2026-04-02', '2026-04-07']);
});
