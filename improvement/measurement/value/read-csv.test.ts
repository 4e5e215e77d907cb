import { describe, expect, it } from 'vitest';
import { mostLines, readMeasurements } from './read-csv.ts';

const header = 'periodFrom,periodTo,value,grade,source,evidence';

describe('a file of measurements', () => {
  it('is read in any order of columns, quoted cells and a byte order mark included', () => {
    const { lines, refusals } = readMeasurements(
      '\uFEFFvalue,periodFrom,periodTo,grade,source\r\n3.9,2026-06-01,2026-06-30,B,"Orders, June"\r\n',
    );
    expect(refusals).toEqual([]);
    expect(lines).toEqual([
      {
        line: 2,
        periodFrom: '2026-06-01',
        periodTo: '2026-06-30',
        value: 3.9,
        grade: 'B',
        source: 'Orders, June',
        evidence: null,
      },
    ]);
  });

  it.each([
    ['a column too many', `${header},price`],
    ['a column missing', 'periodFrom,periodTo,value,grade'],
    ['a column twice', `${header},value`],
    ['nothing', ''],
  ])('is refused with %s', (_what, first) => {
    expect(readMeasurements(`${first}\n1,2,3,4,5,6\n`).refusals[0]?.code).toMatch(/^csv\./);
  });

  it.each(['3,9', '1e3', '=1+1', '0x10', 'NaN', '', '1 000'])('takes no "%s" for a number', (value) => {
    const { refusals } = readMeasurements(`${header}\n2026-06-01,2026-06-30,"${value}",A,Orders,\n`);
    expect(refusals).toMatchObject([{ code: 'csv.cell', sentence: expect.stringContaining('Line 2, value') }]);
  });

  it('tells the faults of all lines together', () => {
    const { refusals } = readMeasurements(
      `${header}\n2026-02-30,2026-06-30,1,A,Orders,\n2026-06-01,2026-06-30,1,E,Orders,\n`,
    );
    expect(refusals.map(({ sentence }) => sentence.slice(0, 18))).toEqual(['Line 2, periodFrom', 'Line 3, grade: Inv']);
  });

  it('is refused with ragged lines, open quotes, or too many lines', () => {
    expect(readMeasurements(`${header}\n1,2\n`).refusals[0]?.code).toBe('csv.unreadable');
    expect(readMeasurements(`${header}\n"1,2\n`).refusals[0]?.code).toBe('csv.unreadable');
    const many = Array(mostLines + 1).fill('2026-06-01,2026-06-30,1,A,Orders,');
    expect(readMeasurements([header, ...many].join('\n')).refusals[0]?.sentence).toContain('more than 500');
  });
});
