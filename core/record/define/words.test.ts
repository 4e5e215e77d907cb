import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptWords, searchTerms, wordsOf } from './words.ts';

test('what punctuation joins is kept as written and from each part on', () => {
  expect(wordsOf('WEB-01.example!')).toEqual(['web.01.example', '01.example', 'example']);
});

test('what is written without spaces is kept by pairs, and the last letter alone', () => {
  expect(wordsOf('电梯v2坏了')).toEqual(['电梯', '梯', 'v2', '坏了', '了']);
  expect(searchTerms('坏了吗')).toBe("'坏了':* & '了吗':*");
});

test('a letter is the same in one piece and in two, wide and narrow, small and great', () => {
  const written = searchTerms('Grün A1');
  expect(searchTerms('GRU\u0308N')).toBe("'grün':*");
  expect(searchTerms('gru\u0308n Ａ１')).toBe(written);
});

test('punctuation alone finds nothing', () => {
  expect(searchTerms(" ' & | ! :* -- ")).toBe('');
});

/** Whether each term begins a kept word, as the database matches them. */
const finds = (typed: string, text: string): boolean => {
  const kept = keptWords(text).split(' ');
  const terms = [...searchTerms(typed).matchAll(/'([^']+)':\*/g)].map(([, term]) => term ?? '');
  return terms.length > 0 && terms.every((term) => kept.some((word) => word.startsWith(term)));
};

test('whatever is copied out of a text, from the beginning of a word on, finds it again', () => {
  const part = fc.string({
    unit: fc.constantFrom(...Array.from('aBz09äИßé\u0308打印机ไทย한')),
    minLength: 1,
    maxLength: 12,
  });
  const joined = fc
    .array(part, { minLength: 1, maxLength: 5 })
    .chain((parts) => fc.constantFrom('.', '-', '_', '@', "'", ':', '/', '\\').map((by) => parts.join(by)));
  fc.assert(
    fc.property(fc.array(joined, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (words, from, count) => {
      const start = from % words.length;
      const copied = words.slice(start, start + 1 + (count % (words.length - start))).join(' ');
      fc.pre(/[\p{L}\p{N}\p{M}]/u.test(copied));
      return finds(copied, words.join(' '));
    }),
  );
});

test('a text of any length is kept within what the database takes, and no half letter with it', () => {
  const long = Array.from({ length: 30_000 }, (_, index) => `${index}.𝒳`).join('/');
  const kept = keptWords(long);
  expect(kept.length).toBeLessThanOrEqual(100_000);
  expect(kept.isWellFormed()).toBe(true);
});
