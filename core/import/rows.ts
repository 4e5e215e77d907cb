// CSV (RFC 4180) as it comes: any line ends, mixed too; a quote inside a cell is that quote; the line told is the one an editor shows.
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { countOfLines } from './bytes.ts';

export interface SourceRow {
  /** In the file, from 1; of a row of several lines its first. */
  line: number;
  cells: string[];
}

const mostInARow = 1_000_000;
const [quote, lineFeed, carriageReturn] = [34, 10, 13];

interface Parsed {
  cells: string[];
  /** Where the next row begins. */
  next: number;
  /** A line end within quotes: more lines than one. */
  isTall: boolean;
}

/** The rows of a text that comes in blocks of whole lines, in groups; rows without any text are left out. */
export async function* rowsOf(
  name: string,
  blocks: AsyncIterable<string>,
  given: string | undefined,
): AsyncGenerator<SourceRow[]> {
  let rest = '';
  let line = 1;
  let delimiter: string | undefined;
  for await (const block of blocks) {
    const text = rest + block;
    let at = 0;
    if (delimiter === undefined) {
      const said = /^"?sep=(.)"?(?:\r\n|\n|\r|$)/i.exec(text);
      delimiter = said?.[1] ?? given ?? ',';
      if (said) [at, line] = [said[0].length, 2];
    }
    const group: SourceRow[] = [];
    while (at < text.length) {
      const row = parseRow(text, at, delimiter.charCodeAt(0));
      if (!row) break;
      if (row.cells.some((cell) => cell.trim() !== '')) group.push({ line, cells: row.cells });
      line += row.isTall ? countOfLines(text.slice(at, row.next)) : 1;
      at = row.next;
    }
    rest = text.slice(at);
    if (rest.length > mostInARow) stop(neverEnds(name, line));
    if (group.length) yield group;
  }
  if (rest) stop(neverEnds(name, line));
}

/** One row; undefined where a quote is open at the end of the text. */
function parseRow(text: string, from: number, delimiter: number): Parsed | undefined {
  const cells: string[] = [];
  let at = from;
  let isTall = false;
  for (;;) {
    let cell = '';
    if (text.charCodeAt(at) === quote) {
      const end = closing(text, at + 1);
      if (end === undefined) return undefined;
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      isTall ||= cell.includes('\n') || cell.includes('\r');
      at = end + 1;
    }
    // What stands behind a closing quote belongs to the cell, as spreadsheets have it.
    const start = at;
    let code = text.charCodeAt(at);
    while (at < text.length && code !== delimiter && code !== lineFeed && code !== carriageReturn)
      code = text.charCodeAt((at += 1));
    cells.push(start === at ? cell : cell + text.slice(start, at));
    if (at >= text.length) return { cells, next: at, isTall };
    at += 1;
    if (code === delimiter) continue;
    if (code === carriageReturn && text.charCodeAt(at) === lineFeed) at += 1;
    return { cells, next: at, isTall };
  }
}

/** Where the quote stands that closes a cell; a doubled one is part of it. */
function closing(text: string, from: number): number | undefined {
  let at = from;
  for (;;) {
    const found = text.indexOf('"', at);
    if (found < 0) return undefined;
    if (text.charCodeAt(found + 1) !== quote) return found;
    at = found + 2;
  }
}

const neverEnds = (name: string, line: number) =>
  refuse(
    'invalid',
    refusal(
      'import.unreadable',
      `${name} is no CSV that can be read: a quote that begins in line ${line} never ends.`,
      'Fetch the file anew, or double each quote inside a cell; nothing was imported.',
    ),
  );
