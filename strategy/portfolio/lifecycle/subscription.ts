import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';

const system = ['system'] as const;

/** A version as one customer has it (model B.4): from `released` on, every customer goes its own pace. */
export const subscriptionLifecycle = defineLifecycle({
  initial: 'planned',
  states: {
    planned: { label: 'Planned', tone: 'neutral', editable: true },
    released: { label: 'Released', tone: 'running', editable: true },
    live_els: { label: 'Live, in early life support', tone: 'attention', editable: true },
    live: { label: 'Live', tone: 'good', editable: true },
    retiring: { label: 'Retiring', tone: 'attention' },
    ended: { label: 'Ended', tone: 'unknown', final: true },
  },
  create: { who: system },
  edit: { who: ['SLM', 'BRM', 'SPM'] },
  moves: {
    release: { label: 'Accepted into live use', from: ['planned'], to: 'released', who: system },
    'go-live': { label: 'Live', from: ['released'], to: 'live_els', who: system, sets: { liveSince: 'now' } },
    'exit-early-life': { label: 'Early life support ended', from: ['live_els'], to: 'live', who: system },
    retire: { label: 'Retire', from: ['live'], to: 'retiring', who: system },
    'reverse-retirement': { label: 'Retirement reversed', from: ['retiring'], to: 'live', who: system, back: true },
    end: { label: 'End', from: ['retiring'], to: 'ended', who: system },
    supersede: { label: 'Replaced by a newer version', from: ['live_els', 'live'], to: 'ended', who: system },
    cancel: { label: 'Cancelled', from: ['planned', 'released'], to: 'ended', who: system },
    'take-back': { label: 'Acceptance taken back', from: ['released'], to: 'planned', who: system, back: true },
    'back-out': { label: 'Backed out', from: ['released', 'live_els'], to: 'planned', who: system, back: true },
  },
});
