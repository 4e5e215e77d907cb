import type { Consequence } from '../../core/record/consequence.ts';

/** What happens elsewhere because of moves in Transition. */
export const transitionChain: readonly Consequence[] = [];
