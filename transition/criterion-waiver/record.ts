import { defineRecord } from '../../core/record/define/define.ts';
import { date, instant, longText, reference, text } from '../../core/record/define/fields.ts';
import { criterionWaiverLifecycle } from './lifecycle.ts';

/** A criterion that is not met, and that those who bear it live without for a while. */
export const criterionWaiverRecord = defineRecord({
  type: 'criterion-waiver',
  prefix: 'CWV',
  stage: 'transition',
  path: 'criterion-waivers',
  table: 'transition.criterion_waiver',
  label: 'Waiver of a criterion',
  plural: 'Waivers of criteria',
  layout: 'register',
  purpose: 'A criterion of acceptance or exit that the business does without, until a day, knowing what it means.',
  inherits: 'subject',
  lifecycle: criterionWaiverLifecycle,
  fields: {
    subject: reference({ label: 'Of', types: ['release', 'early-life-support'], required: true, fixed: true }),
    criterion: text({ label: 'Criterion', required: true, help: 'As it is called there.' }),
    statement: longText({ label: 'What it asks', derived: true, max: 2000 }),
    impact: longText({ label: 'What the business does without', required: true, max: 4000 }),
    control: longText({ label: 'What is done instead', max: 4000 }),
    validUntil: date({ label: 'Valid until', required: true }),
    endedAt: instant({ label: 'Ended', derived: true }),
  },
  columns: ['subject', 'criterion', 'validUntil'],
  filters: ['subject'],
  search: ['impact'],
});
