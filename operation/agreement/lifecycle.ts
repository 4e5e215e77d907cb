import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const complete = ['shared-with-customer', 'service-hours', 'targets-set'] as const;

/** Agreement on service levels (model B.24). */
export const agreementLifecycle = defineLifecycle({
  initial: 'draft',
  states: {
    draft: { label: 'Draft', tone: 'neutral', editable: true },
    negotiating: { label: 'Negotiating', tone: 'running', editable: true },
    agreed: { label: 'Agreed', tone: 'good' },
    in_force: { label: 'In force', tone: 'good' },
    under_review: { label: 'Under review', tone: 'attention', editable: true },
    terminated: { label: 'Terminated', tone: 'unknown', final: true },
  },
  create: { who: ['SLM', 'SOW', 'BRM'] },
  edit: { who: ['SLM', 'SOW', 'BRM'] },
  moves: {
    negotiate: {
      label: 'Open negotiation',
      from: ['draft'],
      to: 'negotiating',
      who: ['SLM'],
      rules: complete,
      primary: true,
    },
    'sign-customer': {
      label: 'Sign for the customer',
      from: ['negotiating'],
      to: 'same',
      who: ['CUS'],
      rules: [...complete, 'signs-for-customer'],
      sets: { signedByCustomer: 'actor' },
      primary: true,
    },
    'sign-provider': {
      label: 'Sign for the provider',
      from: ['negotiating'],
      to: 'same',
      who: ['SLM'],
      rules: complete,
      sets: { signedByProvider: 'actor' },
    },
    agree: {
      label: 'Both have signed',
      from: ['negotiating'],
      to: 'agreed',
      who: ['system'],
      rules: ['signed-by-both'],
    },
    'put-in-force': {
      label: 'Put in force',
      from: ['agreed'],
      to: 'in_force',
      who: ['SLM'],
      rules: ['signed-by-both', 'begins', 'not-back-dated'],
      primary: true,
    },
    review: { label: 'Review', from: ['in_force'], to: 'under_review', who: ['SLM', 'CUS'], reason: true },
    keep: {
      label: 'Keep as it is',
      from: ['under_review'],
      to: 'in_force',
      who: ['SLM'],
      rules: ['unamended'],
      back: true,
    },
    amend: {
      label: 'Negotiate the amendment',
      from: ['under_review'],
      to: 'negotiating',
      who: ['SLM'],
      rules: complete,
      reason: true,
      sets: { signedByCustomer: null, signedByProvider: null },
    },
    terminate: {
      label: 'Terminate',
      from: ['in_force', 'under_review'],
      to: 'terminated',
      who: ['CUS'],
      rules: ['signs-for-customer'],
      reason: true,
    },
  },
});
