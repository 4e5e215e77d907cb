import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const keepers = ['PRM'] as const;
const testers = ['PRM', 'INM', 'OPS', 'SDK', 'TSM'] as const;
const usable = ['active', 'workaround_verified', 'fix_scheduled'] as const;

/** Known error (model B.19). With a problem, what happens to the problem moves it. */
export const knownErrorLifecycle = defineLifecycle({
  initial: 'draft',
  states: {
    draft: { label: 'Draft', tone: 'neutral', editable: true },
    active: { label: 'Active', tone: 'attention', editable: true },
    // What was tested stays as it was tested.
    workaround_verified: { label: 'Workaround tested', tone: 'good' },
    fix_scheduled: { label: 'Fix scheduled', tone: 'running' },
    resolved: { label: 'Resolved', tone: 'good' },
    archived: { label: 'Archived', tone: 'unknown', final: true },
  },
  create: { who: keepers },
  edit: { who: keepers },
  moves: {
    activate: {
      label: 'Make it known',
      from: ['draft'],
      to: 'active',
      who: keepers,
      rules: ['origin-named', 'described'],
      primary: true,
    },
    'verify-workaround': {
      label: 'Workaround tested',
      from: ['active'],
      to: 'workaround_verified',
      who: testers,
      asks: ['verification'],
      rules: ['workaround-written', 'tested-by-another'],
      sets: { failureCount: null },
      separation: [{ id: 'SD2', sentence: 'Who wrote the known error does not test it.', notActorOf: ['create'] }],
      primary: true,
    },
    rework: {
      label: 'Rework the workaround',
      from: ['workaround_verified', 'fix_scheduled'],
      to: 'active',
      who: keepers,
      back: true,
    },
    // Used on an incident, which says so; the count is of incidents.
    use: {
      label: 'Workaround used',
      from: usable,
      to: 'same',
      who: ['system'],
      rules: ['workaround-written'],
      sets: { usageCount: '+1' },
    },
    fail: {
      label: 'Workaround did not help',
      from: usable,
      to: 'same',
      who: ['system'],
      rules: ['workaround-written'],
      sets: { usageCount: '+1', failureCount: '+1' },
    },
    'take-back': {
      label: 'Taken back: it failed too often',
      from: ['workaround_verified'],
      to: 'active',
      who: ['system'],
      back: true,
    },
    'schedule-fix': {
      label: 'Fix scheduled',
      from: ['active', 'workaround_verified'],
      to: 'fix_scheduled',
      who: ['system', ...keepers],
      asks: ['fixedVersion?'],
      rules: ['fix-authorised'],
    },
    unschedule: {
      label: 'Fix no longer scheduled',
      from: ['fix_scheduled'],
      to: 'active',
      who: ['system'],
      back: true,
    },
    resolve: {
      label: 'Resolved',
      from: usable,
      to: 'resolved',
      who: ['system', ...keepers],
      asks: ['fixedVersion?'],
      rules: ['fixed'],
    },
    recur: {
      label: 'Came again',
      from: ['resolved'],
      to: 'active',
      who: ['system', ...keepers],
      back: true,
    },
    archive: {
      label: 'Archive',
      from: ['resolved'],
      to: 'archived',
      who: ['system', ...keepers],
      rules: ['watch-over'],
      primary: true,
    },
    // Withdrawn with its versions, or never one at all.
    retire: {
      label: 'Retire',
      from: ['draft', ...usable],
      to: 'archived',
      who: keepers,
      reason: true,
      reasonCodes: {
        versions_gone: 'No environment has the versions affected any more',
        no_error: 'It is no error, or another one',
      },
    },
  },
});
