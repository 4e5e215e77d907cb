import { describe, expect, it } from 'vitest';
import { leftInWords } from './run-words.ts';

describe('what remains of an import', () => {
  it.each([
    [null, 'How long it takes is not known yet.'],
    [3, 'A few seconds are left.'],
    [41, 'About 50 seconds are left.'],
    [91, 'About 2 minutes are left.'],
    [5400, 'About 2 hours are left.'],
  ])('%s is told as %s', (seconds, words) => {
    expect(leftInWords(seconds)).toBe(words);
  });
});
