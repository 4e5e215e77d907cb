import { link } from '../../core/record/relate/relate.ts';
import type { Commands } from '../../core/record/define/work.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { refreshSummaries } from '../package/index.ts';
import type { outcomeRecord } from './record.ts';

/** An outcome belongs to its requirement from the start (the thread's first link); packages that promise it keep up with it. */
export const outcomeCommands: Commands<typeof outcomeRecord> = {
  created: async (work, outcome) => {
    refuseWorse(outcome);
    await link(work, { type: 'expects', from: outcome.fields.requirement, to: outcome.id });
  },
  edited: (work, outcome) => {
    refuseWorse(outcome);
    return refreshSummaries(work, outcome);
  },
};

/** A target must lie where its own direction says that better is: nobody can promise to make something worse. */
function refuseWorse({ fields: { baseline, target, direction } }: RecordOf<typeof outcomeRecord>): void {
  if (baseline === null || target === null) return;
  if (direction !== 'lower' && direction !== 'higher') return;
  if (direction === 'lower' ? target < baseline : target > baseline) return;
  stop(
    refuse(
      'refused',
      refusal(
        'outcome.worse-side',
        `${direction === 'lower' ? 'Lower' : 'Higher'} is better, and the target ${target} is ${target === baseline ? 'the baseline itself' : `worse than the baseline ${baseline}`}.`,
        `Aim ${direction === 'lower' ? 'below' : 'above'} the baseline, or say that the outcome is to stay within a band.`,
        'target',
      ),
    ),
  );
}
