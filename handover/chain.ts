// The chain of the five stages: what one stage's move brings about in another, readable from top to bottom.
import type { Consequence } from '../core/record/define/consequence.ts';
import { designChain } from './chain/design.ts';
import { improvementChain } from './chain/improvement.ts';
import { operationChain } from './chain/operation.ts';
import { strategyChain } from './chain/strategy.ts';
import { transitionChain } from './chain/transition.ts';

export const chain: readonly Consequence[] = [
  ...strategyChain,
  ...designChain,
  ...transitionChain,
  ...operationChain,
  ...improvementChain,
];
