import { describe, expect, it } from 'vitest';
import { timeReader } from '../../import/times.ts';
import { patternInWords, patternsOf } from './times.ts';

describe('the pattern of times', () => {
  it.each([
    [['9/3/2026 14:05', '25/3/2026 8:00'], ['d/M/yyyy HH:mm']],
    [['9/3/2026 14:05', '3/25/2026 8:00'], ['M/d/yyyy HH:mm']],
    [['9/3/2026 14:05'], ['d/M/yyyy HH:mm', 'M/d/yyyy HH:mm']],
    [['3/9/2026 2:05 PM'], ['d/M/yyyy h:mm a', 'M/d/yyyy h:mm a']],
    [['09/Mar/26 2:05 PM'], ['dd/MMM/yy h:mm a']],
    [['2026-03-09T14:05:00.000+01:00', '2026-03-09 14:05'], ['iso']],
    [['1772028300'], ['unix']],
    [['46090.586806', '46091'], ['excel']],
    [['9.3.2026 14:05:01'], ['d.M.yyyy HH:mm:ss']],
    [['soon', '9/3/2026 14:05'], []],
    [[], []],
  ])('of %j is %j', (examples, patterns) => {
    expect(patternsOf(examples)).toEqual(patterns);
    for (const pattern of patterns)
      for (const example of examples) expect(timeReader(pattern, 'Europe/London')?.(example)).toBeDefined();
  });

  it('tells which of day and month comes first', () => {
    expect(['d/M/yyyy HH:mm', 'M/d/yyyy', 'yyyy/MM/dd'].map(patternInWords)).toEqual([
      'd/M/yyyy HH:mm (day first)',
      'M/d/yyyy (month first)',
      'yyyy/MM/dd',
    ]);
  });
});
