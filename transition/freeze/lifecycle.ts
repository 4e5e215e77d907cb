import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

/** A freeze protects somebody's business days, so either side declares one. */
const declarers = ['CHM', 'OPS', 'SOW', 'BEX', 'BOW', 'CUS'] as const;

/** A freeze of changes: it holds from its first to its last moment, unless it is lifted (model B.7.7). */
export const freezeLifecycle = defineLifecycle({
  initial: 'declared',
  states: {
    declared: { label: 'Declared', tone: 'attention' },
    lifted: { label: 'Lifted', tone: 'unknown', final: true },
  },
  create: { who: declarers, rules: ['days-hold', 'names-service'] },
  edit: { who: [] },
  moves: {
    except: {
      label: 'Let a change through',
      from: ['declared'],
      to: 'declared',
      who: declarers,
      asks: ['exceptionFor'],
      reason: true,
      rules: ['own-side', 'for-another'],
      primary: true,
    },
    lift: {
      label: 'Lift',
      from: ['declared'],
      to: 'lifted',
      who: declarers,
      reason: true,
      rules: ['own-side'],
    },
  },
});
