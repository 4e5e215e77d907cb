import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { loadOrCreateKey, signCheckpoint, verifyCheckpoint } from './checkpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checkpoint key', () => {
  it('is made once, for its owner alone, and found again', () => {
    const first = loadOrCreateKey(folder);
    expect(loadOrCreateKey(folder).keyId).toBe(first.keyId);
    expect(first.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(readdirSync(folder)).toEqual(['checkpoint-key.pem']);
  });

  it.skipIf(process.platform === 'win32')('is not used when others may read it', () => {
    const open = join(folder, 'open');
    loadOrCreateKey(open);
    expect(statSync(join(open, 'checkpoint-key.pem')).mode & 0o777).toBe(0o600);
    chmodSync(join(open, 'checkpoint-key.pem'), 0o644);
    expect(() => loadOrCreateKey(open)).toThrow('chmod 600');
  });
});

describe('checkpoint signature', () => {
  const key = loadOrCreateKey(folder);
  const body = { format: 1, root: 'ab', fromSeq: 1, toSeq: 9 };

  it('holds for the body in any key order, under the key or its PEM', () => {
    const signature = signCheckpoint(key.privateKey, body);
    expect(verifyCheckpoint(key.publicKey, { toSeq: 9, fromSeq: 1, root: 'ab', format: 1 }, signature)).toBe(true);
    expect(verifyCheckpoint(key.publicKeyPem, body, signature)).toBe(true);
  });

  it('fails for another body and under another key', () => {
    const signature = signCheckpoint(key.privateKey, body);
    expect(verifyCheckpoint(key.publicKey, { ...body, toSeq: 10 }, signature)).toBe(false);
    expect(verifyCheckpoint(loadOrCreateKey(join(folder, 'other')).publicKey, body, signature)).toBe(false);
  });

  it('fails when any bit of it is altered', () => {
    const signature = Buffer.from(signCheckpoint(key.privateKey, body), 'base64');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), (bit) => {
        const forged = Buffer.from(signature);
        forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(verifyCheckpoint(key.publicKey, body, forged.toString('base64'))).toBe(false);
      }),
    );
  });
});
