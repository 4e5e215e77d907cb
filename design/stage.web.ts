import type { WebStage } from '../core/ui/registry.ts';
import { componentWeb } from './component/module.web.ts';
import { designPackageWeb } from './design-package/module.web.ts';

/** What Design shows, in the order of the work. */
export const designWeb: WebStage = {
  stage: 'design',
  modules: [designPackageWeb, componentWeb],
};
