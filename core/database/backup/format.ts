// What a backup file is: a gzip member of text (a header, every table as COPY writes it, the number of rows of each), and a second
// small one of fixed length that signs the packed bytes of the first. So it is known whose a file is before a byte of it is unpacked.
import { instantText } from '../../names/forms.ts';
import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

/** A file that cannot be restored, or an installation that cannot take it; the message is one line for the operator. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}

export const endOfTable = String.raw`\.`;

const tableSchema = z.strictObject({ name: z.string().max(200), columns: z.array(z.string().max(200)).max(500) });

/** A table with its columns, both as SQL spells them. */
export type Table = z.infer<typeof tableSchema>;

const months = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-01T00:00:00\.000Z$/;

const headerSchema = z.strictObject({
  format: z.literal(2),
  takenAt: instantText,
  /** The migrations that made the schema, each with the SHA-256 of its file. */
  migrations: z.array(z.tuple([z.string().max(200), z.hex().length(64)])).max(5000),
  tables: z.array(tableSchema).max(5000),
  sequences: z.array(z.strictObject({ name: z.string().max(200), value: z.int().min(1) })).max(5000),
  /** Months of the journal. */
  months: z.array(z.string().regex(months)).max(3600),
  /** Public keys of the checkpoints, by key id: a restored installation goes on verifying them. */
  checkpointKeys: z.record(z.hex().length(16), z.string().max(500)),
});

export type BackupHeader = z.infer<typeof headerSchema>;

/** The header of a file whose signature is good; it is judged all the same, because its signer may be anybody. */
export function headerOf(line: string): BackupHeader {
  const parsed = headerSchema.safeParse(jsonOf(line));
  if (!parsed.success)
    throw new BackupRefused('The backup was made by another version, in a form that this one cannot read.');
  for (const [id, pem] of Object.entries(parsed.data.checkpointKeys))
    if (publicKeyOf(pem)?.fingerprint.slice(0, 16) !== id)
      throw new BackupRefused(`The backup names a checkpoint key ${id} that is none. Nothing was restored.`);
  return parsed.data;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ed25519, the key that signs checkpoints. */
export interface BackupKey {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** SHA-256 of the public key (SPKI, DER) in 64 hex digits: what an operator compares. */
export const fingerprintOf = (key: KeyObject): string => createHash('sha256').update(derOf(key)).digest('hex');

const derOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });

function publicKeyOf(key: string | Buffer): { key: KeyObject; fingerprint: string } | undefined {
  try {
    const read = createPublicKey(typeof key === 'string' ? key : { key, type: 'spki', format: 'der' });
    return read.asymmetricKeyType === 'ed25519' ? { key: read, fingerprint: fingerprintOf(read) } : undefined;
  } catch {
    return undefined;
  }
}

// Never the text of a checkpoint, which the same key signs: that one is JSON.
const signedText = (sha256: string) => Buffer.from(`servicewright backup 2\n${sha256}`);

/** The last bytes of a file, after packed bytes of this SHA-256. */
export function sealOf({ publicKey, privateKey }: BackupKey, sha256: string): Buffer {
  return pack(derOf(publicKey).toString('base64'), sign(null, signedText(sha256), privateKey).toString('base64'));
}

// Stored, not deflated: so its length never varies, and it is found from the end of the file.
const pack = (key: string, signature: string) =>
  gzipSync(`${JSON.stringify({ servicewright: 'backup', key, signature })}\n`, { level: 0 });

/** An Ed25519 public key has 44 bytes in DER, a signature 64: in base64 60 and 88 letters. */
export const sealLength = pack('x'.repeat(60), 'x'.repeat(88)).length;

const sealSchema = z.strictObject({
  servicewright: z.literal('backup'),
  key: z.base64().length(60),
  signature: z.base64().length(88),
});

/** Reads the last bytes of a file: whose signature it carries, and whether that fits packed bytes of some SHA-256. */
export function readSeal(bytes: Buffer): { fingerprint: string; fits: (sha256: string) => boolean } | undefined {
  const parsed = sealSchema.safeParse(jsonOf(textOf(bytes)));
  const signer = parsed.success ? publicKeyOf(Buffer.from(parsed.data.key, 'base64')) : undefined;
  if (!parsed.success || !signer) return undefined;
  const signature = Buffer.from(parsed.data.signature, 'base64');
  return {
    fingerprint: signer.fingerprint,
    fits: (sha256) => verify(null, signedText(sha256), signer.key, signature),
  };
}

function textOf(bytes: Buffer): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: 1000 }).toString();
  } catch {
    return '';
  }
}
