import { anybody } from '../../core/record/define/decide.ts';
import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const desk = ['SDK', 'INM', 'OPS'] as const;

/** Service days after which a resolved incident nobody answered on is closed. Until then it may be reopened. */
const confirmationDays = 5;

/** Incident (model B.14). */
export const incidentLifecycle = defineLifecycle({
  initial: 'new',
  states: {
    new: { label: 'New', tone: 'attention', editable: true, clocks: 'run' },
    assigned: { label: 'Assigned', tone: 'running', editable: true, clocks: 'run' },
    in_progress: { label: 'In progress', tone: 'running', editable: true, clocks: 'run' },
    pending: { label: 'Pending', tone: 'neutral', editable: true, clocks: 'pause' },
    resolved: { label: 'Resolved', tone: 'good' },
    closed: { label: 'Closed', tone: 'good', final: true },
    cancelled: { label: 'Cancelled', tone: 'unknown', final: true, clocks: 'cancel' },
  },
  clocks: { pausedFor: 'pendingReason', stoppedAt: { restore: 'serviceRestoredAt' } },
  create: { who: [anybody], rules: ['says-where', 'begins-in-past'] },
  edit: { who: desk },
  moves: {
    assign: {
      label: 'Assign',
      from: ['new'],
      to: 'assigned',
      who: desk,
      asks: ['service', 'impact', 'urgency', 'category?', 'team', 'assignee?'],
      rules: ['prioritised'],
      measures: true,
      primary: true,
    },
    reassign: {
      label: 'Assign to others',
      from: ['assigned', 'in_progress'],
      to: 'assigned',
      who: desk,
      asks: ['team', 'assignee?'],
    },
    respond: {
      label: 'First response given',
      from: ['assigned'],
      to: 'same',
      who: desk,
      reason: true,
      sets: { respondedAt: 'now-once' },
      stops: ['response'],
    },
    'start-work': {
      label: 'Start work',
      from: ['assigned'],
      to: 'in_progress',
      who: desk,
      asks: ['assignee'],
      sets: { respondedAt: 'now-once' },
      stops: ['response'],
      primary: true,
    },
    reprioritise: {
      label: 'Set another priority',
      from: ['new', 'assigned', 'in_progress', 'pending'],
      to: 'same',
      who: desk,
      asks: ['impact', 'urgency'],
      rules: ['prioritised'],
      measures: true,
      reason: true,
      reasonCodes: { misclassified: 'It was misclassified', impact_changed: 'Its impact altered' },
    },
    pause: {
      label: 'Pause',
      from: ['in_progress'],
      to: 'pending',
      who: desk,
      asks: ['pendingReason'],
      reason: true,
    },
    resume: {
      label: 'Resume',
      from: ['pending'],
      to: 'in_progress',
      who: [...desk, 'system'],
      sets: { pendingReason: null },
      primary: true,
    },
    resolve: {
      label: 'Resolve',
      from: ['in_progress'],
      to: 'resolved',
      who: desk,
      asks: ['resolutionCode', 'resolution', 'serviceRestoredAt'],
      rules: ['restored-in-time'],
      sets: { resolvedAt: 'now' },
      primary: true,
    },
    close: {
      label: 'Confirm and close',
      from: ['resolved'],
      to: 'closed',
      who: [anybody, 'system'],
      after: { days: confirmationDays, counted: 'service', because: 'Nobody answered in time.' },
      primary: true,
    },
    reopen: {
      label: 'Reopen',
      from: ['resolved'],
      to: 'in_progress',
      who: [anybody],
      rules: ['within-reopening'],
      sets: { reopenCount: '+1', resolvedAt: null, serviceRestoredAt: null },
      back: true,
    },
    cancel: {
      label: 'Cancel',
      from: ['new', 'assigned', 'in_progress', 'pending'],
      to: 'cancelled',
      who: desk,
      reason: true,
    },
  },
});
