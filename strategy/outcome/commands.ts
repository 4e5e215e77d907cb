import { link } from '../../core/record/relate.ts';
import type { Commands } from '../../core/record/work.ts';
import { refreshSummaries } from '../package/index.ts';

/** An outcome belongs to its requirement from the start (the thread's first link); packages that promise it keep up with it. */
export const outcomeCommands: Commands = {
  created: async (work, outcome) => {
    await link(work, { type: 'expects', from: String(outcome.fields['requirement']), to: outcome.id });
  },
  edited: refreshSummaries,
};
