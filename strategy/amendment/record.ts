import { defineRecord } from '../../core/record/define/define.ts';
import { choice, list, longText, reference, text } from '../../core/record/define/fields.ts';
import { promiseFields } from '../outcome/index.ts';
import { amendmentLifecycle } from './lifecycle.ts';

/** What shall stand instead of what was agreed of an outcome: the business alone decides it. */
export const amendmentRecord = defineRecord({
  type: 'outcome-amendment',
  prefix: 'AMD',
  stage: 'strategy',
  path: 'outcome-amendments',
  table: 'strategy.outcome_amendment',
  label: 'Amendment',
  plural: 'Amendments',
  layout: 'document',
  purpose: 'What shall stand instead of what was agreed of an outcome, and why; the business decides it.',
  inherits: 'outcome',
  restates: 'outcome',
  lifecycle: amendmentLifecycle,
  fields: {
    outcome: reference({ label: 'Outcome', types: ['outcome'], required: true, fixed: true }),
    kind: choice({
      label: 'What is asked',
      required: true,
      options: { amend: 'Alter what was agreed', give_up: 'Give the outcome up' },
    }),
    why: longText({ label: 'Why', required: true, max: 4000 }),
    differences: list({
      label: 'What it was, and what it becomes',
      derived: true,
      items: {
        field: text({ label: 'Of the outcome', required: true }),
        was: longText({ label: 'Was' }),
        becomes: longText({ label: 'Becomes' }),
      },
    }),
    statement: longText({ label: 'Statement', max: 2000 }),
    ...promiseFields,
  },
  columns: ['outcome', 'kind'],
  filters: ['outcome'],
  search: ['why'],
});
