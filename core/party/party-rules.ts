import type { ContextOn } from '../record/define/rule.ts';
import { rulesOf } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import type { delegationRecord, grantRecord } from './party.ts';
import type { Role } from '../permission/role.ts';

type Grant = typeof grantRecord;
type Delegation = typeof delegationRecord;

/** What the rules of a delegation need to know. */
export interface DelegationFacts {
  /** The customer organisation of who borrows; null for the provider's own people. */
  delegateCustomer: string | null;
}

type Roles = ReadonlyMap<string, RoleDefinition>;

const held = (context: ContextOn<Grant, object>, role: Role) =>
  context.actor.grants.filter((grant) => grant.role === role);

/**
 * The rules of rights. Roles on the business side are granted by the customer's own authority administrator, all others by the
 * platform administrator: no provider's account can make a business decider.
 */
export function partyRules(roles: Roles) {
  return {
    grant: rulesOf<Grant>({
      'grantor-is-of-that-side': {
        sentence: "Business roles are granted by the customer's own administrator, provider roles by the provider's.",
        gives: [
          'grant.unknown-role',
          'grant.period',
          'permission.role',
          'grant.customer',
          'grant.not-customer-administrator',
        ],
        check: (context) => grantor(roles, context),
      },
    }),
    delegation: rulesOf<Delegation, DelegationFacts>({
      'lends-own-role': {
        sentence: 'One lends what one holds oneself.',
        gives: ['delegation.not-own'],
        check: lendsOwn,
      },
      'stays-on-its-side': {
        sentence: 'A role is lent within its side.',
        needs: ['delegateCustomer'],
        gives: ['delegation.side'],
        check: (context) => staysOnSide(roles, context),
      },
      'period-is-ordered': {
        sentence: 'The period ends after it begins.',
        gives: ['delegation.period'],
        check: ({ values }) =>
          values.validTo > values.validFrom && values.delegator !== values.delegate
            ? []
            : [
                refusal(
                  'delegation.period',
                  'A delegation ends after it begins, and goes to somebody else.',
                  'Mend the dates or the person.',
                  'validTo',
                ),
              ],
      },
      'own-delegation': {
        sentence: 'A delegation is ended by who lent or who borrowed.',
        gives: ['permission.role'],
        check: ({ record, actor }) =>
          record.fields.delegator === actor.id || record.fields.delegate === actor.id
            ? []
            : [refusal('permission.role', 'This delegation is not yours.', 'Ask the one who lent the role.')],
      },
    }),
  };
}

function grantor(roles: Roles, context: ContextOn<Grant, object>): Refusal[] {
  const { role, customer, validFrom, validTo } = context.values;
  const wanted = roles.get(role);
  if (!wanted)
    return [
      refusal('grant.unknown-role', `There is no role ${role}.`, `Roles: ${[...roles.keys()].join(', ')}.`, 'role'),
    ];
  if (validFrom && validTo && validTo <= validFrom)
    return [refusal('grant.period', 'A right ends after it begins.', 'Mend the dates.', 'validTo')];
  const ofCustomer = wanted.side === 'B' || wanted.side === 'U';
  if (!ofCustomer)
    return held(context, administratorRole).length
      ? []
      : [
          refusal(
            'permission.role',
            `${wanted.label} is granted by the provider's administrator.`,
            'Ask the administrator.',
          ),
        ];
  if (customer === null)
    return [
      refusal(
        'grant.customer',
        `${wanted.label} is a role within one customer organisation.`,
        'Name the customer.',
        'customer',
      ),
    ];
  const own = held(context, customerAdministratorRole).some(
    (grant) => grant.customer === customer && grant.delegationId === null,
  );
  return own
    ? []
    : [
        refusal(
          'grant.not-customer-administrator',
          `${wanted.label} is granted by the customer's own administrator only.`,
          "Ask the customer's authority administrator.",
        ),
      ];
}

function lendsOwn({ values, actor }: ContextOn<Delegation, DelegationFacts>): Refusal[] {
  const own = actor.grants.some(
    (grant) => grant.delegationId === null && grant.role === values.role && grant.customer === values.customer,
  );
  if (own && values.delegator === actor.id) return [];
  return [
    refusal(
      'delegation.not-own',
      'You can lend a role that you hold yourself, and no other.',
      'Choose one of your own roles; a borrowed one cannot be lent on.',
      'role',
    ),
  ];
}

function staysOnSide(
  roles: Roles,
  { values, facts: { delegateCustomer } }: ContextOn<Delegation, DelegationFacts>,
): Refusal[] {
  const business = roles.get(values.role)?.side === 'B';
  const fits = business ? delegateCustomer === values.customer : delegateCustomer === null;
  return fits
    ? []
    : [
        refusal(
          'delegation.side',
          'A role is never lent from one side to the other.',
          business ? 'Choose somebody of the same customer organisation.' : "Choose one of the provider's own people.",
          'delegate',
        ),
      ];
}
