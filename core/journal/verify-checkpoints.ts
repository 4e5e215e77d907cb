import type pg from 'pg';
import { checkpointKeys, verifyCheckpoint } from './format/checkpoint.ts';
import type { Difference } from './fold.ts';
import { merkleRoot } from './format/merkle.ts';

interface CheckpointRow {
  from: number;
  to: number;
  entries: number;
  root: string;
  previousRoot: string | null;
  at: string;
  keyId: string;
  signature: string;
}

/** Recomputes each checkpoint's root from the entries that stand between it and the one before, and checks its signature and its place in the row of checkpoints. */
export async function verifyCheckpoints(
  client: pg.PoolClient,
  keysFolder: string,
): Promise<{ checkpoints: number; differences: Difference[] }> {
  const keys = checkpointKeys(keysFolder);
  const { rows } = await client.query<CheckpointRow>(
    `select seq_from as "from",
       seq_to as "to",
       entries,
       root,
       previous_root as "previousRoot",
       at,
       key_id as "keyId",
       signature
     from core.checkpoint
     order by seq_to`,
  );
  const differences: Difference[] = [];
  let previousRoot: string | null = null;
  let previousTo = 0;
  for (const { keyId, signature, ...body } of rows) {
    const differ = (what: string) => differences.push({ record: `checkpoint ${body.to}`, what });
    const { rows: leaves } = await client.query<{ seq: number; hash: string }>(
      'select seq, hash from core.journal where seq > $1 and seq <= $2 order by seq',
      [previousTo, body.to],
    );
    if (leaves.length !== body.entries) differ(`covers ${body.entries} journal entries; ${leaves.length} are there`);
    else if (merkleRoot(leaves) !== body.root) differ('its root does not fit the journal');
    if (body.previousRoot !== previousRoot) differ('does not follow the one before it');
    const key = keys[keyId];
    if (!key) differ(`was signed with a key that this installation does not know (${keyId})`);
    else if (!verifyCheckpoint(key, { ...body }, signature)) differ('its signature does not fit');
    previousRoot = body.root;
    previousTo = body.to;
  }
  return { checkpoints: rows.length, differences };
}
