import type { Module } from '../core/http/module.ts';
import { detectionModule } from './detection/module.ts';
import { matrixModule } from './matrix/module.ts';
import { measurementModule } from './measurement/module.ts';
import { registerModule } from './register/module.ts';

/** The modules of Improvement, in the order of the work. */
export const improvement: readonly Module[] = [measurementModule, registerModule, matrixModule, detectionModule];
