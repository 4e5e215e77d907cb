// Reads a backup file: first whose it is, from its packed bytes; then, unpacked, its lines.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { BackupRefused, readSeal, sealLength } from './format.ts';

/** A file whose signature fits, made with a key that is believed. */
export interface SignedFile {
  handle: FileHandle;
  /** Packed bytes before the signature. */
  length: number;
  sha256: string;
  fingerprint: string;
}

/**
 * Opens a file and checks its signature; nothing of it is unpacked but those last bytes. `believes` is asked for the fingerprint
 * of whoever signed it.
 */
export async function openSigned(file: string, believes: (fingerprint: string) => boolean): Promise<SignedFile> {
  const handle = await open(file).catch((error: Error) => {
    throw new BackupRefused(`${file} cannot be read (${error.message}).`, { cause: error });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new BackupRefused(`${file} is no file.`);
    const length = stat.size - sealLength;
    const last = Buffer.alloc(sealLength);
    const seal =
      length > 0 && (await handle.read(last, 0, sealLength, length)).bytesRead === sealLength
        ? readSeal(last)
        : undefined;
    if (!seal)
      throw new BackupRefused(
        `${file} is no backup of Servicewright that this version can read, or it is not whole. Nothing was restored.`,
      );
    const { fingerprint } = seal;
    if (!believes(fingerprint))
      throw new BackupRefused(
        `${file} is signed with the key ${fingerprint}, which this installation does not know. If the backup told this fingerprint when it was taken, add --signed-by ${fingerprint}`,
      );
    const sha256 = createHash('sha256');
    for await (const chunk of packed(handle, length)) sha256.update(chunk);
    const digest = sha256.digest('hex');
    if (!seal.fits(digest))
      throw new BackupRefused(`${file} was altered or is damaged: its signature does not fit. Nothing was restored.`);
    return { handle, length, sha256: digest, fingerprint };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const packed = (handle: FileHandle, length: number) =>
  handle.createReadStream({ start: 0, end: length - 1, autoClose: false, highWaterMark: 262_144 });

/** The longest line that is read: a file's part of 1 MiB is written in hexadecimal digits, a long record in fewer. */
const longestLine = 64 * 1_048_576;

/** Lines of an unpacked file, each ending in a line feed and in nothing else; bounded in memory. */
export class Lines {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #sha256: Hash = createHash('sha256');
  readonly #signed: string;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor({ handle, length, sha256 }: SignedFile) {
    this.#signed = sha256;
    const gunzip = createGunzip();
    const source = packed(handle, length);
    source.on('data', (chunk) => this.#sha256.update(chunk));
    source.on('error', (error) => gunzip.destroy(error));
    source.pipe(gunzip);
    this.#chunks = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line without its line feed; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const end = this.#chunk.indexOf(10, this.#at);
      const part = this.#chunk.subarray(this.#at, end < 0 ? undefined : end);
      length += part.length;
      if (length > longestLine)
        throw new BackupRefused('The backup has a line longer than any that is written. Nothing was restored.');
      if (end >= 0) {
        this.#at = end + 1;
        return parts.length ? Buffer.concat([...parts, part]) : part;
      }
      if (part.length) parts.push(part);
      if (!(await this.#more())) return length ? Buffer.concat(parts) : undefined;
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next().catch((error: Error) => {
      throw new BackupRefused('The backup cannot be unpacked. Nothing was restored.', { cause: error });
    });
    this.#chunk = next.done ? Buffer.alloc(0) : next.value;
    this.#at = 0;
    return !next.done;
  }

  /** Whether all that was read is what was signed: the file may have been exchanged meanwhile. To be asked once, at the end. */
  isAsSigned(): boolean {
    return this.#sha256.digest('hex') === this.#signed;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
