import type { z } from 'zod';
import type { overviewSchema } from '../views.ts';

/** The answer of GET /services/{id}/overview. */
export type ServiceOverview = z.infer<typeof overviewSchema>;
export type ServiceOutcome = ServiceOverview['outcomes'][number];
