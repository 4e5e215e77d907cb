import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const managers = ['PRM'] as const;
const investigators = ['PRM', 'INM', 'OPS', 'SOW'] as const;
const raisers = ['PRM', 'INM', 'OPS', 'SOW', 'SDK', 'SUP', 'TSM', 'CHM', 'CSI'] as const;

/** Calendar days without recurrence after which a resolved problem is closed (model B.18). */
const watchDays = 30;

/** Problem (model B.18). */
export const problemLifecycle = defineLifecycle({
  initial: 'detected',
  states: {
    detected: { label: 'Detected', tone: 'attention', editable: true },
    logged: { label: 'Logged', tone: 'neutral', editable: true },
    prioritised: { label: 'Prioritised', tone: 'neutral', editable: true },
    investigating: { label: 'Investigating', tone: 'running', editable: true },
    root_cause_known: { label: 'Root cause known', tone: 'running', editable: true },
    // Frozen while the business decides on it.
    resolution_pending: { label: 'Resolution pending', tone: 'running' },
    resolved: { label: 'Resolved, watched', tone: 'good' },
    closed: { label: 'Closed', tone: 'good', final: true },
    cancelled: { label: 'Cancelled', tone: 'unknown', final: true },
    accepted_unresolved: { label: 'Accepted unresolved', tone: 'attention' },
  },
  create: { who: raisers, rules: ['says-where'] },
  edit: { who: investigators },
  moves: {
    log: {
      label: 'Log',
      from: ['detected'],
      to: 'logged',
      who: managers,
      asks: ['source', 'sourceNamed?'],
      rules: ['says-where', 'origin-shown'],
      primary: true,
    },
    prioritise: {
      label: 'Prioritise',
      from: ['logged'],
      to: 'prioritised',
      who: managers,
      asks: ['frequency', 'impact', 'recurrenceCost'],
      primary: true,
    },
    reprioritise: {
      label: 'Set another priority',
      from: ['prioritised', 'investigating', 'root_cause_known', 'resolution_pending'],
      to: 'same',
      who: managers,
      asks: ['frequency', 'impact', 'recurrenceCost'],
      reason: true,
    },
    investigate: {
      label: 'Start the investigation',
      from: ['prioritised'],
      to: 'investigating',
      who: managers,
      asks: ['assignee', 'team?'],
      primary: true,
    },
    'establish-cause': {
      label: 'Cause established',
      from: ['investigating'],
      to: 'root_cause_known',
      who: investigators,
      asks: ['method', 'causes', 'contributingFactors', 'originStage'],
      rules: ['evidence-attached', 'cause-stated', 'factors-stated'],
      primary: true,
    },
    reinvestigate: {
      label: 'Investigate again',
      from: ['root_cause_known', 'resolution_pending'],
      to: 'investigating',
      who: managers,
      back: true,
    },
    'propose-resolution': {
      label: 'Propose a fix',
      from: ['root_cause_known'],
      to: 'resolution_pending',
      who: managers,
      rules: ['fix-raised'],
      primary: true,
    },
    'propose-acceptance': {
      label: 'Propose to live with it',
      from: ['root_cause_known'],
      to: 'resolution_pending',
      who: managers,
      asks: ['costBenefit', 'residualImpact', 'reviewAt'],
      rules: ['review-ahead', 'customers-named'],
    },
    // The fix failed or was given up, or it costs more than thought.
    reconsider: {
      label: 'Think the resolution over',
      from: ['resolution_pending'],
      to: 'root_cause_known',
      who: managers,
      back: true,
    },
    resolve: {
      label: 'Resolved',
      from: ['resolution_pending'],
      to: 'resolved',
      who: managers,
      asks: ['resolution'],
      rules: ['fix-implemented'],
      sets: { resolvedAt: 'now' },
      primary: true,
    },
    close: {
      label: 'Did not come again',
      from: ['resolved'],
      to: 'closed',
      who: ['system'],
      after: { days: watchDays, counted: 'calendar', because: 'It did not come again while it was watched.' },
      sets: { effective: true },
    },
    // An incident that began after it was resolved was joined to it.
    recur: {
      label: 'Came again',
      from: ['resolved'],
      to: 'investigating',
      who: ['system'],
      sets: { recurrenceCount: '+1', resolvedAt: null, effective: false },
      back: true,
    },
    'accept-unresolved': {
      label: 'Live with it',
      from: ['resolution_pending'],
      to: 'accepted_unresolved',
      who: ['BEX', 'BOW'],
      gate: 'G10',
      on: 'approve',
      askedBy: 'propose-acceptance',
      rules: ['acceptance-argued', 'review-ahead', 'customers-named'],
    },
    'refuse-acceptance': {
      label: 'Do not live with it',
      from: ['resolution_pending'],
      to: 'root_cause_known',
      who: ['BEX', 'BOW'],
      gate: 'G10',
      on: 'reject',
      back: true,
    },
    review: {
      label: 'Review again',
      from: ['accepted_unresolved'],
      to: 'root_cause_known',
      who: [...managers, 'system'],
      back: true,
      primary: true,
    },
    cancel: {
      label: 'Cancel',
      from: ['detected', 'logged', 'prioritised', 'investigating', 'root_cause_known', 'resolution_pending'],
      to: 'cancelled',
      who: managers,
      asks: ['duplicateOf?'],
      reason: true,
      reasonCodes: { duplicate: 'It is known already', no_fault: 'No fault was found' },
    },
  },
});
