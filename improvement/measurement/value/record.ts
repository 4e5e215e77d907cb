import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';
import { defineRecord } from '../../../core/record/define/define.ts';
import { choice, date, decimal, longText, reference, text } from '../../../core/record/define/fields.ts';

/** A value of an outcome over a period in live use, entered by the outcome's owner (model E.3, INV-7). */
export const outcomeMeasurementRecord = defineRecord({
  type: 'outcome-measurement',
  prefix: 'OM',
  stage: 'improvement',
  path: 'outcome-measurements',
  table: 'improvement.outcome_measurement',
  label: 'Outcome measurement',
  plural: 'Outcome measurements',
  layout: 'register',
  purpose: 'What the business says of an outcome while the service was live; value is computed from it.',
  inherits: 'outcome',
  fields: {
    outcome: reference({ label: 'Outcome', types: ['outcome'], required: true, fixed: true }),
    periodFrom: date({ label: 'First day', required: true }),
    periodTo: date({ label: 'Last day', required: true }),
    value: decimal({ label: 'Value', required: true }),
    grade: choice({
      label: 'Grade',
      required: true,
      options: {
        A: 'A: compared with a control group',
        B: 'B: an interrupted series',
        C: 'C: before and after',
        D: 'D: estimated by experts',
      },
    }),
    source: text({ label: 'Source', required: true }),
    evidence: longText({ label: 'Evidence', max: 4000 }),
  },
  columns: ['outcome', 'periodFrom', 'periodTo', 'value', 'grade'],
  filters: ['outcome', 'grade'],
  lifecycle: defineLifecycle({
    initial: 'recorded',
    states: {
      recorded: { label: 'Recorded', tone: 'good' },
      corrected: { label: 'Taken back', tone: 'unknown', final: true },
    },
    create: {
      who: ['BOW', 'BEX', 'CUS', 'VER'],
      rules: ['by-the-owner', 'period-ordered', 'period-over', 'period-free', 'period-live'],
    },
    edit: { who: [] },
    moves: {
      correct: {
        label: 'Take back',
        from: ['recorded'],
        to: 'corrected',
        who: ['BOW', 'BEX', 'CUS', 'VER'],
        reason: true,
        rules: ['by-the-owner'],
      },
    },
  }),
});
