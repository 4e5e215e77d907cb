import { defineRecord } from '../../../core/record/define/define.ts';
import { date, integer, longText, reference } from '../../../core/record/define/fields.ts';
import { versionLifecycle } from '../lifecycle/service-version.ts';

/** A version of a service on its way through the portfolio. */
export const versionRecord = defineRecord({
  type: 'service-version',
  prefix: 'SV',
  stage: 'strategy',
  path: 'service-versions',
  table: 'strategy.service_version',
  label: 'Service version',
  plural: 'Service versions',
  layout: 'document',
  purpose: 'Where each version of a service stands between the requirement and its retirement.',
  lifecycle: versionLifecycle,
  inherits: 'package',
  fields: {
    service: reference({ label: 'Service', types: ['service'], required: true, fixed: true }),
    package: reference({ label: 'Service package', types: ['service-package'], fixed: true }),
    versionNumber: integer({ label: 'Version', min: 1, required: true }),
    retirementPlan: longText({ label: 'Retirement plan', max: 20_000 }),
    retireOn: date({ label: 'Retire on' }),
  },
  columns: ['service', 'versionNumber'],
  filters: ['service'],
});
