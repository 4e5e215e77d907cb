import { defineHandOver } from '../hand-over/record.ts';

/** Strategy hands the agreed, funded and chartered package over to Design (model C.1). */
export const servicePackageHandOver = defineHandOver({
  type: 'service-package-hand-over',
  prefix: 'HSP',
  path: 'service-package-hand-overs',
  table: 'handover.service_package',
  label: 'Hand-over to Design',
  plural: 'Hand-overs to Design',
  purpose: 'What Design is to design from: the agreed package with its requirements and outcomes, edition by edition.',
  from: 'strategy',
  to: 'design',
  subject: 'service-package',
  offers: ['SPM'],
  accepts: ['SDM', 'DAU'],
  parts: { package: { least: 1 }, requirement: { least: 1 }, outcome: { least: 1 } },
  fields: {},
});
