import { describe, expect, it } from 'vitest';
import { dispositionOf, isFileName } from './rules.ts';

describe('a file', () => {
  it.each(['log.txt', 'Prüfung 1 (neu).pdf', '.profile', 'a..b', '見積.xlsx', "it's 100%.csv"])(
    'may be called %s',
    (name) => {
      expect(isFileName(name)).toBe(true);
    },
  );

  it.each(['', '.', '..', '../x', 'a/b', String.raw`C:\x`, 'a\u0000b', 'a\nb', 'gpj\u202Eexe', 'a\u2028b', 'a\ud800'])(
    'may not be called %j',
    (name) => {
      expect(isFileName(name)).toBe(false);
    },
  );

  it('is saved under its own name by browsers of today, and under a plain one by others', () => {
    expect(dispositionOf('Prüfung "1" 100%.pdf')).toBe(
      `attachment; filename="Pr_fung _1_ 100_.pdf"; filename*=UTF-8''Pr%C3%BCfung%20%221%22%20100%25.pdf`,
    );
    expect(dispositionOf("o'neill (2)*.txt")).toBe(
      `attachment; filename="o'neill (2)*.txt"; filename*=UTF-8''o%27neill%20%282%29%2A.txt`,
    );
  });
});
