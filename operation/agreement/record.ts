import { defineRecord } from '../../core/record/define/define.ts';
import {
  choice,
  customer,
  decimal,
  instant,
  integer,
  json,
  list,
  longText,
  person,
  reference,
  text,
} from '../../core/record/define/fields.ts';
import { agreementLifecycle } from './lifecycle.ts';

const pauseReasons = {
  customer: 'Waiting for the customer',
  supplier: 'Waiting for a supplier',
  change: 'Waiting for a change',
  problem: 'Waiting for a problem',
  scheduled: 'Waiting for a date',
};

export const agreementRecord = defineRecord({
  type: 'agreement',
  prefix: 'SLA',
  stage: 'operation',
  path: 'agreements',
  table: 'operation.agreement',
  label: 'Service level agreement',
  plural: 'Service level agreements',
  layout: 'document',
  purpose: 'What a customer and the provider signed about the level of a service; incidents are measured by it.',
  lifecycle: agreementLifecycle,
  fields: {
    service: reference({ label: 'Service', types: ['service'], required: true, fixed: true }),
    customer: customer({ label: 'Customer', required: true }),
    calendar: json({ label: 'Service hours', help: 'Weekly hours in wall time of a zone, with dated exceptions.' }),
    zone: text({ label: 'Time zone of the agreement', derived: true }),
    targets: list({
      label: 'Targets by priority',
      most: 4,
      items: {
        priority: choice({ label: 'Priority', required: true, options: { P1: 'P1', P2: 'P2', P3: 'P3', P4: 'P4' } }),
        responseMinutes: integer({ label: 'Response', min: 0, max: 1_000_000, unit: 'open minutes' }),
        restoreMinutes: integer({ label: 'Restore', min: 0, max: 1_000_000, unit: 'open minutes' }),
      },
    }),
    pauseReasons: list({
      label: 'What pauses the clocks',
      most: 5,
      items: { reason: choice({ label: 'Reason', required: true, options: pauseReasons }) },
    }),
    reopenPolicy: choice({
      label: 'After a reopening',
      options: {
        resume_excluding_gap: 'Time while resolved does not count',
        resume_including_gap: 'Time while resolved counts',
        new_cycle: 'A new clock with the full target',
      },
    }),
    availabilityTarget: decimal({ label: 'Availability', min: 0, max: 100, unit: '% of service hours' }),
    exclusions: longText({ label: 'Exclusions, workload limits, credits, reporting', max: 8000 }),
    effectiveFrom: instant({ label: 'In force from' }),
    signedByCustomer: person({ label: 'Signed for the customer by', derived: true, unhashed: true }),
    signedByProvider: person({ label: 'Signed for the provider by', derived: true, unhashed: true }),
    agreementVersion: integer({ label: 'Version in force', derived: true, unhashed: true }),
    hashInForce: text({ label: 'Hash of the version in force', derived: true, unhashed: true }),
  },
  columns: ['service', 'customer', 'zone', 'effectiveFrom', 'agreementVersion'],
  filters: ['service'],
  sorts: ['effectiveFrom'],
});
