import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';
import { defineRecord } from '../../core/record/define/define.ts';
import {
  choice,
  date,
  decimal,
  instant,
  integer,
  longText,
  money,
  person,
  reference,
  text,
} from '../../core/record/define/fields.ts';

/** What an outcome promises: agreed with its requirement, and altered afterwards by an amendment alone. */
export const promiseFields = {
  measure: longText({ label: 'How it is measured', max: 2000 }),
  unit: text({ label: 'Unit', max: 40 }),
  direction: choice({
    label: 'Better is',
    options: { lower: 'Lower', higher: 'Higher', maintain: 'Within the band' },
  }),
  baseline: decimal({ label: 'Baseline' }),
  baselineFrom: date({ label: 'Baseline from' }),
  baselineTo: date({ label: 'Baseline to' }),
  target: decimal({ label: 'Target' }),
  attainBy: date({ label: 'Attain by' }),
  sustainPeriods: integer({ label: 'Periods to sustain', min: 1, max: 36 }),
  period: choice({ label: 'Period', options: { week: 'Week', month: 'Month', quarter: 'Quarter' } }),
  source: text({ label: 'Where the measure comes from' }),
  weight: decimal({ label: 'Weight', min: 0, max: 1, help: 'The weights of one package add up to 1.' }),
  unitValue: money({ label: 'Worth of one unit' }),
  verifier: person({ label: 'Benefit verifier' }),
} as const;

/** What an amendment may alter: all that is promised. */
const amended = [
  'statement?' as const,
  // The names are those of the fields.
  ...(Object.keys(promiseFields) as (keyof typeof promiseFields)[]).map((name) => `${name}?` as const),
];

/** A business outcome: the measurable result that the business wants, owned by a person of its side (INV-2). */
export const outcomeRecord = defineRecord({
  type: 'outcome',
  prefix: 'OUT',
  stage: 'strategy',
  path: 'outcomes',
  table: 'strategy.outcome',
  label: 'Outcome',
  plural: 'Outcomes',
  layout: 'register',
  purpose: 'The measurable results the business wants; value is computed from them.',
  inherits: 'requirement',
  fields: {
    requirement: reference({ label: 'Requirement', types: ['business-requirement'], required: true, fixed: true }),
    statement: longText({ label: 'Statement', required: true, max: 2000 }),
    ...promiseFields,
    latest: decimal({ label: 'Latest value', derived: true, unhashed: true }),
    latestAt: instant({ label: 'Latest value at', derived: true, unhashed: true }),
    latestGrade: choice({
      label: 'Grade of the latest value',
      options: { A: 'A', B: 'B', C: 'C', D: 'D' },
      derived: true,
      unhashed: true,
    }),
    attainment: decimal({ label: 'Attainment', derived: true, unhashed: true, unit: 'share' }),
    unclampedAttainment: decimal({ label: 'Attainment, unclamped', derived: true, unhashed: true, unit: 'share' }),
    attainedPeriods: integer({ label: 'Periods attained in a row', derived: true, unhashed: true }),
    missedPeriods: integer({ label: 'Periods missed in a row', derived: true, unhashed: true }),
  },
  columns: ['unit', 'baseline', 'target', 'latest', 'attainment', 'attainBy'],
  gist: ['baseline', 'target', 'unit', 'direction', 'attainBy', 'weight', 'measure'],
  filters: ['requirement'],
  search: ['statement'],
  lifecycle: defineLifecycle({
    initial: 'stated',
    states: {
      stated: { label: 'Stated', tone: 'neutral', editable: true },
      agreed: {
        label: 'Agreed',
        tone: 'good',
        instead: 'Propose an amendment: the business decides whether it stands instead.',
      },
      withdrawn: { label: 'Withdrawn', tone: 'unknown', final: true },
    },
    create: { who: ['BOW', 'BEX', 'BRM', 'SPM'] },
    edit: { who: ['BOW', 'BEX', 'BRM', 'SPM'] },
    moves: {
      withdraw: { label: 'Withdraw', from: ['stated'], to: 'withdrawn', who: ['BOW', 'BEX'], reason: true },
      agree: { label: 'Agree with its requirement', from: ['stated'], to: 'agreed', who: ['system'] },
      unagree: {
        label: 'No longer agreed with its requirement',
        from: ['agreed'],
        to: 'stated',
        who: ['system'],
        back: true,
      },
      amend: {
        label: 'Amend as decided',
        from: ['agreed'],
        to: 'agreed',
        who: ['system'],
        asks: amended,
      },
      'give-up': {
        label: 'Give up as decided',
        from: ['stated', 'agreed'],
        to: 'withdrawn',
        who: ['system'],
        back: true,
      },
    },
  }),
});
