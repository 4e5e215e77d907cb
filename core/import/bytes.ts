// The bytes of a file as text: unpacked by what it holds rather than by its name, and decoded strictly, a block of whole lines at a time.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import xz from 'xz-decompress';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Encoding } from './mapping.ts';
import { lookup } from '../names/lookup.ts';

/** Where bytes come from: a file, or what was uploaded. Read from its beginning each time. */
export interface Source {
  name: string;
  /** Bytes as they lie, packed or not. */
  size: number;
  open: () => AsyncIterable<Buffer>;
}

/** How much of the source was read, for a forecast. */
export interface Reading {
  bytes: number;
}

const mostInALine = 1_000_000;

/** Text in blocks that end with a line. Refuses by `stop` what cannot be unpacked, or is not of the encoding. */
export async function* textOf(
  source: Source,
  encoding: Encoding | undefined,
  reading: Reading = { bytes: 0 },
): AsyncGenerator<string> {
  let decode: Decoder | undefined;
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of unpacked(source, reading)) {
    rest = rest.length ? Buffer.concat([rest, bytes]) : bytes;
    // Enough to tell by what encoding it is.
    if (!decode && rest.length < 64) continue;
    decode ??= decoderFor(source, rest, encoding);
    const end = decode.lastLineEnd(rest);
    if (end > 0) {
      yield decode.text(rest.subarray(0, end));
      rest = rest.subarray(end);
    } else if (rest.length > mostInALine * 4) stop(tooLong(source.name));
  }
  if (rest.length) yield (decode ?? decoderFor(source, rest, encoding)).text(rest);
}

const startsWith = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

async function* unpacked(source: Source, reading: Reading): AsyncGenerator<Buffer> {
  const packed = counted(source, reading);
  const { value: first = Buffer.alloc(0) } = await packed.next();
  const whole = (async function* () {
    yield first;
    yield* packed;
  })();
  if (startsWith(first, 0x1f, 0x8b)) yield* throughout(source, ungzipped(whole));
  else if (startsWith(first, 0xfd, 0x37, 0x7a, 0x58, 0x5a)) yield* throughout(source, unxzed(whole));
  else if (startsWith(first, 0x50, 0x4b, 0x03, 0x04)) stop(isArchive(source.name));
  else yield* whole;
}

async function* counted(source: Source, reading: Reading): AsyncGenerator<Buffer> {
  reading.bytes = 0;
  for await (const bytes of source.open()) {
    reading.bytes += bytes.length;
    yield bytes;
  }
}

function ungzipped(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const bytes = Readable.from(packed);
  const unzip = createGunzip();
  return bytes.on('error', (error) => unzip.destroy(error)).pipe(unzip);
}

function unxzed(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const stream = Readable.toWeb(Readable.from(packed, { objectMode: false }));
  // Node's and the browser's declarations of the same web stream differ.
  return Readable.fromWeb(new xz.XzReadableStream(stream as ReadableStream) as Parameters<typeof Readable.fromWeb>[0]);
}

/** A small file may be packed of very much: what comes out of it lies in the database for a while. */
const mostUnpacked = 16 * 1024 ** 3;

/** A fault on the way is the file's: it ends too early, or is damaged. */
async function* throughout(source: Source, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    let unpackedBytes = 0;
    for await (const each of bytes) {
      unpackedBytes += each.length;
      if (unpackedBytes > mostUnpacked) throw new Error('it unpacks to more than 16 GiB');
      yield each;
    }
  } catch (error) {
    stop(
      refuse(
        'invalid',
        refusal(
          'import.unreadable',
          `${source.name} cannot be unpacked to its end (${error instanceof Error ? error.message : String(error)}).`,
          'Fetch the file anew; nothing was imported.',
        ),
      ),
    );
  }
}

interface Decoder {
  /** Where the last whole line of some bytes ends; 0 where none does. */
  lastLineEnd: (bytes: Buffer) => number;
  text: (bytes: Buffer) => string;
}

