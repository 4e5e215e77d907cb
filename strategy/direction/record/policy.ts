import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';
import { defineRecord } from '../../../core/record/define/define.ts';
import { choice, date, list, longText, text } from '../../../core/record/define/fields.ts';

const owners = ['POL'] as const;

/** A policy as an executable rule: evaluated at every gate it names (model B.26). */
export const policyRecord = defineRecord({
  type: 'policy',
  prefix: 'POL',
  stage: 'strategy',
  path: 'policies',
  table: 'strategy.policy',
  label: 'Policy',
  plural: 'Policies',
  layout: 'document',
  purpose: 'What every decision has to keep to, written so that people read it and gates evaluate it.',
  fields: {
    statement: longText({ label: 'The policy in plain words', required: true, max: 2000 }),
    rule: longText({
      label: 'Rule',
      required: true,
      max: 2000,
      help: 'A FEEL expression over the facts of the gate, true where the policy is met.',
    }),
    gates: list({ label: 'Gates', items: { gate: text({ label: 'Gate', required: true, max: 4 }) }, most: 20 }),
    effect: choice({
      label: 'Where it is not met',
      required: true,
      options: { block: 'The gate stays closed', waivable: 'Closed, unless waived', advise: 'The decider is told' },
    }),
    effectiveFrom: date({ label: 'In force from' }),
  },
  columns: ['effect', 'effectiveFrom'],
  filters: ['effect'],
  search: ['statement'],
  lifecycle: defineLifecycle({
    initial: 'draft',
    states: {
      draft: { label: 'Draft', tone: 'neutral', editable: true },
      reviewed: { label: 'Reviewed', tone: 'running' },
      approved: { label: 'Approved', tone: 'good' },
      in_force: { label: 'In force', tone: 'good' },
      superseded: { label: 'Superseded', tone: 'unknown', final: true },
      withdrawn: { label: 'Withdrawn', tone: 'unknown', final: true },
    },
    create: { who: [...owners, 'SPM'] },
    edit: { who: [...owners, 'SPM'] },
    moves: {
      review: { label: 'Review', from: ['draft'], to: 'reviewed', who: owners, primary: true },
      return: { label: 'Return to draft', from: ['reviewed'], to: 'draft', who: [...owners, 'SPM'], back: true },
      approve: { label: 'Approve', from: ['reviewed'], to: 'approved', who: ['SPM'], primary: true },
      enforce: {
        label: 'Bring into force',
        from: ['approved'],
        to: 'in_force',
        who: ['system', ...owners],
        rules: ['date-reached'],
      },
      supersede: { label: 'Supersede', from: ['in_force'], to: 'superseded', who: owners, reason: true },
      withdraw: {
        label: 'Withdraw',
        from: ['draft', 'reviewed', 'approved', 'in_force'],
        to: 'withdrawn',
        who: owners,
        reason: true,
      },
    },
  }),
});
