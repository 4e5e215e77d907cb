import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from './hash.ts';
import { merkleProof, merkleRoot, verifyProof } from './merkle.ts';
import type { MerkleLeaf } from './merkle.ts';

const leavesOf = (count: number): MerkleLeaf[] =>
  Array.from({ length: count }, (_, seq) => ({ seq, hash: sha256(`entry ${seq}`) }));
const hash = (...parts: (Buffer | string)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();

/** The definition of RFC 6962 section 2.1, word for word: split at the largest power of two below the count. */
function rootByDefinition(leaves: readonly MerkleLeaf[]): Buffer {
  if (leaves.length === 1) return hash(Buffer.of(0), `${leaves[0]?.seq}:${leaves[0]?.hash}`);
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return hash(Buffer.of(1), rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

describe('merkle root', () => {
  it('follows the recursive definition of RFC 6962 for every size up to 40', () => {
    for (let size = 1; size <= 40; size++)
      expect(merkleRoot(leavesOf(size))).toBe(rootByDefinition(leavesOf(size)).toString('hex'));
  });

  it('has not drifted', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(merkleRoot(leavesOf(5))).toBe('226596abbbbd341a8f17527f3cd303acdd23b8350337e8903e5768d51dbe646f');
  });

  it('alters when any bit of any entry hash alters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), fc.integer({ min: 0, max: 255 }), (size, pick, bit) => {
        const leaves = leavesOf(size);
        const index = pick % size;
        const bytes = Buffer.from(leaves[index]?.hash ?? '', 'hex');
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const forged = leaves.with(index, { seq: index, hash: bytes.toString('hex') });
        expect(merkleRoot(forged)).not.toBe(merkleRoot(leaves));
      }),
    );
  });

  it('alters when two entries swap places, one is missing, or one has another seq', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(), (size, pick) => {
        const leaves = leavesOf(size);
        const at = pick % (size - 1);
        const swapped = leaves.toSpliced(at, 2, ...leaves.slice(at, at + 2).toReversed());
        const renumbered = leaves.with(at, { seq: size + 1, hash: leaves[at]?.hash ?? '' });
        for (const forged of [swapped, leaves.toSpliced(at, 1), renumbered])
          expect(merkleRoot(forged)).not.toBe(merkleRoot(leaves));
      }),
    );
  });
});

describe('inclusion proof', () => {
  it('holds for every leaf of every size up to 33, and for no other leaf, place or root', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = leavesOf(size);
      const root = merkleRoot(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const proof = merkleProof(leaves, index);
        expect(verifyProof({ leaf, proof, root })).toBe(true);
        expect(verifyProof({ leaf: { ...leaf, seq: leaf.seq + 1 }, proof, root })).toBe(false);
        expect(verifyProof({ leaf, proof, root: sha256('another') })).toBe(false);
        expect(verifyProof({ leaf, proof: { ...proof, path: [...proof.path, sha256('more')] }, root })).toBe(false);
        const elsewhere = size > 1 ? (index + 1) % size : 1;
        expect(verifyProof({ leaf, proof: { ...proof, index: elsewhere }, root })).toBe(false);
      }
    }
  });
});
