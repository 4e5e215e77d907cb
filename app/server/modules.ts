import type { Module } from '../../core/http/module.ts';
import { design } from '../../design/stage.ts';
import { improvement } from '../../improvement/stage.ts';
import { operation } from '../../operation/stage.ts';
import { strategy } from '../../strategy/stage.ts';
import { transition } from '../../transition/stage.ts';

/** The modules of the five stages, in the order of a service's life. */
export const modules: readonly Module[] = [...strategy, ...design, ...transition, ...operation, ...improvement];
