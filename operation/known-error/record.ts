import { defineRecord } from '../../core/record/define/define.ts';
import { integer, longText, person, reference, text } from '../../core/record/define/fields.ts';
import { knownErrorLifecycle } from './lifecycle.ts';

export const knownErrorRecord = defineRecord({
  type: 'known-error',
  prefix: 'KE',
  stage: 'operation',
  path: 'known-errors',
  table: 'operation.known_error',
  label: 'Known error',
  plural: 'Known errors',
  layout: 'case',
  purpose: 'A fault that is understood, with the way around it, offered on every incident that looks like it.',
  lifecycle: knownErrorLifecycle,
  inherits: 'problem',
  traits: { notes: {}, files: true },
  fields: {
    problem: reference({ label: 'Problem', types: ['problem'], fixed: true }),
    defect: text({ label: 'Defect', help: 'Of a release, by its name, where no problem stands behind it.' }),
    service: reference({ label: 'Service', types: ['service'], help: 'Empty: that of its problem.' }),
    component: reference({ label: 'Component', types: ['component'] }),
    category: text({ label: 'Category' }),
    affectedVersions: text({ label: 'Versions affected' }),
    symptom: longText({ label: 'Symptom', max: 4000, help: 'In the words of those who see it.' }),
    detectionRule: longText({ label: 'How to tell that it is this one', max: 4000 }),
    workaround: longText({ label: 'Workaround', max: 10_000, help: 'Step by step.' }),
    workaroundBy: person({ label: 'Workaround by', derived: true }),
    verification: longText({ label: 'How the workaround was tested', max: 4000 }),
    fixedVersion: text({ label: 'Version with the fix' }),
    usageCount: integer({ label: 'Workaround used', derived: true, unhashed: true }),
    failureCount: integer({ label: 'Failed since it was tested', derived: true, unhashed: true }),
  },
  columns: ['service', 'component', 'category', 'usageCount'],
  filters: ['service', 'component', 'category', 'problem'],
  search: ['symptom', 'detectionRule', 'workaround', 'defect', 'category'],
});
