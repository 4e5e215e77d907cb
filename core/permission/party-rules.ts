import type { RuleContext } from '../lifecycle/rule.ts';
import { implement } from '../lifecycle/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { RoleDefinition } from './principal.ts';
import { administratorRole, customerAdministratorRole, delegationRecord, grantRecord } from './party.ts';

type Roles = ReadonlyMap<string, RoleDefinition>;

const held = (context: RuleContext, role: string) => context.actor.grants.filter((grant) => grant.role === role);

/**
 * The rules of rights. Roles on the business side are granted by the customer's own authority administrator, all others by the
 * platform administrator: no provider's account can make a business decider.
 */
export function partyRules(roles: Roles) {
  return {
    grant: implement(grantRecord.lifecycle, {
      'grantor-is-of-that-side': {
        sentence: "Business roles are granted by the customer's own administrator, provider roles by the provider's.",
        check: (context) => grantor(roles, context),
      },
    }),
    delegation: implement(delegationRecord.lifecycle, {
      'lends-own-role': { sentence: 'One lends what one holds oneself.', check: lendsOwn },
      'stays-on-its-side': {
        sentence: 'A role is lent within its side.',
        needs: ['delegateCustomer'],
        check: (context) => staysOnSide(roles, context),
      },
      'period-is-ordered': {
        sentence: 'The period ends after it begins.',
        check: ({ values }) =>
          String(values['validTo']) > String(values['validFrom']) && values['delegator'] !== values['delegate']
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
        check: ({ record, actor }) =>
          record.fields['delegator'] === actor.id || record.fields['delegate'] === actor.id
            ? []
            : [refusal('permission.role', 'This delegation is not yours.', 'Ask the one who lent the role.')],
      },
    }),
  };
}

function grantor(roles: Roles, context: RuleContext): Refusal[] {
  const { role, customer } = context.values;
  const { validFrom, validTo } = context.values as { validFrom?: string | null; validTo?: string | null }; // instants, by the fields' schemas
  const wanted = roles.get(String(role));
  if (!wanted)
    return [
      refusal(
        'grant.unknown-role',
        `There is no role ${String(role)}.`,
        `Roles: ${[...roles.keys()].join(', ')}.`,
        'role',
      ),
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
  if (typeof customer !== 'string')
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

function lendsOwn({ values, actor }: RuleContext): Refusal[] {
  const own = actor.grants.some(
    (grant) =>
      grant.delegationId === null && grant.role === values['role'] && grant.customer === (values['customer'] ?? null),
  );
  if (own && values['delegator'] === actor.id) return [];
  return [
    refusal(
      'delegation.not-own',
      'You can lend a role that you hold yourself, and no other.',
      'Choose one of your own roles; a borrowed one cannot be lent on.',
      'role',
    ),
  ];
}

function staysOnSide(roles: Roles, { values, facts }: RuleContext): Refusal[] {
  const business = roles.get(String(values['role']))?.side === 'B';
  const delegateCustomer = facts['delegateCustomer'] ?? null;
  const fits = business ? delegateCustomer === values['customer'] : delegateCustomer === null;
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
