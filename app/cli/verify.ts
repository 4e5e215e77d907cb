import { unprotected } from '../../core/database/settings.ts';
import { verify as verifyJournal } from '../../core/journal/verify.ts';
import { withLocal } from './local.ts';

/** `servicewright verify`: ends in one telling line; the exit code is 1 when anything differs. */
export async function verify(): Promise<number> {
  return withLocal(async ({ database, owner, registry, keys }) => {
    if (!database.protectsJournal) console.log(unprotected);
    const { records, entries, checkpoints, differences } = await verifyJournal(owner, registry, keys, (done) =>
      console.log(`${done.toLocaleString('en')} records verified ...`),
    );
    for (const { record, what } of differences) console.log(`${record}: ${what}`);
    const counted = `${records.toLocaleString('en')} records, ${entries.toLocaleString('en')} journal entries, ${checkpoints.toLocaleString('en')} checkpoints`;
    console.log(
      differences.length
        ? `verify: ${differences.length.toLocaleString('en')} differences in ${counted}.`
        : `verify: no difference in ${counted}.`,
    );
    return differences.length ? 1 : 0;
  });
}
