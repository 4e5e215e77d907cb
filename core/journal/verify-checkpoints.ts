import type pg from 'pg';
import { checkpointKeys, verifyCheckpoint } from './format/checkpoint.ts';
import type { Difference } from './fold.ts';
import { merkleRoot } from './format/merkle.ts';
import { examplesOf, lateAmong, leavesOf, realAmong } from './late.ts';
import type { TimedLeaf } from './late.ts';
import { leniencyMs } from './leniency.ts';
import type { ClockTold, SetBack } from './leniency.ts';
import { clusterOf, transactionsOf } from './take-checkpoint.ts';
import type { CheckpointBody } from './take-checkpoint.ts';

/** A checkpoint as it stands in its table, or as it was kept elsewhere. */
export type SignedCheckpoint = CheckpointBody & { keyId: string; signature: string };

export interface CheckedCheckpoints extends ClockTold {
  checkpoints: number;
  differences: Difference[];
  setBacks: SetBack[];
  late: Set<number>;
  /** Providers whose clock is their own. */
  examples: ReadonlySet<string>;
  /** Checkpoints from before a restore: which transactions wrote their entries cannot be compared any more. */
  elsewhere: number;
}

const columns = `seq_from as "from",
  seq_to as "to",
  entries,
  root,
  previous_root as "previousRoot",
  at,
  refusals,
  refusal_head as "refusalHead",
  transactions,
  cluster,
  next_transaction as "nextTransaction",
  late,
  key_id as "keyId",
  signature`;

/** The checkpoint that ends with an entry. */
export async function checkpointTo(client: pg.PoolClient, to: number): Promise<SignedCheckpoint | undefined> {
  const { rows } = await client.query<SignedCheckpoint>(
    `select ${columns}
     from core.checkpoint
     where seq_to = $1`,
    [to],
  );
  return rows[0];
}

/** The signatures of those checkpoints that end with one of some entries. */
export async function signaturesOf(
  client: pg.ClientBase,
  to: readonly number[],
): Promise<{ to: number; signature: string }[]> {
  const { rows } = await client.query<{ to: number; signature: string }>(
    `select seq_to as "to", signature
     from core.checkpoint
     where seq_to = any($1::bigint[])`,
    [to],
  );
  return rows;
}

const page = 1000;

/** Checkpoints after one, in their order; few at a time, because a year has half a million. */
export async function* checkpointsAfter(client: pg.PoolClient, after: number): AsyncGenerator<SignedCheckpoint> {
  let last = after;
  for (;;) {
    const { rows } = await client.query<SignedCheckpoint>(
      `select ${columns}
       from core.checkpoint
       where seq_to > $1
       order by seq_to
       limit ${page}`,
      [last],
    );
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < page) return;
    last = end.to;
  }
}

/** Whether a checkpoint was signed with a key that is believed; else what is wrong. */
export function signatureFault(
  keys: Readonly<Record<string, string>>,
  checkpoint: SignedCheckpoint,
): string | undefined {
  const { keyId, signature, ...body } = checkpoint;
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (!key) return `was signed with a key that this installation does not know (${keyId})`;
  return verifyCheckpoint(key, { ...body }, signature) ? undefined : 'its signature does not fit';
}

/**
 * Recomputes each checkpoint's root from the entries that stand between it and the one before, and checks its signature, its
 * place in the row of checkpoints, and that no entry was recorded before the checkpoint before it. Where the clock was set back
 * (the next checkpoint, which only the key's holder signs, is of an earlier instant too) entries are told of by nobody.
 */
export async function verifyCheckpoints(
  client: pg.PoolClient,
  keysFolder: string,
  now: string,
): Promise<CheckedCheckpoints> {
  const keys = checkpointKeys(keysFolder);
  const cluster = await clusterOf(client);
  const examples = await examplesOf(client);
  const checked: CheckedCheckpoints = {
    checkpoints: 0,
    differences: [],
    setBacks: [],
    late: new Set(),
    examples,
    elsewhere: 0,
  };
  let previous: { to: number; root: string | null; at: string | null } = { to: 0, root: null, at: null };
  for await (const checkpoint of checkpointsAfter(client, 0)) {
    checked.checkpoints += 1;
    if (checkpoint.cluster !== cluster) checked.elsewhere += 1;
    const differ = (what: string) => checked.differences.push({ record: `checkpoint ${checkpoint.to}`, what });
    const leaves = await leavesOf(client, previous.to, checkpoint.to);
    if (leaves.length !== checkpoint.entries)
      differ(`covers ${checkpoint.entries} journal entries; ${leaves.length} are there`);
    else if (merkleRoot(leaves) !== checkpoint.root) differ('its root does not fit the journal');
    else if (checkpoint.cluster === cluster && transactionsOf(leaves) !== checkpoint.transactions)
      differ('some of its entries stand as written by other transactions than those that wrote them');
    if (checkpoint.previousRoot !== previous.root) differ('does not follow the one before it');
    const fault = signatureFault(keys, checkpoint);
    if (fault) differ(fault);
    else for (const seq of checkpoint.late) checked.late.add(seq);
    judgeInstants(checked, leaves, { examples, previous, checkpoint });
    previous = checkpoint;
  }
  await judgeUncovered(client, checked, { examples, previous, now, cluster });
  return checked;
}

interface Span {
  examples: ReadonlySet<string>;
  previous: { to: number; at: string | null };
  checkpoint: { to: number; at: string };
}

function judgeInstants(
  { differences, setBacks, late }: CheckedCheckpoints,
  entries: readonly TimedLeaf[],
  { examples, previous, checkpoint }: Span,
): void {
  const real = realAmong(entries, examples);
  const after = previous.at === null ? -Infinity : Date.parse(previous.at) - leniencyMs;
  const at = Date.parse(checkpoint.at);
  const newest = real.reduce((most, { recordedAt }) => Math.max(most, Date.parse(recordedAt)), -Infinity);
  if (at < after || at < newest - leniencyMs) {
    setBacks.push({ from: previous.to, to: checkpoint.to });
    return;
  }
  for (const { seq, recordedAt } of real)
    if (Date.parse(recordedAt) < after && !late.has(seq) && differences.length < 1000)
      differences.push({
        record: `journal entry ${seq}`,
        what: `was recorded at ${recordedAt}, before the checkpoint before it (${previous.at}): it was dated back`,
      });
}

const tail = 20_000;

/** Entries that wait for their checkpoint: the present is the next one. */
async function judgeUncovered(
  client: pg.PoolClient,
  checked: CheckedCheckpoints,
  { examples, previous, now, cluster }: Omit<Span, 'checkpoint'> & { now: string; cluster: string },
): Promise<void> {
  let from = previous.to;
  for (;;) {
    const entries = await leavesOf(client, from, Number.MAX_SAFE_INTEGER, tail);
    const end = entries.at(-1);
    if (!end) return;
    const late = await lateAmong(client, realAmong(entries, examples), { previousAt: previous.at, cluster });
    for (const seq of late) checked.late.add(seq);
    judgeInstants(checked, entries, { examples, previous, checkpoint: { to: end.seq, at: now } });
    from = end.seq;
  }
}
