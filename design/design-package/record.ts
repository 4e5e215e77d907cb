import { defineRecord } from '../../core/record/define/define.ts';
import { choice, decimal, list, longText, money, reference, text } from '../../core/record/define/fields.ts';
import { designLifecycle } from './lifecycle.ts';

/** The service design package: everything the later stages need to build, test, deploy, run and retire a service (model B.5). */
export const designRecord = defineRecord({
  type: 'design-package',
  prefix: 'SDP',
  stage: 'design',
  path: 'design-packages',
  table: 'design.design_package',
  label: 'Service design package',
  plural: 'Service design packages',
  layout: 'document',
  purpose: 'The solution that is to deliver the agreed package, accepted item by item by those who will work with it.',
  lifecycle: designLifecycle,
  traits: { files: true },
  checklist: 'design-package',
  inherits: 'package',
  fields: {
    package: reference({ label: 'Service package', types: ['service-package'], required: true, fixed: true }),
    kind: choice({
      label: 'Kind',
      options: { new: 'New service', major_change: 'Major change', retire: 'Retirement', transfer: 'Transfer' },
    }),
    solution: longText({ label: 'Solution', max: 20_000 }),
    options: list({
      label: 'Options considered',
      items: {
        option: text({ label: 'Option', required: true }),
        assessment: longText({ label: 'Assessment', required: true, max: 2000 }),
      },
    }),
    oneOffCost: money({ label: 'One-off cost' }),
    runCostPerMonth: money({ label: 'Run cost per month' }),
    costVariance: decimal({
      label: 'Cost above the package',
      derived: true,
      unhashed: true,
      unit: 'share',
      help: 'One-off cost of the design over that of the package, less 1.',
    }),
    predictedAvailability: decimal({ label: 'Predicted availability', min: 0, max: 100, unit: '%' }),
    variances: list({
      label: 'Variances from the package',
      items: {
        what: text({ label: 'What', required: true }),
        packaged: text({ label: 'As packaged', required: true }),
        designed: text({ label: 'As designed', required: true }),
      },
    }),
    instruments: list({
      label: 'How each outcome is measured',
      items: {
        outcome: text({ label: 'Outcome', required: true, max: 40, help: 'Its reference, such as OUT-3.' }),
        instrument: text({ label: 'Instrument', required: true }),
      },
      most: 100,
    }),
    service: reference({ label: 'Service', types: ['service'], derived: true, unhashed: true }),
    answers: list({
      label: 'Answers to findings',
      items: {
        itemRef: text({ label: 'Finding', required: true }),
        answer: longText({ label: 'Answer', required: true }),
      },
    }),
  },
  columns: ['package', 'kind', 'oneOffCost', 'costVariance'],
  filters: ['package', 'service', 'kind'],
  search: ['solution'],
});
