// Checkpoints kept elsewhere: one a line, as JSON. Who can alter the database, and the key beside it, cannot alter these.
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import { checkpointsAfter, signaturesOf } from './verify-checkpoints.ts';
import type { SignedCheckpoint } from './verify-checkpoints.ts';

/** A file of checkpoints that is none; the message is one line for the operator. */
export class KeptRefused extends Error {
  override name = 'KeptRefused';
}

const name = /^checkpoints-\d{4}-\d\d-\d\d\.jsonl$/;

/** The lines of all checkpoints after one, for whoever keeps them. */
export async function* exported(client: pg.PoolClient, after = 0): AsyncGenerator<string> {
  for await (const checkpoint of checkpointsAfter(client, after)) yield `${JSON.stringify(checkpoint)}\n`;
}

/**
 * Adds what a folder does not hold yet: a file a day, by the day of each checkpoint. A last line that was cut off, by a kill or a
 * full disk, is taken away first: it is written again, whole.
 */
export async function keepIn(pool: pg.Pool, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const file of (await readdir(folder)).filter((each) => name.test(each))) await cutBack(join(folder, file));
  return inTransaction(pool, async (client) => {
    const after = await lastKept(client, folder);
    let count = 0;
    for await (const checkpoint of checkpointsAfter(client, after)) {
      await appendFile(
        join(folder, `checkpoints-${checkpoint.at.slice(0, 10)}.jsonl`),
        `${JSON.stringify(checkpoint)}\n`,
      );
      count += 1;
    }
    return count;
  });
}

/**
 * The last checkpoint of a folder that stands, of those that end its files: days may come again where the clock was set back, and
 * what was kept before a restore may stand no more, and is numbered anew.
 */
async function lastKept(client: pg.ClientBase, folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((each) => name.test(each));
  const kept = new Map<number, string>();
  for (const file of files) {
    const last = await lastOf(join(folder, file));
    if (last) kept.set(last.to, last.signature);
  }
  const standing = await signaturesOf(client, [...kept.keys()]);
  return standing.reduce((last, { to, signature }) => (kept.get(to) === signature ? Math.max(last, to) : last), 0);
}

const longest = 4096;

/** Takes away what stands behind the last line feed of a file. */
async function cutBack(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, 2 * longest));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) await handle.truncate(size - bytes.length + whole);
  } finally {
    await handle.close();
  }
}

async function lastOf(path: string): Promise<SignedCheckpoint | undefined> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, 2 * longest));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return checkpointOf(bytes.toString().trimEnd().split('\n').at(-1) ?? '');
  } finally {
    await handle.close();
  }
}

/** Checkpoints of a file, or of the files of a folder, one after the other. */
export async function* keptIn(path: string): AsyncGenerator<SignedCheckpoint> {
  const found = await stat(path).catch((cause: Error) => {
    throw new KeptRefused(`${path} cannot be read (${cause.message}).`, { cause });
  });
  const files = found.isDirectory()
    ? (await readdir(path))
        .filter((each) => name.test(each))
        .toSorted()
        .map((each) => join(path, each))
    : [path];
  if (!files.length) throw new KeptRefused(`${path} holds no checkpoints.`);
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(file, { highWaterMark: 65_536 }), crlfDelay: Infinity });
    for await (const line of lines) {
      if (!line.trim()) continue;
      const checkpoint = line.length <= longest ? checkpointOf(line) : undefined;
      if (!checkpoint) throw new KeptRefused(`${file} holds a line that is no checkpoint.`);
      yield checkpoint;
    }
  }
}

function checkpointOf(line: string): SignedCheckpoint | undefined {
  try {
    const read: unknown = JSON.parse(line);
    const isOne =
      typeof read === 'object' && read && 'to' in read && Number.isSafeInteger(read.to) && 'signature' in read;
    return isOne ? (read as SignedCheckpoint) : undefined; // compared member by member with the one that stands
  } catch {
    return undefined;
  }
}
