import type { Consequence } from '../../core/record/consequence.ts';

/** What happens elsewhere because of moves in Improvement. */
export const improvementChain: readonly Consequence[] = [];
