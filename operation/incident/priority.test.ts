import { expect, it } from 'vitest';
import { priorityOf } from './priority.ts';

it.each([
  ['1', ['P1', 'P1', 'P2']],
  ['2', ['P1', 'P2', 'P3']],
  ['3', ['P2', 'P3', 'P4']],
  ['4', ['P3', 'P4', 'P4']],
])('gives impact %s the priorities of its row', (impact, expected) => {
  expect(['high', 'medium', 'low'].map((urgency) => priorityOf(impact, urgency))).toEqual(expected);
});

it('has no priority before impact and urgency are known', () => {
  expect([priorityOf(null, 'high'), priorityOf('1', null)]).toEqual([null, null]);
});
