import type { Example } from '../../app/server/example.ts';
import { logOf, LogMissing } from './log.ts';
import { StepRefused } from './person.ts';
import { runExample, stepsOfExample } from './run.ts';

/** A harbour's service desk: a service through all five stages, with an incident log as its operation. */
export const harbour: Example = {
  steps: stepsOfExample,
  play: ({ ground, url, file, dataFolder, tell }) => runExample(ground, url, logOf(file, dataFolder), tell),
  inWords: (fault) => (fault instanceof StepRefused || fault instanceof LogMissing ? fault.message : undefined),
};
