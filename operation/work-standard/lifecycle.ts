import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const keepers = ['SLM', 'PRM'] as const;

/** Standard of work (model B.24: an agreement that the provider makes with itself). */
export const workStandardLifecycle = defineLifecycle({
  initial: 'draft',
  states: {
    draft: { label: 'Draft', tone: 'neutral', editable: true },
    in_force: { label: 'In force', tone: 'good' },
    ended: { label: 'Ended', tone: 'unknown', final: true },
  },
  create: { who: keepers },
  edit: { who: keepers },
  moves: {
    // What is in force is not altered: another takes its place, and what was logged before keeps its own.
    'put-in-force': {
      label: 'Put in force',
      from: ['draft'],
      to: 'in_force',
      who: keepers,
      rules: ['working-hours', 'targets-set'],
      sets: { inForceFrom: 'now' },
      primary: true,
    },
    discard: { label: 'Discard', from: ['draft'], to: 'ended', who: keepers },
    end: {
      label: 'End',
      from: ['in_force'],
      to: 'ended',
      who: [...keepers, 'system'],
      reason: true,
      sets: { inForceTo: 'now' },
    },
  },
});
