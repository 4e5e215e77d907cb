import type { Consequence } from '../../core/record/consequence.ts';

/** What happens elsewhere because of moves in Design. */
export const designChain: readonly Consequence[] = [];
