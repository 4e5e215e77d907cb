import type { Module } from '../core/http/module.ts';
import { amendmentModule } from './amendment/module.ts';
import { directionModule } from './direction/module.ts';
import { outcomeModule } from './outcome/module.ts';
import { packageModule } from './package/module.ts';
import { portfolioModule } from './portfolio/module.ts';
import { requirementModule } from './requirement/module.ts';

/** The modules of Strategy, in the order of the work. */
export const strategy: readonly Module[] = [
  requirementModule,
  outcomeModule,
  amendmentModule,
  packageModule,
  portfolioModule,
  directionModule,
];
