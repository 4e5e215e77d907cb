import { defineRecord } from '../../../core/record/define/define.ts';
import { choice, date, instant, longText, text } from '../../../core/record/define/fields.ts';
import { serviceLifecycle } from '../lifecycle/service.ts';

/** A service: what stays the same while its versions come and go. */
export const serviceRecord = defineRecord({
  type: 'service',
  prefix: 'SVC',
  stage: 'strategy',
  path: 'services',
  table: 'strategy.service',
  label: 'Service',
  plural: 'Services',
  layout: 'register',
  purpose: 'Everything provided to the business, from the first idea to retirement.',
  lifecycle: serviceLifecycle,
  fields: {
    description: longText({ label: 'What it does for the business', max: 4000 }),
    criticality: choice({
      label: 'Criticality',
      options: { low: 'Low', medium: 'Medium', high: 'High', vital: 'Vital' },
    }),
    decideBy: date({
      label: 'To be decided by',
      help: 'Of one that is taken over as it runs: the day by which the business decides whether it wants it.',
      fixed: true,
      dueIn: ['undecided'],
    }),
    takenOverAt: instant({ label: 'Taken over', derived: true }),
    status: text({ label: 'Status', derived: true, unhashed: true, help: 'That of its best version.' }),
  },
  byHand: {
    act: 'Take over a service as it runs',
    purpose:
      'For what runs already though no agreed requirement leads to it: its cases and agreements work, and it stands red until the business has decided. A service for a new need comes with its package.',
  },
  columns: ['criticality', 'status', 'decideBy'],
  filters: ['criticality', 'status'],
  search: ['description'],
});
