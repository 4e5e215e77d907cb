import type { Consequence } from '../../core/record/consequence.ts';

/** What happens elsewhere because of moves in Strategy. */
export const strategyChain: readonly Consequence[] = [
  {
    when: { type: 'service-package', move: 'agree' },
    then: [
      {
        type: 'business-requirement',
        move: 'package',
        from: ['agreed'],
        along: { link: 'packagedIn', direction: 'in' },
      },
    ],
  },
  {
    when: { type: 'service-package', move: 'cancel' },
    then: [
      {
        type: 'business-requirement',
        move: 'unpackage',
        from: ['packaged', 'in_delivery'],
        along: { link: 'packagedIn', direction: 'in' },
      },
    ],
  },
];
