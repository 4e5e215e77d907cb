// A body of bytes, spooled before anything is done with it: the transaction that follows is as short as for any other write,
// however slow the sender is, and memory does not grow with the body.
import { createHash, randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { refusal, refuse } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';

/** How many of the first bytes are kept in hand: enough to tell what kind of file it is. */
const headLength = 4100;

export interface Received {
  size: number;
  sha256: string;
  head: Buffer;
  /** Its bytes from a position on; fewer at the end. */
  read: (position: number, length: number) => Promise<Buffer>;
  close: () => Promise<void>;
}

/** Spools a body. Refuses one that is empty, larger than `most` bytes, or breaks off. The caller closes what it is given. */
export async function receive(body: Readable | undefined, most: number): Promise<Received | Refused> {
  if (!body) return empty;
  const path = join(tmpdir(), `servicewright-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    // Without a name it goes with the process, however that ends.
    await unlink(path);
    const taken = await spool(body, file, most);
    if (!('ok' in taken)) return { ...taken, read: readerOf(file), close: () => file.close() };
    await file.close();
    return taken;
  } catch (error) {
    await file.close();
    throw error;
  }
}

type Taken = Pick<Received, 'size' | 'sha256' | 'head'>;

async function spool(body: Readable, file: FileHandle, most: number): Promise<Taken | Refused> {
  const hash = createHash('sha256');
  const first: Buffer[] = [];
  let size = 0;
  try {
    // The connection stays, so that a refusal still reaches who sends.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (size + chunk.length > most) {
        body.resume();
        return tooLarge(most);
      }
      if (size < headLength) first.push(chunk.subarray(0, headLength - size));
      hash.update(chunk);
      await file.writev([chunk], size);
      size += chunk.length;
    }
  } catch (error) {
    if (body.errored) return brokenOff;
    throw error;
  }
  return size ? { size, sha256: hash.digest('hex'), head: Buffer.concat(first) } : empty;
}

const readerOf =
  (file: FileHandle): Received['read'] =>
  async (position, length) => {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
      if (!bytesRead) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };

const empty = refuse(
  'invalid',
  refusal('bytes.empty', 'There is nothing in it.', 'Choose a file that holds something.'),
);

const brokenOff = refuse(
  'invalid',
  refusal('bytes.broken-off', 'The upload broke off. Nothing was kept.', 'Send it again.'),
);

/** That a body is larger than is taken. */
export const tooLarge = (most: number): Refused =>
  refuse(
    'too_large',
    refusal(
      'bytes.too-large',
      `It is larger than ${sizeInWords(most)}, which is the most that is taken here.`,
      'Send a smaller one, or say where it lies.',
    ),
  );

function sizeInWords(bytes: number): string {
  const kib = bytes / 1024;
  if (kib < 1) return `${bytes} bytes`;
  return kib < 1024 ? `${Math.round(kib * 10) / 10} KiB` : `${Math.round((kib / 1024) * 10) / 10} MiB`;
}
