import type { WebStage } from '../core/ui/registry.ts';
import { detectionWeb } from './detection/module.web.ts';
import { matrixWeb } from './matrix/module.web.ts';
import { measurementWeb } from './measurement/module.web.ts';
import { registerWeb } from './register/module.web.ts';

/** What Improvement shows, in the order of the work. */
export const improvementWeb: WebStage = {
  stage: 'improvement',
  modules: [measurementWeb, registerWeb, matrixWeb, detectionWeb],
};
