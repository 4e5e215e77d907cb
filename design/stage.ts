import type { Module } from '../core/http/module.ts';
import { componentModule } from './component/module.ts';
import { designPackageModule } from './design-package/module.ts';

/** The modules of Design, in the order of the work. */
export const design: readonly Module[] = [designPackageModule, componentModule];
