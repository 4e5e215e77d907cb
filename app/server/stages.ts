import type { StageServer } from '../../core/http/stage.ts';
import { designServer } from '../../design/server.ts';
import { improvementServer } from '../../improvement/server.ts';
import { operationServer } from '../../operation/server.ts';
import { strategyServer } from '../../strategy/server.ts';
import { transitionServer } from '../../transition/server.ts';

/** The five stages, in the order of a service's life. */
export const stages: readonly StageServer[] = [
  strategyServer,
  designServer,
  transitionServer,
  operationServer,
  improvementServer,
];
