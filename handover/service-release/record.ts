import { defineHandOver } from '../hand-over/record.ts';

/** Transition hands the verified release over to Operation, which takes it over by the end of early life (model B.11, EL-10). */
export const serviceReleaseHandOver = defineHandOver({
  type: 'service-release-hand-over',
  prefix: 'HSR',
  path: 'service-release-hand-overs',
  table: 'handover.service_release',
  label: 'Hand-over to Operation',
  plural: 'Hand-overs to Operation',
  purpose: 'What Operation is to run and support: the release as it landed, with its agreements, edition by edition.',
  from: 'transition',
  to: 'operation',
  subject: 'release',
  offers: ['TRM', 'RDM'],
  accepts: ['OPS'],
  parts: {
    release: { least: 1 },
    component: { least: 1 },
    'service-version': { least: 0 },
    // It is completed and reviewed after the deployment.
    change: { least: 1, goesOn: true },
    agreement: { least: 0 },
  },
  fields: {},
});
