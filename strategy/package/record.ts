import { defineRecord } from '../../core/record/define.ts';
import {
  boolean,
  choice,
  date,
  decimal,
  integer,
  list,
  longText,
  money,
  person,
  reference,
  text,
} from '../../core/record/fields.ts';
import { packageLifecycle } from './lifecycle.ts';

/** The offer that the business agrees and funds: outcomes, utility, warranty, cost and risk of one service (model B.3). */
export const packageRecord = defineRecord({
  type: 'service-package',
  prefix: 'SP',
  stage: 'strategy',
  path: 'service-packages',
  table: 'strategy.service_package',
  label: 'Service package',
  plural: 'Service packages',
  layout: 'document',
  purpose: 'What is offered to the business: the outcomes, at which level, cost and risk.',
  lifecycle: packageLifecycle,
  checklist: 'service-package',
  inherits: 'requirement',
  fields: {
    requirement: reference({
      label: 'Requirement it starts from',
      types: ['business-requirement'],
      help: 'An agreed requirement; further ones are linked.',
    }),
    service: reference({
      label: 'Service',
      types: ['service'],
      unhashed: true,
      help: 'An existing service; left empty, a new one is made.',
    }),
    serviceVersion: reference({ label: 'Service version', types: ['service-version'], derived: true, unhashed: true }),
    summary: longText({ label: 'What is offered', max: 4000 }),
    outOfScope: longText({ label: 'Out of scope', max: 4000 }),
    oneOffCost: money({ label: 'One-off cost (design and transition)' }),
    runCostPerMonth: money({ label: 'Run cost per month' }),
    funding: money({ label: 'Funding asked for' }),
    costTolerance: decimal({
      label: 'Tolerance of cost',
      min: 0,
      max: 1,
      unit: 'share',
      help: 'How far the design may exceed the one-off cost; a tenth where empty.',
    }),
    plannedBenefitPerMonth: money({ label: 'Planned benefit per month' }),
    offerValidUntil: date({ label: 'Offer valid until' }),
    chargeable: boolean({ label: 'Charged for' }),
    charging: longText({ label: 'Charging proposal', max: 2000 }),
    supportHours: text({ label: 'Support hours', help: 'Such as Mon-Fri 08:00-18:00 Europe/London.' }),
    availabilityTarget: decimal({ label: 'Availability', min: 0, max: 100, unit: '%' }),
    restoreTargets: list({
      label: 'Restore targets',
      items: {
        priority: text({ label: 'Priority', required: true, max: 20 }),
        hours: decimal({ label: 'Hours', required: true, min: 0 }),
      },
    }),
    criticality: choice({
      label: 'Criticality',
      options: { low: 'Low', medium: 'Medium', high: 'High', vital: 'Vital' },
    }),
    requiredBy: date({ label: 'Required by' }),
    reviewEveryMonths: integer({ label: 'Value review every', min: 1, max: 24, unit: 'months' }),
    designLead: person({ label: 'Design lead', unhashed: true }),
    resourcePlan: longText({ label: 'Resource plan', max: 4000, unhashed: true }),
    sunkCost: money({ label: 'Cost already spent', unhashed: true }),
    answers: list({
      label: 'Answers to findings',
      items: {
        itemRef: text({ label: 'Finding', required: true }),
        answer: longText({ label: 'Answer', required: true }),
      },
    }),
  },
  columns: ['service', 'funding', 'offerValidUntil', 'requiredBy'],
  filters: ['service', 'criticality'],
  search: ['summary'],
});
