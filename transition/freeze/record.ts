import { defineRecord } from '../../core/record/define/define.ts';
import { choice, instant, longText, reference, text } from '../../core/record/define/fields.ts';
import { freezeLifecycle } from './lifecycle.ts';

/** A time in which no change of a service, or of any, is implemented without an exception by name. */
export const freezeRecord = defineRecord({
  type: 'freeze',
  prefix: 'FRZ',
  stage: 'transition',
  path: 'freezes',
  table: 'transition.freeze',
  label: 'Change freeze',
  plural: 'Change freezes',
  layout: 'register',
  purpose: 'Times in which nothing is altered: peak trade, the end of a year, an election.',
  lifecycle: freezeLifecycle,
  fields: {
    service: reference({ label: 'Service', types: ['service'], help: 'Empty: every service.' }),
    freezeFrom: instant({ label: 'From', required: true }),
    freezeTo: instant({ label: 'To', required: true }),
    freezeZone: text({ label: 'Time zone', required: true, max: 60, help: 'An IANA name such as Europe/London.' }),
    cause: longText({ label: 'What it protects', required: true, max: 2000 }),
    declaredBySide: choice({ label: 'Declared by', options: { B: 'The business', P: 'The provider' }, derived: true }),
    exceptionFor: reference({ label: 'Last let through', types: ['change'], unhashed: true }),
  },
  columns: ['service', 'freezeFrom', 'freezeTo'],
  filters: ['service'],
  sorts: ['freezeFrom'],
  search: ['cause'],
});
