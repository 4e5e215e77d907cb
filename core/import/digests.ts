// Which rows of a record were read before: a digest of eight bytes each, side by side.
import { createHash } from 'node:crypto';

const width = 8;

/** A row by all that the mapping reads of it. */
export const digestOf = (cells: readonly string[]): Buffer =>
  createHash('sha256').update(JSON.stringify(cells)).digest().subarray(0, width);

export const together = (digests: readonly Buffer[]): Buffer => Buffer.concat(digests);

/** The digests that stand side by side, as text. */
export function seenIn(all: Buffer): Set<string> {
  const seen = new Set<string>();
  for (let at = 0; at < all.length; at += width) seen.add(all.toString('hex', at, at + width));
  return seen;
}
