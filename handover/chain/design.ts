import type { Consequence, Effect } from '../../core/record/define/consequence.ts';

const specified = { link: 'specifiedBy', direction: 'in' } as const;

/** The edition that waits for Transition's answer. */
const withdrawn: Effect = {
  type: 'service-design-package-hand-over',
  move: 'withdraw',
  from: ['offered'],
  along: { link: 'handsOver', direction: 'in' },
};

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
    when: { type: 'design-package', move: 'withdraw-acceptance' },
    then: [
      { type: 'service-version', move: 'revoke-design', from: ['designed'], along: 'lineage' },
      { type: 'business-requirement', move: 'undeliver', from: ['in_delivery'], along: 'lineage' },
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
    when: { type: 'service-design-package-hand-over', move: 'return' },
    then: [
      {
        type: 'design-package',
        move: 'raise-fault',
        from: ['baselined'],
        along: { link: 'handsOver', direction: 'out' },
      },
    ],
  },
  { when: { type: 'design-package', move: 'hold' }, then: [withdrawn] },
  { when: { type: 'design-package', move: 'supersede' }, then: [withdrawn] },
  { when: { type: 'design-package', move: 'cancel' }, then: [withdrawn] },
  {
    when: { type: 'design-package', move: 'raise-fault' },
    then: [
      withdrawn,
      { type: 'service-version', move: 'revoke-design', from: ['designed'], along: 'lineage' },
      { type: 'service-version', move: 'fault', from: ['developed', 'built', 'tested'], along: 'lineage' },
    ],
  },
];
