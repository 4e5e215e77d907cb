// Signs journal checkpoints with a key that lives outside the database: who can rewrite the database cannot re-sign it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '../../database/backup/format.ts';
import { canonical } from './hash.ts';
import type { Json } from './hash.ts';

/** An Ed25519 key pair; `publicKeyPem` is what an outside verifier needs. */
export type CheckpointKey = {
  /** First 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicKeyPem: string;
};

const keyFileName = 'checkpoint-key.pem';

/** The key that signs cannot be used; the message is one line for the operator. */
export class KeyRefused extends Error {
  override name = 'KeyRefused';
}

/** Ed25519 signature over the canonical JSON of the body, as base64. */
export function signCheckpoint(privateKey: KeyObject, body: Json): string {
  return sign(null, Buffer.from(canonical(body)), privateKey).toString('base64');
}

/** True when the signature was made over exactly this body by the holder of the key. Accepts the key as PEM too. */
export function verifyCheckpoint(publicKey: KeyObject | string, body: Json, signature: string): boolean {
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
  const bytes = Buffer.from(signature, 'base64');
  // base64 is read leniently; only the one exact spelling counts as this signature.
  if (bytes.toString('base64') !== signature) return false;
  return verify(null, Buffer.from(canonical(body)), key, bytes);
}

/**
 * The signing key of a data folder, made on the first call (`checkpoint-key.pem`, PKCS #8, mode 0600).
 * Two processes that start at once end with the same key. Throws when others may read the file.
 */
export function loadOrCreateKey(folder: string): CheckpointKey {
  const path = join(folder, keyFileName);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) createKeyFile(path);
  assertPrivate(path);
  return describeKey(privateKeyOf(path));
}

function privateKeyOf(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new KeyRefused(`${path} holds no key that can be read: put the right one back.`, { cause });
  }
}

function createKeyFile(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${path}.${process.pid}.${Date.now()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(draft, 0o600);
  try {
    // A link appears whole or not at all, and never replaces the key of a process that was faster.
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function assertPrivate(path: string): void {
  if (process.platform === 'win32') return;
  if ((statSync(path).mode & 0o077) !== 0)
    throw new KeyRefused(
      `${path} can be read by others: run chmod 600 on it, and take a new key if it may have been copied`,
    );
}

function describeKey(privateKey: KeyObject): CheckpointKey {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new KeyRefused(`${keyFileName} holds no Ed25519 key`);
  const publicKey = createPublicKey(privateKey);
  const keyId = fingerprintOf(publicKey).slice(0, 16);
  return { keyId, privateKey, publicKey, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) };
}

const knownKeysFile = 'known-checkpoint-keys.json';

/** The public keys, by key id, whose checkpoints this installation believes: its own, and those that came with a restored backup. */
export function checkpointKeys(folder: string): Record<string, string> {
  const own = loadOrCreateKey(folder);
  const file = join(folder, knownKeysFile);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}; // written below
  return { ...known, [own.keyId]: own.publicKeyPem };
}

/** Fingerprints of the keys that this installation believes. */
export const fingerprintsOf = (folder: string): string[] =>
  Object.values(checkpointKeys(folder)).map((pem) => fingerprintOf(createPublicKey(pem)));

/** Believes further public keys from now on; an operator restored a backup that names them. */
export function rememberCheckpointKeys(folder: string, keys: Readonly<Record<string, string>>): void {
  writeFileSync(join(folder, knownKeysFile), JSON.stringify({ ...checkpointKeys(folder), ...keys }, null, 2), {
    mode: 0o600,
  });
}
