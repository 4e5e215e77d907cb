import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, roundHalfAwayFromZero } from './money.ts';

const amount = fc.integer({ min: -1e12, max: 1e12 });
const shares = fc
  .uniqueArray(fc.record({ id: fc.string({ minLength: 1 }), weight: fc.nat(1e9) }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 12,
  })
  .filter((list) => list.some(({ weight }) => weight > 0));

describe('allocation by largest remainder', () => {
  it('splits a monthly cost by bookings to the penny', () => {
    expect([
      ...allocate(4_620_000, [
        { id: 'one', weight: 38_000 },
        { id: 'two', weight: 23_400 },
      ]),
    ]).toEqual([
      ['one', 2_859_283],
      ['two', 1_760_717],
    ]);
  });

  it('gives equal remainders to the larger share, then to the lower id', () => {
    expect([
      ...allocate(100, [
        { id: 'c', weight: 1 },
        { id: 'b', weight: 1 },
        { id: 'a', weight: 1 },
      ]),
    ]).toEqual([
      ['c', 33],
      ['b', 33],
      ['a', 34],
    ]);
    expect([
      ...allocate(2, [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 3 },
      ]),
    ]).toEqual([
      ['a', 0],
      ['b', 2],
    ]);
  });

  it('never creates or loses a penny, and stays within one of the exact share', () => {
    fc.assert(
      fc.property(amount, shares, (whole, list) => {
        const parts = allocate(whole, list);
        const total = list.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
        expect([...parts.values()].reduce((sum, part) => sum + part, 0)).toBe(whole);
        for (const { id, weight } of list) {
          const distance = BigInt(parts.get(id) ?? 0) * total - BigInt(whole) * BigInt(weight);
          expect(distance < total && -distance < total).toBe(true);
        }
      }),
    );
  });

  it('treats a credit as the mirror of a charge, and does not depend on the order of shares', () => {
    fc.assert(
      fc.property(amount, shares, (whole, list) => {
        const parts = allocate(whole, list);
        const mirrored = allocate(-whole, list.toReversed());
        for (const [id, part] of parts) expect((mirrored.get(id) ?? 0) + part).toBe(0);
      }),
    );
  });

  it('throws when there is nothing to split by', () => {
    expect(() => allocate(1, [])).toThrow(RangeError);
    expect(() => allocate(1, [{ id: 'a', weight: 0 }])).toThrow(RangeError);
  });
});

describe('rounding half away from zero', () => {
  it.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [0.4999, 0, 0],
    [-0.4, 0, 0],
    [1e21, 2, 1e21],
    [1.5e-7, 7, 2e-7],
    [85.9375, 2, 85.94],
  ])('rounds %d to %i digits as %d', (value, digits, expected) => {
    expect(roundHalfAwayFromZero(value, digits)).toBe(expected);
  });

  it('mirrors at zero, is never more than half a unit off and leaves a rounded number as it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 5 }), (value, digits) => {
        const rounded = roundHalfAwayFromZero(value, digits);
        expect(roundHalfAwayFromZero(-value, digits) + rounded).toBe(0);
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits * (1 + 1e-6));
        expect(roundHalfAwayFromZero(rounded, digits)).toBe(rounded);
      }),
    );
  });
});
