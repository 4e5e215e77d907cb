import type { Module } from '../core/http/module.ts';
import { agreementModule } from './agreement/module.ts';
import { incidentModule } from './incident/module.ts';
import { knownErrorModule } from './known-error/module.ts';
import { performanceModule } from './performance/module.ts';
import { problemModule } from './problem/module.ts';
import { workStandardModule } from './work-standard/module.ts';

/** The modules of Operation, in the order of the work. */
export const operation: readonly Module[] = [
  incidentModule,
  problemModule,
  knownErrorModule,
  agreementModule,
  performanceModule,
  workStandardModule,
];
