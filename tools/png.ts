// Makes a picture of a screen small: at most 256 colours by index, deflated hard. Format: W3C PNG, third edition.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

interface Picture {
  width: number;
  height: number;
  /** Red, green, blue, row by row. */
  pixels: Uint8Array;
}

/** The same picture with its 256 commonest colours; the others become the nearest of those. @param png 8 bits a channel, not interlaced */
export function shrink(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const { palette, indices } = quantise(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function decode(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, kind] = [png[24], png[25]];
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error('only RGB and RGBA of 8 bits are read');
  const size = kind === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * size, height, size);
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1)
    for (let channel = 0; channel < 3; channel += 1) pixels[index * 3 + channel] = bytes[index * size + channel] ?? 0;
  return { width, height, pixels };
}

/** Undoes the prediction that each row was written with (PNG 9.2). */
function unfilter(raw: Buffer, stride: number, height: number, size: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x >= size ? (out[y * stride + x - size] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * stride + x] ?? 0) : 0;
      const corner = x >= size && y > 0 ? (out[(y - 1) * stride + x - size] ?? 0) : 0;
      out[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function quantise(pixels: Uint8Array): { palette: number[]; indices: Uint8Array } {
  const colourAt = (index: number) =>
    ((pixels[index * 3] ?? 0) << 16) | ((pixels[index * 3 + 1] ?? 0) << 8) | (pixels[index * 3 + 2] ?? 0);
  const counts = new Map<number, number>();
  const length = pixels.length / 3;
  for (let index = 0; index < length; index += 1) counts.set(colourAt(index), (counts.get(colourAt(index)) ?? 0) + 1);
  const palette = paletteOf(counts);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const indices = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) {
    const colour = colourAt(index);
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    indices[index] = place;
  }
  return { palette, indices };
}

/** Half of it the commonest colours; then, one by one, the colour that is worst served so far: an icon's hue is rare, and matters. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const ranked = [...counts].toSorted(([one, often], [other, times]) => times - often || one - other);
  const palette = ranked.slice(0, mostColours / 2).map(([colour]) => colour);
  const rest = ranked
    .slice(mostColours / 2)
    .map(([colour, count]) => ({ colour, count, away: distance(palette, colour) }));
  while (palette.length < mostColours && rest.length > 0) {
    const next = rest.reduce((worst, each) => (each.away * each.count > worst.away * worst.count ? each : worst));
    if (next.away === 0) break;
    palette.push(next.colour);
    for (const each of rest) each.away = Math.min(each.away, apart(next.colour, each.colour));
  }
  return palette;
}

const distance = (palette: readonly number[], colour: number): number =>
  Math.min(...palette.map((each) => apart(each, colour)));

const apart = (one: number, other: number): number =>
  ((one >> 16) - (other >> 16)) ** 2 +
  (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
  ((one & 255) - (other & 255)) ** 2;

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [place, each] of palette.entries()) {
    const away = apart(each, colour);
    if (away < least) [best, least] = [place, away];
  }
  return best;
}
