import type { RecordData, RecordOf } from '../../../core/record/define/data.ts';
import { altered } from '../../../core/record/edit/derived.ts';
import { lockUnscoped } from '../../../core/record/read/load.ts';
import { link } from '../../../core/record/relate/relate.ts';
import { save } from '../../../core/record/edit/save.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Commands, Work } from '../../../core/record/define/work.ts';
import type { outcomeMeasurementRecord } from './record.ts';
import { progressOf } from './progress.ts';
import { promiseIn, promisesOf } from './promises.ts';
import { measuredPeriods, versionsMeasured } from './store.ts';

/** Every value, entered or taken back, shows on its outcome at once. */
export const outcomeMeasurementCommands: Commands<typeof outcomeMeasurementRecord> = {
  created: async (work, measurement) => {
    await link(work, { type: 'observed', from: measurement.fields.outcome, to: measurement.id });
    for (const version of await versionsMeasured(work.client, measurement))
      await link(work, { type: 'attains', from: measurement.id, to: version });
    await showOnOutcome(work, measurement);
  },
  moved: showOnOutcome,
};

async function showOnOutcome(work: Work, { fields }: RecordOf<typeof outcomeMeasurementRecord>): Promise<void> {
  await showProgress(work, fields.outcome);
}

/** Writes on an outcome where it stands by its measured periods and its promise, where that is not what it shows. */
export async function showProgress(work: Work, id: string): Promise<RecordData> {
  const record = serverRecord(work.application.registry, 'outcome');
  const outcome = await lockUnscoped(work, record, id);
  const { providerId, fields: promised } = outcome;
  const promises = await promisesOf(work.client, providerId, id);
  const progress = progressOf(
    // What a source tells has no history of ours.
    promises.length ? promises : [{ from: null, promise: promiseIn(promised) }],
    await measuredPeriods(work.client, providerId, id),
  );
  const fields = altered(outcome.fields, { ...progress });
  if (!Object.keys(fields).length) return outcome;
  return save(work, record, outcome, { fields, entry: { kind: 'recounted' } });
}
