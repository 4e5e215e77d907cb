// People, teams, customer organisations, grants and delegations: records like any other, through the same door.
import { defineLifecycle } from '../lifecycle/lifecycle.ts';
import { defineRecord } from '../record/define/define.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { succession, successionMoves } from './succession.ts';
import { choice, customer, instant, list, money, person, text } from '../record/define/fields.ts';

/** Keeps the provider's settings; holds no authority over any subject. */
export const administratorRole = 'ADM';
/** The customer organisation's own authority administrator: grants its rights. */
export const customerAdministratorRole = 'CAD';

const administrators = [administratorRole] as const;
const either = [administratorRole, customerAdministratorRole] as const;
const active = { label: 'Active', tone: 'good', editable: true } as const;

export const personRecord = defineRecord({
  type: 'person',
  prefix: 'PER',
  stage: 'party',
  path: 'people',
  table: 'core.person',
  label: 'Person',
  plural: 'People',
  layout: 'register',
  rights: true,
  common: true,
  titleLabel: 'Name',
  personalTitle: true,
  purpose: 'Everybody who asks, decides, works or is written to.',
  fields: {
    email: text({ label: 'E-mail', personal: true, max: 320 }),
    customer: customer({ label: 'Customer organisation', help: "Empty for the provider's own people." }),
    sourceKey: text({ label: 'Key in the source', derived: true }),
  },
  columns: ['email', 'customer'],
  filters: ['customer'],
  lifecycle: defineLifecycle({
    initial: 'active',
    states: {
      active,
      suspended: { label: 'Suspended', tone: 'attention' },
      left: { label: 'Left', tone: 'unknown', final: true },
    },
    create: { who: either, rules: ['noted-by-its-side'] },
    edit: { who: either, rules: ['noted-by-its-side'] },
    moves: {
      suspend: {
        label: 'Suspend',
        from: ['active'],
        to: 'suspended',
        who: either,
        reason: true,
        rules: ['kept-by-its-side', 'leaves-an-administrator', 'leaves-a-decider'],
      },
      // Whoever acts in a stolen name is stopped first; who decides instead is named afterwards.
      'suspend-at-once': {
        label: 'Suspend at once',
        from: ['active'],
        to: 'suspended',
        who: either,
        reason: true,
        reasonCodes: { stolen: 'Somebody else acts in this name', feared: 'It is feared that somebody does' },
        rules: ['kept-by-its-side', 'leaves-an-administrator'],
      },
      reinstate: {
        label: 'Reinstate',
        from: ['suspended'],
        to: 'active',
        who: either,
        rules: ['kept-by-its-side'],
      },
      leave: {
        label: 'Mark as left',
        from: ['active', 'suspended'],
        to: 'left',
        who: either,
        reason: true,
        rules: ['kept-by-its-side', 'leaves-an-administrator', 'leaves-a-decider'],
      },
    },
  }),
});

export const teamRecord = defineRecord({
  type: 'team',
  prefix: 'TEAM',
  stage: 'party',
  path: 'teams',
  table: 'core.team',
  label: 'Team',
  plural: 'Teams',
  layout: 'register',
  titleLabel: 'Name',
  common: true,
  purpose: 'Groups of people that work is assigned to.',
  fields: {
    members: list({ label: 'Members', items: { person: person({ label: 'Person', required: true }) }, most: 500 }),
    sourceKey: text({ label: 'Key in the source', derived: true }),
  },
  columns: [],
  lifecycle: defineLifecycle({
    initial: 'active',
    states: { active, ended: { label: 'Ended', tone: 'unknown', final: true } },
    create: { who: administrators },
    edit: { who: administrators },
    moves: { end: { label: 'End', from: ['active'], to: 'ended', who: administrators, reason: true } },
  }),
});

