import type { Consequence } from '../../core/record/consequence.ts';

const specified = { link: 'specifiedBy', direction: 'in' } as const;

/** What happens elsewhere because of moves in Design. */
export const designChain: readonly Consequence[] = [
  {
    when: { type: 'design-package', move: 'accept' },
    then: [
      { type: 'service-version', move: 'accept-design', from: ['chartered'], along: 'lineage' },
      { type: 'business-requirement', move: 'deliver', from: ['packaged'], along: 'lineage' },
    ],
  },
  {
    when: { type: 'design-package', move: 'need-changed' },
    then: [{ type: 'service-package', move: 'reopen', from: ['agreed', 'chartered', 'in_design'], along: specified }],
  },
  {
    when: { type: 'design-package', move: 'resume' },
    then: [{ type: 'service-package', move: 'start-design', from: ['chartered'], along: specified }],
  },
  {
    when: { type: 'design-package', move: 'raise-fault' },
    then: [
      { type: 'service-version', move: 'revoke-design', from: ['designed'], along: 'lineage' },
      { type: 'service-version', move: 'fault', from: ['developed', 'built', 'tested'], along: 'lineage' },
    ],
  },
];
