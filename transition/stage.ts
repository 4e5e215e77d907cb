import type { Module } from '../core/http/module.ts';
import { changeModule } from './change/module.ts';
import { earlyLifeModule } from './early-life/module.ts';
import { freezeModule } from './freeze/module.ts';
import { releaseModule } from './release/module.ts';
import { criterionWaiverModule } from './criterion-waiver/module.ts';

/** The modules of Transition, in the order of the work. */
export const transition: readonly Module[] = [
  changeModule,
  freezeModule,
  releaseModule,
  earlyLifeModule,
  criterionWaiverModule,
];
