import { defineRecord } from '../../core/record/define/define.ts';
import { choice, instant, integer, list, longText, reference, text } from '../../core/record/define/fields.ts';
import { earlyLifeLifecycle } from './lifecycle.ts';

export const earlyLifeRecord = defineRecord({
  type: 'early-life-support',
  prefix: 'ELS',
  stage: 'transition',
  path: 'early-life-support',
  table: 'transition.early_life_support',
  label: 'Early life support',
  plural: 'Early life support',
  layout: 'document',
  purpose: 'The watched time after go-live, until the customers agree that the service is stable and used as intended.',
  inherits: 'release',
  lifecycle: earlyLifeLifecycle,
  traits: { files: true },
  fields: {
    release: reference({ label: 'Release', types: ['release'], required: true, fixed: true }),
    team: longText({ label: 'Support team and daily review', max: 4000 }),
    windowDays: integer({ label: 'Observation window', unit: 'days', min: 1, max: 365 }),
    criteria: list({
      label: 'Exit criteria',
      items: {
        criterion: text({ label: 'Criterion', required: true }),
        statement: longText({ label: 'Statement', required: true, max: 2000 }),
        threshold: text({ label: 'Threshold' }),
        state: choice({
          label: 'State',
          required: true,
          options: { unmet: 'Unmet', met: 'Met' },
        }),
        basis: choice({ label: 'Judged by', options: { figures: 'Figures', people: 'People' } }),
        value: text({ label: 'Value' }),
        note: longText({ label: 'Note', max: 2000 }),
      },
    }),
    activatedAt: instant({ label: 'Active since', derived: true, unhashed: true }),
    windowFrom: instant({ label: 'Observed since', derived: true, unhashed: true }),
    extensions: integer({ label: 'Extensions', derived: true, unhashed: true }),
  },
  columns: ['release', 'windowDays', 'windowFrom', 'extensions'],
  filters: ['release'],
});
