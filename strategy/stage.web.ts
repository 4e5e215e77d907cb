import type { WebStage } from '../core/ui/registry.ts';
import { amendmentWeb } from './amendment/module.web.ts';
import { directionWeb } from './direction/module.web.ts';
import { outcomeWeb } from './outcome/module.web.ts';
import { packageWeb } from './package/module.web.ts';
import { portfolioWeb } from './portfolio/module.web.ts';
import { requirementWeb } from './requirement/module.web.ts';

/** What Strategy shows, in the order of the work. */
export const strategyWeb: WebStage = {
  stage: 'strategy',
  modules: [requirementWeb, outcomeWeb, amendmentWeb, packageWeb, portfolioWeb, directionWeb],
};
