// Merkle trees after RFC 6962 section 2.1 (RFC 9162 for the check of a proof): leaves and nodes are hashed with
// different prefixes, so that a node can never be passed off as a leaf.
import { createHash } from 'node:crypto';

/** A journal entry as a checkpoint sees it: its place and its entry hash (64 hex digits). */
export type MerkleLeaf = { readonly seq: number; readonly hash: string };

/** The sibling hashes from a leaf up to the root, and where the leaf stood. */
export type MerkleProof = { readonly index: number; readonly size: number; readonly path: readonly string[] };

/**
 * Root over the leaves in the order given, as hex. The leaf's bytes are the text `<seq>:<hash>`.
 * The root of no leaves is the SHA-256 of nothing, as RFC 6962 has it.
 */
export function merkleRoot(leaves: readonly MerkleLeaf[]): string {
  if (leaves.length === 0) return createHash('sha256').digest('hex');
  return only(levelsOf(leaves).at(-1)).toString('hex');
}

/** Proof that the leaf at `index` is part of the root of `leaves`. Throws when there is no such leaf. */
export function merkleProof(leaves: readonly MerkleLeaf[], index: number): MerkleProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf at ${index}`);
  const path: string[] = [];
  let place = index;
  for (const level of levelsOf(leaves)) {
    const sibling = level[place % 2 === 0 ? place + 1 : place - 1];
    if (sibling) path.push(sibling.toString('hex'));
    place = Math.floor(place / 2);
  }
  return { index, size: leaves.length, path };
}

/** True when the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
export function verifyProof({ leaf, proof, root }: { leaf: MerkleLeaf; proof: MerkleProof; root: string }): boolean {
  if (!Number.isInteger(proof.index) || proof.index < 0 || proof.index >= proof.size) return false;
  let place = proof.index;
  let last = proof.size - 1;
  let hash = hashOfLeaf(leaf);
  for (const step of proof.path) {
    if (last === 0) return false;
    const sibling = Buffer.from(step, 'hex');
    const isRightEdge = place === last && place % 2 === 0;
    if (place % 2 === 1 || isRightEdge) hash = hashOfNode(sibling, hash);
    else hash = hashOfNode(hash, sibling);
    // A lone last node rises without a sibling until it has one on its left.
    if (isRightEdge) while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.toString('hex') === root;
}

/** All levels of the tree from the leaves to the root; a node without a partner rises as it is. */
function levelsOf(leaves: readonly MerkleLeaf[]): Buffer[][] {
  let level = leaves.map(hashOfLeaf);
  const levels = [level];
  while (level.length > 1) {
    level = pairUp(level);
    levels.push(level);
  }
  return levels;
}

function pairUp(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const pair = level.slice(at, at + 2);
    const [left, right] = pair;
    if (left) above.push(right ? hashOfNode(left, right) : left);
  }
  return above;
}

function hashOfLeaf({ seq, hash }: MerkleLeaf): Buffer {
  if (!Number.isSafeInteger(seq) || seq < 0) throw new TypeError(`seq ${seq} is no journal position`);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError(`entry hash of ${seq} is not 64 lower-case hex digits`);
  return createHash('sha256').update(Buffer.of(0)).update(`${seq}:${hash}`).digest();
}

function hashOfNode(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

function only(level: readonly Buffer[] | undefined): Buffer {
  const [root] = level ?? [];
  if (!root) throw new Error('a tree of leaves has a root');
  return root;
}
