import type { Module } from '../../core/http/module.ts';
import { detectionJobs } from './jobs.ts';
import { detectionEndpoints } from './routes.ts';

/** What limits found: opportunities. */
export const detectionModule: Module = {
  endpoints: detectionEndpoints,
  jobs: detectionJobs,
};
