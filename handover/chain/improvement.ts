import type { Consequence, Effect } from '../../core/record/consequence.ts';

const improvement = (move: string, from: readonly string[]): Effect => ({
  type: 'improvement',
  move,
  from,
  along: { link: 'feeds', direction: 'in' },
});

/** What happens to an improvement because of the record that carries it out. */
export const improvementChain: readonly Consequence[] = [
  { when: { type: 'business-requirement', move: 'agree' }, then: [improvement('implement', ['routed'])] },
  { when: { type: 'design-package', move: 'start' }, then: [improvement('implement', ['routed'])] },
  { when: { type: 'change', move: 'start-build' }, then: [improvement('implement', ['routed'])] },
];
