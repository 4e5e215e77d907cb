import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';

const keepers = ['SPM', 'SOW'] as const;
const system = ['system'] as const;

/** A service's identity: it stands in the section of the portfolio of its best version. */
export const serviceLifecycle = defineLifecycle({
  initial: 'pipeline',
  states: {
    pipeline: { label: 'Pipeline', tone: 'running', editable: true },
    catalogue: { label: 'Catalogue', tone: 'good', editable: true },
    retired: { label: 'Retired', tone: 'unknown' },
  },
  create: { who: keepers },
  edit: { who: keepers },
  moves: {
    'enter-catalogue': { label: 'First version live', from: ['pipeline', 'retired'], to: 'catalogue', who: system },
    'leave-catalogue': { label: 'No version live', from: ['catalogue'], to: 'pipeline', who: system, back: true },
    retire: { label: 'Last version retired', from: ['pipeline', 'catalogue'], to: 'retired', who: system },
    revive: { label: 'New version planned', from: ['retired'], to: 'pipeline', who: system },
  },
});
