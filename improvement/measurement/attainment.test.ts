import { describe, expect, it } from 'vitest';
import { decimal, multiply, rational } from '../../core/money/rational.ts';
import type { Rational } from '../../core/money/rational.ts';
import { attainment, maintained, serviceAttainment, valueRealisationIndex } from './attainment.ts';
import type { Attainment } from './attainment.ts';

const percent = (share: Rational | null | undefined) => share && decimal(multiply(share, rational(100)), 2);
const shown = (reached: Attainment | null) => reached && [percent(reached.unclamped), percent(reached.clamped)];

describe('attainment of the worked example in June', () => {
  const missed = attainment({ baseline: 9.4, target: 3.0, actual: 3.9 });
  const revenue = attainment({ baseline: 1.1, target: 1.45, actual: 1.38 });
  const phone = attainment({ baseline: 5400, target: 900, actual: 1350 });

  it('is 85.94 %, 80.00 % and 90.00 %, weighted 84.38 %', () => {
    expect([missed, revenue, phone].map((each) => percent(each?.clamped))).toEqual(['85.94', '80.00', '90.00']);
    const weighted = serviceAttainment([
      { weight: 0.4, attainment: missed },
      { weight: 0.4, attainment: revenue },
      { weight: 0.2, attainment: phone },
    ]);
    // Exactly 84.375 %: binary arithmetic would round it down.
    expect([percent(weighted.value), percent(weighted.coverage)]).toEqual(['84.38', '100.00']);
  });

  it('has a VRI of 1.0195', () => {
    const index = valueRealisationIndex([{ verifiedMinor: 10_067_300, plannedMinor: 9_874_272 }]);
    expect(index && decimal(index, 4)).toBe('1.0195');
  });
});

describe('attainment', () => {
  it('is clamped to 0 and 120 %, and shown unclamped beside it', () => {
    expect(shown(attainment({ baseline: 10, target: 5, actual: 12 }))).toEqual(['-40.00', '0.00']);
    expect(shown(attainment({ baseline: 10, target: 5, actual: 2 }))).toEqual(['160.00', '120.00']);
  });

  it('is undefined where baseline and target are equal, and is then the share of periods within the band', () => {
    expect(attainment({ baseline: 5, target: 5, actual: 5 })).toBeNull();
    expect(shown(maintained([4.9, 5, 5.2, null, 5.1], { low: 4.9, high: 5.1 }))).toEqual(['75.00', '75.00']);
    expect(maintained([null], { low: 0, high: 1 })).toBeNull();
  });

  it('of a service has no value while an outcome is unmeasured', () => {
    const half = attainment({ baseline: 0, target: 2, actual: 1 });
    const { value, coverage } = serviceAttainment([
      { weight: 0.7, attainment: half },
      { weight: 0.3, attainment: null },
    ]);
    expect([value, percent(coverage)]).toEqual([null, '70.00']);
  });

  it('takes weights that sum to 1 in decimals, and no others', () => {
    const full = attainment({ baseline: 0, target: 1, actual: 1 });
    expect(percent(serviceAttainment([0.7, 0.2, 0.1].map((weight) => ({ weight, attainment: full }))).value)).toBe(
      '100.00',
    );
    expect(() => serviceAttainment([{ weight: 0.9, attainment: full }])).toThrow('sum to 1');
  });

  it('has no VRI where nothing was planned', () => {
    expect(valueRealisationIndex([{ verifiedMinor: 1, plannedMinor: 0 }])).toBeNull();
  });
});
