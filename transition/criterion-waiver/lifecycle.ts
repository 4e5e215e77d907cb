import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const who = ['CUS', 'BOW', 'SOW', 'TRM', 'RDM', 'TSM', 'OPS'] as const;

/** A waiver of a criterion: asked for by either side, decided by the side that bears it (model C.4). */
export const criterionWaiverLifecycle = defineLifecycle({
  initial: 'proposed',
  states: {
    proposed: { label: 'Proposed', tone: 'attention', editable: true },
    granted: { label: 'Granted', tone: 'attention' },
    expired: { label: 'Expired', tone: 'unknown', final: true },
    refused: { label: 'Refused', tone: 'unknown', final: true },
    dropped: { label: 'Dropped', tone: 'unknown', final: true },
  },
  create: { who },
  edit: { who },
  moves: {
    grant: {
      label: 'Do without it',
      from: ['proposed'],
      to: 'granted',
      who: ['CUS'],
      gate: 'G12',
      on: 'approve',
      rules: ['criterion-open', 'ends-later'],
      sets: { endedAt: null },
    },
    refuse: { label: 'Insist on it', from: ['proposed'], to: 'refused', who: ['CUS'], gate: 'G12', on: 'reject' },
    'withdraw-waiver': {
      label: 'Insist on it after all',
      from: ['granted'],
      to: 'proposed',
      who: ['CUS'],
      gate: 'G12',
      on: 'withdraw',
      back: true,
      sets: { endedAt: 'now' },
    },
    expire: {
      label: 'Expired',
      from: ['granted'],
      to: 'expired',
      who: ['system'],
      rules: ['term-over'],
      sets: { endedAt: 'now' },
    },
    drop: { label: 'Drop', from: ['proposed'], to: 'dropped', who, reason: true },
  },
});
