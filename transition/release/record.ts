import { defineRecord } from '../../core/record/define/define.ts';
import { boolean, choice, date, instant, list, longText, reference, text } from '../../core/record/define/fields.ts';
import { releaseLifecycle } from './lifecycle.ts';

export const releaseRecord = defineRecord({
  type: 'release',
  prefix: 'REL',
  stage: 'transition',
  path: 'releases',
  table: 'transition.release',
  label: 'Release',
  plural: 'Releases',
  layout: 'document',
  purpose: 'Components built, tested, accepted and brought into live use together.',
  inherits: ['designPackage', 'serviceVersion'],
  lifecycle: releaseLifecycle,
  traits: { files: true },
  fields: {
    designPackage: reference({ label: 'Design package', types: ['design-package'], fixed: true }),
    serviceVersion: reference({ label: 'Service version', types: ['service-version'], fixed: true }),
    purpose: longText({ label: 'What it brings', max: 4000 }),
    kind: choice({
      label: 'Kind',
      options: { full: 'Full', delta: 'Delta', package: 'Package', emergency: 'Emergency' },
    }),
    mode: choice({
      label: 'Way of deployment',
      options: {
        big_bang: 'All at once',
        phased: 'Phased',
        pilot: 'Pilot',
        canary: 'Canary',
        parallel: 'Parallel',
      },
    }),
    goLiveOn: date({ label: 'Planned go-live' }),
    manifest: list({
      label: 'Manifest',
      derived: true,
      most: 500,
      items: {
        component: text({ label: 'Component', required: true }),
        ref: text({ label: 'Number', required: true }),
        hash: text({ label: 'Hash of its baseline', required: true }),
      },
    }),
    manifestHash: text({ label: 'Hash of the manifest', derived: true }),
    criteria: list({
      label: 'Acceptance criteria',
      most: 100,
      items: {
        criterion: text({ label: 'Criterion', required: true }),
        statement: longText({ label: 'Statement', required: true, max: 2000 }),
        side: choice({ label: 'Side', options: { B: 'Business', P: 'Provider' } }),
        state: choice({ label: 'State', required: true, options: { unmet: 'Unmet', met: 'Met' } }),
        evidence: longText({ label: 'Evidence', max: 2000 }),
      },
    }),
    knownErrors: longText({ label: 'Known errors', help: 'Write "none" where there are none.', max: 8000 }),
    backOutPlan: longText({ label: 'Back-out plan' }),
    backOutRehearsed: boolean({ label: 'Back-out rehearsed' }),
    noReturnAt: instant({ label: 'Point of no return', help: 'After this moment it can only be fixed forward.' }),
    rootCause: longText({ label: 'Cause of the back-out', unhashed: true, max: 4000 }),
    answers: list({
      label: 'Answers to findings',
      items: {
        itemRef: text({ label: 'Finding', required: true }),
        answer: longText({ label: 'Answer', required: true }),
      },
    }),
  },
  columns: ['kind', 'mode', 'goLiveOn', 'serviceVersion'],
  filters: ['serviceVersion', 'designPackage'],
  sorts: ['goLiveOn'],
  search: ['purpose'],
});
