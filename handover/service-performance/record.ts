import { customer, date, decimal, integer } from '../../core/record/define/fields.ts';
import { defineHandOver } from '../hand-over/record.ts';

const count = (label: string) => integer({ label, derived: true, min: 0 });

/** Operation hands what a service delivered to a customer in a month over to Improvement (model S12, S15). */
export const servicePerformance = defineHandOver({
  type: 'service-performance',
  prefix: 'SPF',
  path: 'service-performances',
  table: 'handover.service_performance',
  label: 'Service performance',
  plural: 'Service performances',
  purpose: 'What a service delivered to a customer in a month, as Operation knew it when the month was told.',
  from: 'operation',
  to: 'improvement',
  subject: 'service',
  series: ['forCustomer', 'periodFrom'],
  offers: ['OPS', 'SLM'],
  accepts: ['CSI'],
  parts: { service: { least: 1, goesOn: true }, agreement: { least: 0, goesOn: true } },
  fields: {
    forCustomer: customer({ label: 'Customer organisation', derived: true }),
    periodFrom: date({ label: 'From', derived: true }),
    periodTo: date({ label: 'To', derived: true }),
    logged: count('Incidents logged'),
    restored: count('Incidents restored'),
    openAtEnd: count('Open at the end'),
    targetMet: count('Restored within target'),
    targetMissed: count('Target missed'),
    notMeasurable: count('Restored without a target'),
    medianRestoreMinutes: decimal({ label: 'Open minutes to restore, median', derived: true }),
    reopened: count('Restored incidents reopened'),
    handedOverTwice: count('Handed over at least twice'),
  },
  columns: ['forCustomer', 'periodFrom', 'logged', 'restored', 'targetMet', 'targetMissed'],
});
