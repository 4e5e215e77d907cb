import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusable } from '../refusal/refusal.ts';
import { textOf } from './bytes.ts';
import type { Encoding } from './mapping.ts';
import { rowsOf } from './rows.ts';

/** The rows of some bytes that arrive in parts of a size. */
async function rowsIn(
  bytes: Buffer,
  { encoding, delimiter, part = 7 }: { encoding?: Encoding; delimiter?: string; part?: number } = {},
) {
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
  };
  const source = { name: 'log.csv', size: bytes.length, open };
  const rows: [number, ...string[]][] = [];
  const outcome = await refusable(async () => {
    for await (const group of rowsOf(source.name, textOf(source, encoding), delimiter))
      rows.push(...group.map(({ line, cells }) => [line, ...cells] as [number, ...string[]]));
  });
  return outcome.ok ? rows : outcome.refusals.map(({ code, sentence }) => `${code}: ${sentence}`);
}

describe('rows of a file', () => {
  it.each([
    ['a,b\r\n1,Ann\n2,Bo\r\n3,Cy\r4,Di', 'mixed line ends'],
    ['a,b\r1,Ann\r2,Bo\r3,Cy\r4,Di\r', 'old Mac ends'],
    ['\ufeffa,b\n1,Ann\n2,Bo\n3,Cy\n4,Di\n', 'a mark at the beginning'],
  ])('end as they may: %#', async (text) => {
    const rows = [
      [1, 'a', 'b'],
      [2, '1', 'Ann'],
      [3, '2', 'Bo'],
      [4, '3', 'Cy'],
      [5, '4', 'Di'],
    ];
    for (const part of [1, 2, 3, 1000]) expect(await rowsIn(Buffer.from(text), { part })).toEqual(rows);
  });

  it('are told by the line that an editor shows, also where a cell has several', async () => {
    expect(await rowsIn(Buffer.from('a,b\n1,"two\nlines"\n\n , \n2,"a ""quoted"" word"\n3,5" disk\n'))).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'two\nlines'],
      [6, '2', 'a "quoted" word'],
      [7, '3', '5" disk'],
    ]);
  });

  it('part as a first line says, which is none of them', async () => {
    expect(await rowsIn(Buffer.from('sep=;\r\na;b\r\n1;2\r\n'), { delimiter: ',' })).toEqual([
      [2, 'a', 'b'],
      [3, '1', '2'],
    ]);
  });

  it.each(['windows-1252', 'utf-8', 'utf-16le', 'utf-16be'] as const)('are read in %s', async (encoding) => {
    const text = 'a,b\n1,Käthe Groß\n2,Zoë “Z” €5\n';
    const marks: Record<string, number> = { '“': 0x93, '”': 0x94, '€': 0x80 };
    const latin = Array.from(text, (character) => marks[character] ?? character.charCodeAt(0));
    const little = Buffer.from(text, 'utf16le');
    const bytes = {
      'windows-1252': Buffer.from(latin),
      'utf-8': Buffer.from(text),
      'utf-16le': little,
      'utf-16be': Buffer.from(little).swap16(),
    }[encoding];
    expect(await rowsIn(bytes, { encoding })).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'Käthe Groß'],
      [3, '2', 'Zoë “Z” €5'],
    ]);
  });

  it('with bytes that are none of the encoding refuse the file by line', async () => {
    const latin = Buffer.from('a,b\n1,Ann\n2,K\xe4the\n', 'latin1');
    expect(await rowsIn(latin)).toEqual(['import.encoding: log.csv is no UTF-8 (line 3).']);
    expect(await rowsIn(Buffer.from('a,b\r\n1,\x81\r\n', 'latin1'), { encoding: 'windows-1252' })).toEqual([
      'import.encoding: log.csv is no WINDOWS-1252 (line 2).',
    ]);
    expect(await rowsIn(Buffer.from('a,b\n1,Ann\n', 'utf16le'))).toEqual([
      'import.encoding: log.csv is no UTF-8 (line 1).',
    ]);
    expect(
      await rowsIn(Buffer.from([0x61, 0, 0x2c, 0, 0x62, 0, 0x0a, 0, 0, 0xd8, 0x0a, 0]), { encoding: 'utf-16le' }),
    ).toEqual(['import.encoding: log.csv is no UTF-16LE (line 2).']);
  });

  it('are unpacked by what the file holds, all its parts', async () => {
    const packed = Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]);
    expect(await rowsIn(packed)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
    expect(await rowsIn(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), { part: 100 })).toEqual([
      'import.no-csv: log.csv is a ZIP archive or an Excel workbook, no CSV.',
    ]);
  });

  it('come back as they were written, wherever the bytes are parted', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '😀', '"', ',', '\n', '\r', ' ', '1') });
    const table = fc.array(fc.tuple(fc.constantFrom('x', 'y'), cell, cell), { minLength: 1, maxLength: 8 });
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(table, ends, fc.integer({ min: 1, max: 9 }), async (rows, end, part) => {
        const text = rows.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join(end);
        const found = await rowsIn(Buffer.from(text), { part });
        expect(found.map(([, ...cells]) => cells)).toEqual(rows);
      }),
    );
  });
});
