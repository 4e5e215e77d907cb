import { defineRecord } from '../../core/record/define/define.ts';
import { choice, date, list, longText, reference, text } from '../../core/record/define/fields.ts';
import { componentLifecycle } from './lifecycle.ts';

/** A part of the solution: made, bought, or used again (model B.6). */
export const componentRecord = defineRecord({
  type: 'component',
  prefix: 'CMP',
  stage: 'design',
  path: 'components',
  table: 'design.component',
  label: 'Component',
  plural: 'Components',
  layout: 'document',
  purpose: 'The parts a service is made of, where each comes from, and which version is the definitive one.',
  lifecycle: componentLifecycle,
  inherits: 'designPackage',
  // What a source speaks of is in use: it is not planned or designed here.
  traits: { source: { namedIn: 'in_service' } },
  fields: {
    designPackage: reference({
      label: 'Service design package',
      types: ['design-package'],
      required: true,
      fixed: true,
    }),
    kind: choice({
      label: 'Kind',
      options: {
        application: 'Application',
        infrastructure: 'Infrastructure',
        integration: 'Integration',
        data: 'Data',
        documentation: 'Documentation',
        supplied_service: 'Supplied service',
      },
    }),
    description: longText({ label: 'What it does', max: 4000 }),
    options: list({
      label: 'Options compared',
      items: {
        option: text({ label: 'Option', required: true }),
        assessment: longText({ label: 'Assessment', required: true, max: 2000 }),
      },
    }),
    sourcing: choice({ label: 'Sourcing', options: { made: 'Made', bought: 'Bought', reuse: 'Used again' } }),
    rationale: longText({ label: 'Why', max: 4000 }),
    exitOption: longText({ label: 'Way out', max: 2000 }),
    supplier: text({ label: 'Supplier' }),
    contract: text({ label: 'Contract' }),
    contractState: choice({ label: 'Contract is', options: { draft: 'Draft', active: 'Active', ended: 'Ended' } }),
    contractEnds: date({ label: 'Contract ends' }),
    repository: text({ label: 'Repository or work item', max: 500 }),
    artefactVersion: text({ label: 'Version' }),
    artefactHash: text({ label: 'Hash of the artefact', max: 128 }),
    licence: text({ label: 'Licence' }),
  },
  columns: ['kind', 'sourcing', 'supplier', 'artefactVersion'],
  filters: ['designPackage', 'kind', 'sourcing'],
  search: ['description', 'supplier'],
});
