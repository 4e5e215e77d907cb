import { defineRecord } from '../../../core/record/define/define.ts';
import { choice, longText, text } from '../../../core/record/define/fields.ts';
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
    status: text({ label: 'Status', derived: true, unhashed: true, help: 'That of its best version.' }),
  },
  columns: ['criticality', 'status'],
  filters: ['criticality', 'status'],
  search: ['description'],
});
