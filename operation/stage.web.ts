import type { WebStage } from '../core/ui/registry.ts';
import { agreementWeb } from './agreement/module.web.ts';
import { incidentWeb } from './incident/module.web.ts';
import { knownErrorWeb } from './known-error/module.web.ts';
import { problemWeb } from './problem/module.web.ts';
import { workStandardWeb } from './work-standard/module.web.ts';

/** What Operation shows, in the order of the work. */
export const operationWeb: WebStage = {
  stage: 'operation',
  modules: [incidentWeb, problemWeb, knownErrorWeb, agreementWeb, workStandardWeb],
};
