import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { problemCommands } from './commands.ts';
import { problemJobs, recurrenceSubscriber } from './jobs.ts';
import { problemObserving } from './observing.ts';
import { problemRecord } from './record.ts';
import { problemEndpoints } from './routes.ts';
import { problemRules } from './rules.ts';
import { problemFacts } from './store.ts';
import { problemTerms } from './terms.ts';

/** Problems. */
export const problemModule: Module = {
  records: [
    served({
      definition: problemRecord,
      gives: ['problem.priority-reason'],
      rules: problemRules,
      facts: problemFacts,
      commands: problemCommands,
      observing: problemObserving,
      terms: problemTerms,
    }),
  ],
  endpoints: problemEndpoints,
  jobs: problemJobs,
  subscribers: [recurrenceSubscriber],
};
