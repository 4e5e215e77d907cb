import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Refused } from '../refusal/refusal.ts';
import { receive } from './received.ts';
import type { Received } from './received.ts';

const body = (...parts: readonly string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

async function taken(stream: Readable, most = 1_000_000): Promise<Received> {
  const got = await receive(stream, most);
  if ('ok' in got) throw new Error(got.refusals[0]?.sentence);
  return got;
}

const codes = (got: Received | Refused) => ('ok' in got ? got.refusals.map(({ code }) => code) : []);

describe('a body of bytes', () => {
  it('is kept whole, with its size and hash, however it arrives in parts', async () => {
    const got = await taken(body('one ', 'two ', 'three'));
    expect([got.size, got.sha256]).toEqual([13, createHash('sha256').update('one two three').digest('hex')]);
    expect([await got.read(0, 100), await got.read(4, 3)].map(String)).toEqual(['one two three', 'two']);
    await got.close();
  });

  it('shows its beginning, and no more of it', async () => {
    const got = await taken(body('a'.repeat(4000), 'b'.repeat(4000)));
    expect(String(got.head)).toBe(`${'a'.repeat(4000)}${'b'.repeat(100)}`);
    await got.close();
  });

  it('may be as large as is taken, and not a byte larger; the sender is heard to the end', async () => {
    await (await taken(body('12345', '67890'), 10)).close();
    const larger = body('12345', '67890', '1', '2');
    expect(codes(await receive(larger, 10))).toEqual(['bytes.too-large']);
    expect(larger.destroyed).toBe(false);
  });

  it('is refused when it is empty, or breaks off', async () => {
    expect(codes(await receive(undefined, 10))).toEqual(['bytes.empty']);
    expect(codes(await receive(body(), 10))).toEqual(['bytes.empty']);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('12');
        throw new Error('reset');
      })(),
    );
    expect(codes(await receive(broken, 10))).toEqual(['bytes.broken-off']);
  });
});
