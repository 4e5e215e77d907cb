import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { checkpointKeys } from './format/checkpoint.ts';
import type { Difference } from './fold.ts';
import { keptIn } from './kept.ts';
import { checkpointTo, signatureFault } from './verify-checkpoints.ts';

const most = 100;

/** Compares checkpoints that were kept elsewhere with those that stand: one that is gone, or another, was tampered with. */
export async function verifyKept(
  client: pg.PoolClient,
  keysFolder: string,
  against: readonly string[],
): Promise<{ checkpoints: number; differences: Difference[] }> {
  const keys = checkpointKeys(keysFolder);
  const result: { checkpoints: number; differences: Difference[] } = { checkpoints: 0, differences: [] };
  for (const path of against)
    for await (const kept of keptIn(path)) {
      result.checkpoints += 1;
      const differ = (what: string) => {
        if (result.differences.length < most)
          result.differences.push({ record: `checkpoint ${kept.to}`, what: `${what}, as ${path} keeps it` });
      };
      const fault = signatureFault(keys, kept);
      const stands = await checkpointTo(client, kept.to);
      if (fault) differ(fault);
      else if (!stands) differ('is missing');
      else if (!isDeepStrictEqual({ ...stands }, { ...kept })) differ('stands otherwise');
    }
  return result;
}