export const customerRecord = defineRecord({
  type: 'customer',
  prefix: 'CUS',
  stage: 'party',
  path: 'customers',
  table: 'core.customer',
  label: 'Customer organisation',
  plural: 'Customer organisations',
  layout: 'register',
  rights: true,
  titleLabel: 'Name',
  purpose: 'The organisations that agree requirements, fund, decide and receive the value.',
  fields: {
    relationship: choice({
      label: 'Relationship',
      required: true,
      options: { internal: 'Internal (same organisation)', shared: 'Shared services unit', external: 'External' },
    }),
    zone: text({ label: 'Time zone', required: true, max: 60, help: 'An IANA name such as Europe/London.' }),
    claimedAt: instant({ label: 'Claimed', derived: true }),
    standing: choice({
      label: 'Standing of the claim',
      derived: true,
      options: { 'self-declared': 'Self-declared', confirmed: 'Confirmed' },
      help: 'Self-declared: one person came by a link that the provider handed over. Confirmed: a second of its people said so.',
    }),
    ...succession,
  },
  columns: ['relationship', 'zone', 'standing'],
  lifecycle: defineLifecycle({
    initial: 'active',
    states: { active, ended: { label: 'Ended', tone: 'unknown', final: true } },
    create: { who: administrators, rules: ['zone-exists'] },
    edit: { who: either, rules: ['edited-by-its-side'] },
    moves: {
      end: {
        label: 'End',
        from: ['active'],
        to: 'ended',
        who: either,
        reason: true,
        rules: ['ended-by-its-side', 'leaves-nothing-undecided'],
      },
      confirm: {
        label: 'Confirm the claim',
        from: ['active'],
        to: 'same',
        who: ['*'],
        reason: true,
        rules: ['confirmed-by-a-second'],
      },
      ...successionMoves,
    },
  }),
});

export const grantRecord = defineRecord({
  type: 'role-grant',
  prefix: 'GRA',
  stage: 'party',
  path: 'role-grants',
  table: 'core.role_grant',
  label: 'Role grant',
  plural: 'Role grants',
  layout: 'register',
  rights: true,
  purpose: 'Who holds which role, for which customer, up to which amount, from when until when.',
  fields: {
    person: person({ label: 'Person', required: true }),
    role: text({ label: 'Role', required: true, max: 10, names: 'role' }),
    customer: customer({
      label: 'Customer organisation',
      help: 'A role on the business side is always that of one customer.',
    }),
    limit: money({ label: 'Money limit' }),
    validFrom: instant({ label: 'Valid from' }),
    validTo: instant({ label: 'Valid to' }),
  },
  columns: ['person', 'role', 'customer', 'validTo'],
  filters: ['person', 'role', 'customer'],
  lifecycle: defineLifecycle({
    initial: 'active',
    states: {
      active: { label: 'In force', tone: 'good' },
      revoked: { label: 'Revoked', tone: 'unknown', final: true },
    },
    create: { who: either, rules: ['grantor-is-of-that-side', 'person-is-of-that-side', 'within-the-key'] },
    edit: { who: [] },
    moves: {
      revoke: {
        label: 'Revoke',
        from: ['active'],
        to: 'revoked',
        who: either,
        reason: true,
        rules: ['grantor-is-of-that-side', 'leaves-an-administrator', 'leaves-a-decider'],
      },
    },
  }),
});

export const delegationRecord = defineRecord({
  type: 'delegation',
  prefix: 'DEL',
  stage: 'party',
  path: 'delegations',
  table: 'core.delegation',
  label: 'Delegation',
  plural: 'Delegations',
  layout: 'register',
  rights: true,
  purpose: 'A role lent to somebody of the same side for a stated time; one hop, both names stay on every decision.',
  fields: {
    delegator: person({ label: 'From', required: true }),
    delegate: person({ label: 'To', required: true }),
    role: text({ label: 'Role', required: true, max: 10, names: 'role' }),
    customer: customer({ label: 'Customer organisation' }),
    validFrom: instant({ label: 'From', required: true }),
    validTo: instant({ label: 'Until', required: true }),
  },
  columns: ['delegator', 'delegate', 'role', 'validTo'],
  filters: ['delegator', 'delegate'],
  lifecycle: defineLifecycle({
    initial: 'active',
    states: {
      active: { label: 'In force', tone: 'good' },
      revoked: { label: 'Revoked', tone: 'unknown', final: true },
    },
    create: { who: ['*'], rules: ['lends-own-role', 'stays-on-its-side', 'within-the-key', 'period-is-ordered'] },
    edit: { who: [] },
    moves: { revoke: { label: 'Revoke', from: ['active'], to: 'revoked', who: ['*'], rules: ['own-delegation'] } },
  }),
});

/** Record types of people and rights, in the order in which they are listed. */
export const partyDefinitions: readonly RecordDefinition[] = [
  personRecord,
  teamRecord,
  customerRecord,
  grantRecord,
  delegationRecord,
];
