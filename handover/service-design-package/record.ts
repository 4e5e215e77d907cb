import { integer } from '../../core/record/define/fields.ts';
import { defineHandOver } from '../hand-over/record.ts';

/** Design hands the accepted and baselined design package over to Transition (model C.2). */
export const serviceDesignPackageHandOver = defineHandOver({
  type: 'service-design-package-hand-over',
  prefix: 'HDP',
  path: 'service-design-package-hand-overs',
  table: 'handover.service_design_package',
  label: 'Hand-over to Transition',
  plural: 'Hand-overs to Transition',
  purpose:
    'What Transition is to build, test and deploy: the baselined design with its components, edition by edition.',
  from: 'design',
  to: 'transition',
  subject: 'design-package',
  offers: ['SDM', 'DAU'],
  accepts: ['TRM', 'RDM'],
  parts: {
    design: { least: 1 },
    // From here on they are received and built.
    component: { least: 1, goesOn: true },
  },
  fields: { itemsAccepted: integer({ label: 'Items accepted by those who work with them', derived: true, min: 0 }) },
  columns: ['itemsAccepted'],
});
