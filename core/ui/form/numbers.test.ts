import { describe, expect, it } from 'vitest';
import { marksOf, plainNumber, typedNumber } from './numbers.ts';
import { toMinor } from './values.ts';

const german = marksOf('de-DE');
const english = marksOf('en-GB');
const read = (text: string, marks = german) => {
  const typed = plainNumber(text, marks);
  return 'plain' in typed ? typed.plain : typed.wrong;
};

describe('a number as people type it', () => {
  it.each([
    ['3,5', '3.5'],
    ['3.5', '3.5'],
    ['-12,5', '-12.5'],
    ['-0.5', '-0.5'],
    ['-0,5', '-0.5'],
    ['−2', '-2'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234.567', '1234567'],
    ['1 250', '1250'],
    ["1'250.50", '1250.50'],
    ['0,125', '0.125'],
    ['1250', '1250'],
    ['007', '007'],
  ])('%s is %s', (text, plain) => {
    expect(read(text)).toBe(plain);
    expect(read(text, english)).toBe(plain);
  });

  it.each(['', '-', '1,', ',5,', '1.2.3', '12.34.567', '1,2,3.4', '1..2', 'a', '1e5', '1-2'])('%s is none', (text) => {
    expect(read(text)).toBe('none');
  });

  it('is asked back where it can be meant both ways', () => {
    expect([read('1.250'), read('1,250', english), read('-12.000')]).toEqual(['two-ways', 'two-ways', 'two-ways']);
    expect([read('1,250'), read('1.250', english)]).toEqual(['1.250', '1.250']);
  });

  it('shows as it is typed there, and reads back as the same', () => {
    for (const value of [-0.5, 1234.56, 0.1, 1e21, 7]) {
      expect(Number(read(typedNumber(value, german)))).toBe(value);
      expect(Number(read(typedNumber(value, english), english))).toBe(value);
    }
    expect(typedNumber(-0.5, german)).toBe('-0,5');
  });
});

describe('an amount as people type it', () => {
  it.each([
    ['12,5', 'EUR', 1250],
    ['1.234,56', 'EUR', 123456],
    ['1250', 'JPY', 1250],
    ['12,5', 'JPY', null],
    ['1.250', 'KWD', null],
    ['1,250', 'KWD', 1250],
    ['-3', 'EUR', -300],
    ['1,999', 'EUR', null],
  ])('%s %s: %s', (text, currency, minor) => {
    expect(toMinor(text, currency, german)).toBe(minor);
  });

  it('in English, a comma before three digits is asked back in every currency', () => {
    expect(['KWD', 'EUR', 'JPY'].map((currency) => toMinor('1,250', currency, english))).toEqual([null, null, null]);
  });
});
