import { defineRecord } from '../../core/record/define/define.ts';
import {
  choice,
  customer,
  date,
  decimal,
  instant,
  integer,
  json,
  list,
  longText,
  money,
  reference,
  text,
} from '../../core/record/define/fields.ts';
import type { Baseline, Verdict } from './window.ts';
import { improvementLifecycle } from './lifecycle.ts';

const stages = {
  strategy: 'Strategy',
  design: 'Design',
  transition: 'Transition',
  operation: 'Operation',
  improvement: 'Improvement',
};

const series = {
  at: date({ label: 'Day', required: true }),
  value: decimal({ label: 'Value', required: true }),
};

/** An opportunity to improve, from its signal to the proof of its effect (model B.21). */
export const improvementRecord = defineRecord({
  type: 'improvement',
  prefix: 'IMP',
  stage: 'improvement',
  path: 'improvements',
  table: 'improvement.improvement',
  label: 'Improvement',
  plural: 'Improvements',
  layout: 'document',
  purpose: 'What could be better, what it is worth, where it goes, and whether it helped.',
  lifecycle: improvementLifecycle,
  traits: { files: true },
  fields: {
    description: longText({ label: 'What could be better', required: true, max: 10_000 }),
    originStage: choice({ label: 'Stage where it showed', required: true, options: stages }),
    cell: text({ label: 'Cell of the matrix', max: 60, help: 'Such as services.effectiveness.' }),
    service: reference({ label: 'Service', types: ['service'], fixed: true }),
    outcome: reference({ label: 'Outcome', types: ['outcome'] }),
    customer: customer({ label: 'Customer organisation' }),
    size: choice({ label: 'Size', options: { small: 'Small', medium: 'Medium', large: 'Large' } }),
    timescale: choice({ label: 'Timescale', options: { weeks: 'Weeks', months: 'Months', year: 'A year or more' } }),
    targetStage: choice({ label: 'Stage where the cause lies', options: stages }),
    metric: text({ label: 'Metric' }),
    unit: text({ label: 'Unit', max: 40 }),
    baselineValue: decimal({ label: 'Value today' }),
    targetValue: decimal({ label: 'Value aimed at' }),
    benefit: longText({ label: 'Benefit', max: 4000 }),
    benefitPerMonth: money({ label: 'Benefit per month' }),
    oneOffCost: money({ label: 'One-off cost' }),
    runCostPerMonth: money({ label: 'Run cost per month' }),
    risk: longText({ label: 'Risk', max: 4000 }),
    verificationPlan: longText({ label: 'How the effect will be verified', max: 4000 }),
    washoutDays: integer({ label: 'Days to settle', min: 0, max: 365 }),
    afterDays: integer({
      label: 'Days compared after',
      min: 1,
      max: 365,
      help: 'Fixed beforehand; twice as many once, if they decide nothing.',
    }),
    beforeSeries: list({ label: 'Values before', items: series, most: 500 }),
    baselineFrozen: json<Baseline>({ label: 'Frozen baseline', derived: true }),
    reviewAt: date({ label: 'Review again on' }),
    answers: list({
      label: 'Answers to findings',
      items: {
        itemRef: text({ label: 'Finding', required: true }),
        answer: longText({ label: 'Answer', required: true }),
      },
    }),
    implementedOn: date({ label: 'Implemented on', unhashed: true }),
    afterSeries: list({ label: 'Values after', items: series, most: 500, unhashed: true }),
    verdict: json<Verdict>({ label: 'Before and after', derived: true, unhashed: true }),
    mergedInto: reference({ label: 'Merged into', types: ['improvement'], unhashed: true }),
    dedupKey: text({ label: 'Key of the detector', derived: true, unhashed: true, max: 300 }),
    detector: text({ label: 'Detector', derived: true, unhashed: true, max: 60 }),
    occurrences: integer({ label: 'Times detected', derived: true, unhashed: true }),
    lastSeenAt: instant({ label: 'Last detected', derived: true, unhashed: true }),
  },
  columns: ['originStage', 'targetStage', 'cell', 'service', 'size'],
  filters: ['originStage', 'targetStage', 'cell', 'service', 'size'],
  search: ['description', 'benefit'],
});
