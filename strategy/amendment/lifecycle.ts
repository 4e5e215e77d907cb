import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const who = ['BOW', 'BEX', 'BRM', 'SPM'] as const;

/** An amendment of what was agreed: proposed by either side, decided by the side that agreed. */
export const amendmentLifecycle = defineLifecycle({
  initial: 'proposed',
  states: {
    proposed: { label: 'Proposed', tone: 'attention', editable: true },
    applied: { label: 'Applied', tone: 'good', final: true },
    refused: { label: 'Refused', tone: 'unknown', final: true },
    withdrawn: { label: 'Withdrawn', tone: 'unknown', final: true },
  },
  create: { who },
  edit: { who },
  moves: {
    apply: {
      label: 'Amend',
      from: ['proposed'],
      to: 'applied',
      who: ['BOW'],
      gate: 'G11',
      on: 'approve',
      rules: ['outcome-agreed', 'alters-something', 'not-worse'],
      atOnce: 'The outcome is amended: propose another amendment.',
    },
    refuse: {
      label: 'Keep what was agreed',
      from: ['proposed'],
      to: 'refused',
      who: ['BOW'],
      gate: 'G11',
      on: 'reject',
    },
    withdraw: { label: 'Withdraw', from: ['proposed'], to: 'withdrawn', who, reason: true },
  },
});
