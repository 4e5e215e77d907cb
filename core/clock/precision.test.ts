import { expect, it } from 'vitest';
import { isEarlier } from './precision.ts';

it.each([
  ['10:05:00.000', '10:05:40.228', false],
  ['10:05:00.000', '10:04:59.999', false],
  ['10:04:00.000', '10:05:00.001', true],
  ['10:05:40.000', '10:05:40.228', false],
  ['10:05:39.000', '10:05:40.228', true],
  ['10:05:40.227', '10:05:40.228', true],
  ['10:05:40.228', '10:05:40.228', false],
])('%s before %s: %s', (one, other, earlier) => {
  expect(isEarlier(`2026-03-02T${one}Z`, `2026-03-02T${other}Z`)).toBe(earlier);
});
