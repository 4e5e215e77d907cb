import { defineRecord } from '../../core/record/define/define.ts';
import { choice, instant, integer, json, list, text } from '../../core/record/define/fields.ts';
import { workStandardLifecycle } from './lifecycle.ts';

/** What the provider holds its own people to where no agreement does. */
export const workStandardRecord = defineRecord({
  type: 'work-standard',
  prefix: 'STD',
  stage: 'operation',
  path: 'work-standards',
  table: 'operation.work_standard',
  label: 'Standard of work',
  plural: 'Standards of work',
  layout: 'document',
  purpose: 'How soon the provider means to have its own work done, where no agreement with a customer says so.',
  lifecycle: workStandardLifecycle,
  fields: {
    appliesTo: choice({
      label: 'Of',
      required: true,
      options: { problem: 'Problems: until the cause is established' },
    }),
    calendar: json({ label: 'Working hours', help: 'Weekly hours in wall time of a zone, with dated exceptions.' }),
    zone: text({ label: 'Time zone', derived: true }),
    targets: list({
      label: 'Targets by priority',
      most: 4,
      items: {
        priority: choice({ label: 'Priority', required: true, options: { P1: 'P1', P2: 'P2', P3: 'P3', P4: 'P4' } }),
        minutes: integer({ label: 'Within', required: true, min: 1, max: 10_000_000, unit: 'working minutes' }),
      },
    }),
    inForceFrom: instant({ label: 'In force from', derived: true, unhashed: true }),
    inForceTo: instant({ label: 'In force until', derived: true, unhashed: true }),
  },
  columns: ['appliesTo', 'zone', 'inForceFrom', 'inForceTo'],
});
