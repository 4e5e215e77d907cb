// Keeps the figures current: only the days that something touched are computed anew, each from its own facts.
import { createHash } from 'node:crypto';
import { refreshStatistics } from '../../../core/database/statistics.ts';
import type { ScheduledJob } from '../../../core/jobs/job.ts';
import type { Application, Registry } from '../../../core/record/define/work.ts';
import { metrics } from '../metric/metrics.ts';
import { followDefinitions, followFacts, followJournal, followRefusals } from './store/follow.ts';
import { recomputeNext } from './store/recompute.ts';

/** "type move" of every move that goes back. */
export function backMovesOf({ records }: Registry): string[] {
  return [...records].flatMap(([type, { definition }]) =>
    Object.entries(definition.lifecycle.moves).flatMap(([name, move]) => (move.back ? [`${type} ${name}`] : [])),
  );
}

const fingerprint = createHash('sha256').update(JSON.stringify(metrics)).digest().readUIntBE(0, 6);

/** Takes in all that was added and computes what it touches, until nothing is left. Safe to repeat, and to run twice at once. */
export async function rollUp(application: Application): Promise<void> {
  const { pool, registry } = application;
  const backMoves = backMovesOf(registry);
  await followDefinitions(pool, fingerprint);
  let batches = 0;
  while (await followFacts(pool)) batches += 1;
  if (batches > 1) await refreshStatistics(pool, ['improvement.incident_day', 'core.case_fact']);
  while (await followJournal(pool, backMoves)) {
    /* the next batch */
  }
  await followRefusals(pool);
  while (await recomputeNext(pool, new Date(application.clock()).toISOString())) {
    /* the next days */
  }
}

export const rollUpJobs: readonly ScheduledJob[] = [{ name: 'measurement-rollup', every: 'minute', run: rollUp }];
