import { parseArgs } from 'node:util';
import { unprotected } from '../../core/database/settings.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { verify as verifyJournal } from '../../core/journal/verify.ts';
import type { Application } from '../../core/record/define/work.ts';
import { rollUp } from '../../improvement/measurement/index.ts';
import { allRecounts, allSubscribers } from '../server/background.ts';
import { withLocal } from './local.ts';

const usage = `servicewright verify [--quick]
Compares every record with its journal, and computes facts and figures anew. --quick leaves facts and figures out.`;

/** `servicewright verify`: ends in one telling line; the exit code is 1 when anything differs. */
export async function verify(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  return withLocal(async ({ database, owner, pool, registry, keys }) => {
    if (!database.protectsJournal) console.log(unprotected);
    if (!values.quick) await settle({ pool, registry, clock: Date.now });
    const { records, entries, checkpoints, differences } = await verifyJournal(owner, registry, keys, {
      progress: (done) => console.log(`${done.toLocaleString('en')} records verified ...`),
      recounts: values.quick ? [] : allRecounts(),
    });
    for (const { record, what } of differences) console.log(`${record}: ${what}`);
    const counted = `${records.toLocaleString('en')} records, ${entries.toLocaleString('en')} journal entries, ${checkpoints.toLocaleString('en')} checkpoints`;
    const besides = values.quick ? '; facts and figures were left out (--quick)' : ', facts and figures computed anew';
    console.log(
      differences.length
        ? `verify: ${differences.length.toLocaleString('en')} differences in ${counted}${besides}.`
        : `verify: no difference in ${counted}${besides}.`,
    );
    return differences.length ? 1 : 0;
  });
}

/** What was written last is taken in first: what merely lags behind is no difference. */
async function settle(application: Application): Promise<void> {
  for (const subscriber of allSubscribers()) await catchUp(application, subscriber);
  await rollUp(application);
}
