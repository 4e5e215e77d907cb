import type { Consequence } from '../../core/record/consequence.ts';

/** What happens elsewhere because of moves in Operation. */
export const operationChain: readonly Consequence[] = [];
