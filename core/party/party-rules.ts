import type { ContextOn } from '../record/define/rule.ts';
import { rulesOf } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import { handingOnRefusals } from './handing-on.ts';
import { holdsItself } from './keeps-person.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import type { delegationRecord, grantRecord } from './party.ts';
import { lastAdministrator, onlyDecider } from './person-rules.ts';
import type { Undecided } from './person-rules.ts';

type Grant = typeof grantRecord;
type Delegation = typeof delegationRecord;

/** What the rules of a right need to know. */
export interface GrantFacts {
  /** The customer organisation of who is given it; null for the provider's own people. */
  home: string | null;
  /** Roles of administrators that nobody would hold for good without this right. */
  leavesWithout: string[];
  /** Decisions that wait, and that nobody else holds a role for. */
  undecided: Undecided[];
}

/** What the rules of a delegation need to know. */
export interface DelegationFacts {
  /** The customer organisation of who borrows; null for the provider's own people. */
  delegateCustomer: string | null;
}

type Roles = ReadonlyMap<string, RoleDefinition>;

/** Roles on the business side and of users are held within one customer organisation, by its own people. */
const isOfCustomer = (role: RoleDefinition | undefined): boolean => role?.side === 'B' || role?.side === 'U';

/**
 * The rules of rights. Roles on the business side are granted by the customer's own authority administrator, all others by the
 * platform administrator: no provider's account can make a business decider.
 */
export function partyRules(roles: Roles, deciding: ReadonlySet<string>) {
  return {
    grant: rulesOf<Grant, GrantFacts>({
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
      'person-is-of-that-side': {
        sentence:
          "A role is given to people of its own side: a customer's to that customer's, the provider's to the provider's.",
        needs: ['home'],
        gives: ['grant.side'],
        check: (context) => staysHome(roles, context),
      },
      'within-the-key': within(deciding),
      'leaves-an-administrator': {
        sentence: 'Every side keeps an administrator who can sign in.',
        needs: ['leavesWithout'],
        gives: ['person.last-administrator'],
        check: ({ facts }) => (facts.leavesWithout.length ? [lastAdministrator('Who holds this right')] : []),
      },
      'leaves-a-decider': {
        sentence: 'No right goes that alone counts for a decision that waits.',
        needs: ['undecided'],
        gives: ['person.only-decider'],
        check: ({ facts }) => onlyDecider(facts.undecided, 'who holds this right'),
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
      'within-the-key': within(deciding),
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

/** A key never does by another's right what it may not do itself. */
const within = (deciding: ReadonlySet<string>) => ({
  sentence: 'A key that may not decide hands on no role that decides, consents or administers.',
  gives: ['permission.key-scope'],
  check: ({ values, actor }: ContextOn<Grant> | ContextOn<Delegation>) =>
    deciding.has(values.role) ? handingOnRefusals(actor) : [],
});

function grantor(roles: Roles, context: ContextOn<Grant, GrantFacts>): Refusal[] {
  const { role, customer, validFrom, validTo } = context.values;
  const wanted = roles.get(role);
  if (!wanted)
    return [
      refusal('grant.unknown-role', `There is no role ${role}.`, `Roles: ${[...roles.keys()].join(', ')}.`, 'role'),
    ];
  if (validFrom && validTo && validTo <= validFrom)
    return [refusal('grant.period', 'A right ends after it begins.', 'Mend the dates.', 'validTo')];
  if (!isOfCustomer(wanted))
    return holdsItself(context.actor.grants, administratorRole, null)
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
  return holdsItself(context.actor.grants, customerAdministratorRole, customer)
    ? []
    : [
        refusal(
          'grant.not-customer-administrator',
          `${wanted.label} is granted by the customer's own administrator only.`,
          "Ask the customer's authority administrator.",
        ),
      ];
}

function staysHome(roles: Roles, { values, facts: { home } }: ContextOn<Grant, GrantFacts>): Refusal[] {
  const ofCustomer = isOfCustomer(roles.get(values.role));
  if (home === (ofCustomer ? values.customer : null)) return [];
  return [
    refusal(
      'grant.side',
      'A role is given to people of its own side only.',
      ofCustomer ? 'Choose somebody of that customer organisation.' : "Choose one of the provider's own people.",
      'person',
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
  const business = isOfCustomer(roles.get(values.role));
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
