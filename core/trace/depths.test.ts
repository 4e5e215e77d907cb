import { describe, expect, it } from 'vitest';
import { depths } from './depths.ts';

const flow = (from: string, to: string, at = '1') => ({ from, to, at });
const of = (start: string, ...flows: ReturnType<typeof flow>[]) => Object.fromEntries(depths(start, flows));

describe('how far along the thread a record lies', () => {
  it('counts from the start, before it below nought', () => {
    expect(of('b', flow('a', 'b'), flow('b', 'c'))).toEqual({ a: -1, b: 0, c: 1 });
  });

  it('is behind the farthest of those that lead to it', () => {
    expect(of('a', flow('a', 'd'), flow('a', 'b'), flow('b', 'c'), flow('c', 'd'))).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  it('leaves out the newest flow of a ring, which is its next turn', () => {
    expect(of('a', flow('c', 'a', '9'), flow('a', 'b', '1'), flow('b', 'c', '2'))).toEqual({ a: 0, b: 1, c: 2 });
  });

  it('knows a record that nothing leads to or from', () => expect(of('a')).toEqual({ a: 0 }));
});
