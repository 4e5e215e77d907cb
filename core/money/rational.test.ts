import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, decimal, divide, multiply, rational, subtract, sum, toNumber } from './rational.ts';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));

describe('rational', () => {
  it('takes decimals as they are written', () => {
    expect(add(rational(0.1), rational('0.2'))).toEqual(rational(0.3));
    expect(rational('-1.5e-3')).toEqual({ numerator: -3n, denominator: 2000n });
    expect(() => rational(Number.NaN)).toThrow(RangeError);
  });

  it('rounds half away from zero', () => {
    expect(['84.375', '-84.375', '0.004', '-0.004', '2.5'].map((text) => decimal(rational(text), 2))).toEqual([
      '84.38',
      '-84.38',
      '0.00',
      '0.00',
      '2.50',
    ]);
    expect(decimal(rational('-2.5'), 0)).toBe('-3');
  });

  it('gives back every number it was made of', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(toNumber(rational(value))).toBe(value);
      }),
    );
  });

  it('undoes what it did, and compares as numbers do', () => {
    fc.assert(
      fc.property(number, number, (one, other) => {
        const [a, b] = [rational(one), rational(other)];
        expect(subtract(add(a, b), b)).toEqual(a);
        const divisor = other === 0 ? rational(7) : b;
        expect(divide(multiply(a, divisor), divisor)).toEqual(a);
        expect(compare(a, b)).toBe(Math.sign(one < other ? -1 : one > other ? 1 : 0));
        expect(sum([a, b, a])).toEqual(add(add(a, b), a));
      }),
    );
  });

  it('throws on division by zero', () => {
    expect(() => divide(rational(1), rational(0))).toThrow('zero');
  });
});
