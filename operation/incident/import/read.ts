// The rows of a file, plain or packed, one at a time.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import xz from 'xz-decompress';
import { refusal, refuse, stop } from '../../../core/refusal/refusal.ts';

export interface SourceRow {
  line: number;
  cells: string[];
}

/** Unpacked bytes of a file by its ending. */
function unpacked(file: string): Readable {
  const packed = createReadStream(file, { highWaterMark: 1 << 18 });
  if (file.endsWith('.gz')) {
    const unzip = createGunzip();
    return packed.on('error', (error) => unzip.destroy(error)).pipe(unzip);
  }
  if (file.endsWith('.xz'))
    return Readable.fromWeb(
      new xz.XzReadableStream(Readable.toWeb(packed) as ReadableStream) as Parameters<typeof Readable.fromWeb>[0],
    );
  return packed;
}

/**
 * Yields the header, then the rows in groups. Bytes that cannot be unpacked, or are no CSV, refuse the whole file; a row of the
 * wrong width is yielded as it is, for the caller to judge.
 */
export async function* readRows(file: string, delimiter: string): AsyncGenerator<SourceRow[]> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: false,
    max_record_size: 1_000_000,
  });
  const bytes = unpacked(file);
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let group: SourceRow[] = [];
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1;
      group.push({ line, cells });
      if (group.length >= 2000) {
        yield group;
        group = [];
      }
    }
  } catch (error) {
    stop(unreadable(file, line, error));
  } finally {
    bytes.destroy(); // whoever stops reading in the middle lets go of the file
    parser.destroy();
  }
  if (group.length) yield group;
}

function unreadable(file: string, line: number, error: unknown) {
  const reason = error instanceof Error ? error.message : String(error);
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (missing) return refuse('invalid', refusal('import.no-file', `There is no file ${file}.`, 'Check the path.'));
  const what = error instanceof CsvError ? 'is no CSV that can be read' : 'cannot be unpacked to its end';
  return refuse(
    'invalid',
    refusal(
      'import.unreadable',
      `${file} ${what} (after line ${line}: ${reason}).`,
      'Fetch the file anew; nothing was imported.',
    ),
  );
}
