import type { WebStage } from '../core/ui/registry.ts';
import { changeWeb } from './change/module.web.ts';
import { earlyLifeWeb } from './early-life/module.web.ts';
import { freezeWeb } from './freeze/module.web.ts';
import { releaseWeb } from './release/module.web.ts';
import { criterionWaiverWeb } from './criterion-waiver/module.web.ts';

/** What Transition shows, in the order of the work. */
export const transitionWeb: WebStage = {
  stage: 'transition',
  modules: [changeWeb, freezeWeb, releaseWeb, earlyLifeWeb, criterionWaiverWeb],
};
