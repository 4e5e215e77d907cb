import { parseArgs } from 'node:util';
import { unprotected } from '../../core/database/settings.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { verify as verifyJournal } from '../../core/journal/verify.ts';
import type { Verification } from '../../core/journal/verify.ts';
import type { Application } from '../../core/record/define/work.ts';
import { rollUp } from '../../improvement/measurement/index.ts';
import { allRecounts, allSubscribers } from '../server/background.ts';
import { withLocal } from './local.ts';

const usage = `servicewright verify [--quick] [--against FILE]...
Compares every record with its journal, and computes facts and figures anew. --quick leaves facts and figures out.
--against names checkpoints that were kept elsewhere, a file or a folder of them (servicewright checkpoint export).`;

/** `servicewright verify`: ends in one telling line; the exit code is 1 when anything differs. */
export async function verify(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      against: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { quick, against } = values;
  return withLocal(async ({ database, owner, pool, registry, keys }) => {
    if (!database.protectsJournal) console.log(unprotected);
    if (!quick) await settle({ pool, registry, clock: Date.now });
    const found = await verifyJournal(owner, registry, keys, {
      progress: (done) => console.log(`${done.toLocaleString('en')} records verified ...`),
      recounts: quick ? [] : allRecounts(),
      against,
    });
    for (const { record, what } of found.differences) console.log(`${record}: ${what}`);
    console.log(lastLine(found, { quick }));
    return found.differences.length ? 1 : 0;
  });
}

const number = (value: number): string => value.toLocaleString('en');

/** What was covered, and what was not: nobody should trust what was not looked at. */
export function lastLine(
  { differences, records, entries, checkpoints, kept, elsewhere }: Verification,
  { quick }: { quick: boolean },
): string {
  const found = differences.length ? `${number(differences.length)} differences` : 'no difference';
  const covered = `${number(records)} records, ${number(entries)} journal entries, ${number(checkpoints)} checkpoints${kept ? ` (${number(kept)} compared with those kept elsewhere)` : ''}, refusals${quick ? '' : ', facts and figures computed anew'}`;
  const left = [
    ...(quick ? ['facts and figures (--quick)'] : []),
    ...(kept ? [] : ['checkpoints taken out at the end (--against FILE)']),
    ...(elsewhere ? ['by which transactions entries of before the last restore were written'] : []),
    ...notCovered,
  ];
  return `verify: ${found} in ${covered}. Not covered: ${left.join('; ')}.`;
}

/** No entry tells of these, and nothing else does. */
const notCovered = [
  'passwords and second factors',
  "refusals that the application's role made up",
  'the queue of jobs',
];

/** What was written last is taken in first: what merely lags behind is no difference. */
async function settle(application: Application): Promise<void> {
  for (const subscriber of allSubscribers()) await catchUp(application, subscriber);
  await rollUp(application);
}