function decoderFor(source: Source, first: Buffer, wanted: Encoding | undefined): Decoder {
  const encoding = markedAs(first) ?? wanted ?? 'utf-8';
  const isWide = encoding.startsWith('utf-16');
  if (!isWide && looksWide(first)) stop(notOf(source.name, encoding, 1));
  // Bytes that stand for nothing in it come out as the control characters of the same number (WHATWG Encoding Standard).
  const strays = encoding === 'windows-1252' ? /[\u0081\u008d\u008f\u0090\u009d]/ : undefined;
  let line = 1;
  const text = (bytes: Buffer): string => {
    const found = decoded(bytes, encoding);
    if (found === undefined || strays?.test(found)) {
      const lines = linesOf(bytes, isWide ? 2 : 1, encoding === 'utf-16be');
      const bad = lines.findIndex(
        (each) =>
          (decoded(each, encoding) ?? '\u0081').search(strays ?? /(?!)/) >= 0 || decoded(each, encoding) === undefined,
      );
      return stop(
        line === 1 && bad <= 0 && isPicture(first)
          ? noText(source.name)
          : notOf(source.name, encoding, line + Math.max(bad, 0)),
      );
    }
    line += countOfLines(found);
    return found;
  };
  return { lastLineEnd: (bytes) => lastLineEnd(bytes, isWide ? 2 : 1, encoding === 'utf-16be'), text };
}

function decoded(bytes: Buffer, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // a TypeError: bytes that are not of the encoding
  }
}

/** What a byte order mark says (Unicode 23.8). */
function markedAs(bytes: Buffer): Encoding | undefined {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined;
}

/** Text of two bytes a character, without a mark: every other byte of its Latin letters is zero. */
function looksWide(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 64);
  return head.length >= 8 && head.filter((byte) => byte === 0).length > head.length / 3;
}

/** Neither text nor a table of any encoding: bytes below the blank that no text holds, at its very beginning. */
const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 64).some((byte) => byte < 9 || (byte > 13 && byte < 32));

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

function isLineEnd(bytes: Buffer, at: number, width: number, isBig: boolean): boolean {
  if (width === 1) return bytes[at] === lineFeed || bytes[at] === carriageReturn;
  const unit = isBig ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  return unit === lineFeed || unit === carriageReturn;
}

/** After a line feed, or a carriage return that something else follows: of the two together none is cut off. */
function lastLineEnd(bytes: Buffer, width: number, isBig: boolean): number {
  let at = bytes.length - (bytes.length % width) - 2 * width;
  while (at >= 0 && !isLineEnd(bytes, at, width, isBig)) at -= width;
  if (at < 0) return 0;
  const next = at + width;
  return isLineEnd(bytes, next, width, isBig) ? next + width : next;
}

function linesOf(bytes: Buffer, width: number, isBig: boolean): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = 0; at + width <= bytes.length; at += width) {
    const isPair = bytes[at] === carriageReturn && bytes[at + width] === lineFeed;
    if (!isLineEnd(bytes, at, width, isBig) || isPair) continue;
    lines.push(bytes.subarray(from, at + width));
    from = at + width;
  }
  return [...lines, bytes.subarray(from)];
}

export const countOfLines = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

const others: Readonly<Record<Encoding, string>> = lookup({
  'utf-8': 'Save it as "CSV UTF-8", or say its encoding in the mapping, such as "encoding": "windows-1252".',
  'utf-16le': 'Say its encoding in the mapping, or save it as "CSV UTF-8".',
  'utf-16be': 'Say its encoding in the mapping, or save it as "CSV UTF-8".',
  'windows-1252': 'Leave "encoding" out of the mapping if the file is UTF-8.',
});

const notOf = (name: string, encoding: Encoding, line: number) =>
  refuse(
    'invalid',
    refusal('import.encoding', `${name} is no ${encoding.toUpperCase()} (line ${line}).`, others[encoding]),
  );

const isArchive = (name: string) =>
  refuse(
    'invalid',
    refusal(
      'import.no-csv',
      `${name} is a ZIP archive or an Excel workbook, no CSV.`,
      'Save the sheet as CSV, or take the CSV file out of the archive.',
    ),
  );

const noText = (name: string) =>
  refuse(
    'invalid',
    refusal(
      'import.no-csv',
      `${name} is no CSV: it is no text.`,
      'Give a CSV file with a header, plain or packed as .xz or .gz.',
    ),
  );

const tooLong = (name: string) =>
  refuse(
    'invalid',
    refusal(
      'import.no-csv',
      `${name} is no CSV: it has no line ends.`,
      'Give a CSV file with a header, plain or packed as .xz or .gz.',
    ),
  );
