import { defineRecord } from '../../../core/record/define/define.ts';
import { customer, instant, reference } from '../../../core/record/define/fields.ts';
import { subscriptionLifecycle } from '../lifecycle/subscription.ts';

/** A service version as one customer organisation has it. */
export const subscriptionRecord = defineRecord({
  type: 'subscription',
  prefix: 'SUB',
  stage: 'strategy',
  path: 'subscriptions',
  table: 'strategy.subscription',
  label: 'Subscription',
  plural: 'Subscriptions',
  layout: 'register',
  purpose: 'Which customer has which version of a service, since when and under which agreement.',
  lifecycle: subscriptionLifecycle,
  inherits: 'serviceVersion',
  fields: {
    serviceVersion: reference({ label: 'Service version', types: ['service-version'], required: true, fixed: true }),
    service: reference({ label: 'Service', types: ['service'], required: true, fixed: true }),
    customer: customer({ label: 'Customer organisation', required: true }),
    agreement: reference({ label: 'Agreement', types: ['agreement'], unhashed: true }),
    liveSince: instant({ label: 'Live since', derived: true, unhashed: true }),
  },
  columns: ['service', 'customer', 'agreement', 'liveSince'],
  filters: ['service', 'serviceVersion', 'customer'],
});
