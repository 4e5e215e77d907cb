import type { Trait } from '../trait.ts';
import { clockCommands } from './commands.ts';
import { clockEndpoints } from './endpoints.ts';
import { clockJobs } from './jobs.ts';
import { clocksBeside } from './store.ts';

/** Clocks: what was promised for a record, measured in open hours. */
export const clocksTrait: Trait = {
  name: 'clocks',
  gives: ['clock.easing'],
  endpoints: clockEndpoints,
  beside: clocksBeside,
  commands: clockCommands,
  jobs: clockJobs,
};
