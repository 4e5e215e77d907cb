import type { Module } from '../../core/http/module.ts';
import { performanceJobs } from './jobs.ts';
import { performanceEndpoints } from './routes.ts';

/** What was achieved each month, handed over to the business. */
export const performanceModule: Module = {
  endpoints: performanceEndpoints,
  jobs: performanceJobs,
};
