import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';
import { defineRecord } from '../../../core/record/define/define.ts';
import { date, longText, reference } from '../../../core/record/define/fields.ts';

/** A policy's exemption for one subject and what follows from it: dated, with a control in its place (model B.26). */
export const waiverRecord = defineRecord({
  type: 'policy-waiver',
  prefix: 'WVR',
  stage: 'strategy',
  path: 'policy-waivers',
  table: 'strategy.policy_waiver',
  label: 'Policy waiver',
  plural: 'Policy waivers',
  layout: 'register',
  purpose: 'Where a policy is set aside for a while, for what, and with which control instead.',
  inherits: 'subject',
  fields: {
    policy: reference({ label: 'Policy', types: ['policy'], required: true }),
    subject: reference({
      label: 'For',
      required: true,
      types: [
        'business-requirement',
        'service-package',
        'design-package',
        'change',
        'release',
        'early-life-support',
        'improvement',
        'service-version',
      ],
    }),
    reason: longText({ label: 'Why', required: true, max: 4000 }),
    control: longText({ label: 'Control in its place', max: 4000 }),
    risk: longText({ label: 'Risk that is left', max: 4000 }),
    validUntil: date({ label: 'Valid until' }),
  },
  columns: ['policy', 'subject', 'validUntil'],
  filters: ['policy', 'subject'],
  lifecycle: defineLifecycle({
    initial: 'requested',
    states: {
      requested: { label: 'Requested', tone: 'running', editable: true },
      granted: { label: 'Granted', tone: 'attention' },
      refused: { label: 'Refused', tone: 'unknown', final: true },
      expired: { label: 'Expired', tone: 'unknown' },
      revoked: { label: 'Revoked', tone: 'unknown', final: true },
    },
    create: { who: ['SPM', 'BRM', 'SDM', 'SOW', 'TRM', 'CHM', 'RDM', 'OPS', 'CSI'] },
    edit: { who: ['SPM', 'BRM', 'SDM', 'SOW', 'TRM', 'CHM', 'RDM', 'OPS', 'CSI'] },
    moves: {
      grant: {
        label: 'Grant',
        from: ['requested'],
        to: 'granted',
        who: ['POL'],
        asks: ['control', 'risk?', 'validUntil'],
        rules: ['policy-waivable', 'ends-later'],
        separation: [
          { id: 'SD4', sentence: 'Who asks for a waiver does not grant it.', notActorOf: ['create', 'request-again'] },
        ],
        primary: true,
      },
      refuse: { label: 'Refuse', from: ['requested'], to: 'refused', who: ['POL'], reason: true },
      expire: { label: 'Expired', from: ['granted'], to: 'expired', who: ['system'] },
      revoke: { label: 'Revoke', from: ['granted'], to: 'revoked', who: ['POL'], reason: true },
      'request-again': {
        label: 'Request again',
        from: ['expired'],
        to: 'requested',
        who: ['SPM', 'BRM', 'SDM', 'SOW', 'TRM', 'CHM', 'RDM', 'OPS', 'CSI'],
        back: true,
      },
    },
  }),
});
