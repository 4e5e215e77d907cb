import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

/** Early life support (model B.11). */
export const earlyLifeLifecycle = defineLifecycle({
  initial: 'planned',
  states: {
    planned: { label: 'Planned', tone: 'neutral', editable: true },
    active: { label: 'Active', tone: 'running', editable: true },
    exit_requested: { label: 'Exit requested', tone: 'attention' },
    exited: { label: 'Exited', tone: 'good', final: true },
    aborted: { label: 'Aborted', tone: 'bad', final: true },
  },
  create: { who: ['TRM'] },
  edit: { who: ['TRM', 'OPS'] },
  moves: {
    activate: {
      label: 'Activate',
      from: ['planned'],
      to: 'active',
      who: ['system'],
      rules: ['team-named', 'has-criteria', 'window-long-enough'],
      sets: { activatedAt: 'now', windowFrom: 'now' },
    },
    'restart-window': {
      label: 'Restart the observation window',
      from: ['active'],
      to: 'same',
      who: ['TRM', 'OPS', 'INM'],
      reason: true,
      sets: { windowFrom: 'now' },
    },
    'request-exit': {
      label: 'Request exit',
      from: ['active'],
      to: 'exit_requested',
      who: ['TRM'],
      rules: ['window-over', 'criteria-met'],
      primary: true,
    },
    exit: {
      label: 'Exit early life support',
      from: ['exit_requested'],
      to: 'exited',
      who: ['CUS'],
      gate: 'G5',
      on: 'approve',
      rules: ['window-over', 'criteria-met', 'operations-accept'],
      atOnce: 'Operations carry it: report what is wrong as an incident or an improvement.',
    },
    extend: {
      label: 'Extend',
      from: ['exit_requested'],
      to: 'active',
      who: ['CUS'],
      gate: 'G5',
      on: 'reject',
      back: true,
      // The observation begins anew.
      sets: { windowFrom: 'now', extensions: '+1' },
    },
    abort: { label: 'Abort', from: ['active', 'exit_requested'], to: 'aborted', who: ['system'], reason: true },
    drop: { label: 'Drop', from: ['planned'], to: 'aborted', who: ['TRM'], reason: true },
  },
});
