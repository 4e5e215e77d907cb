// Who may decide at a gate: pure, over rights resolved at the instant of deciding.
import { separationRefusals } from '../record/define/decide.ts';
import type { PastActors } from '../record/define/decide.ts';
import type { Separation } from '../lifecycle/lifecycle.ts';
import { organisationEnded } from '../permission/ended.ts';
import type { Grant, Principal } from '../permission/principal.ts';
import type { RecordData } from '../record/define/data.ts';
import type { Money } from '../record/define/fields.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { facetsOf } from '../permission/facet.ts';
import { nilUuid } from '../record/define/id.ts';
import type { Gate } from '../lifecycle/gate.ts';
import type { Together } from './together.ts';

export interface AuthorityQuestion {
  gate: Gate;
  subject: Pick<RecordData, 'customers' | 'profile' | 'ref'>;
  principal: Pick<Principal, 'kind' | 'id' | 'grants' | 'keyScopes'> & Partial<Pick<Principal, 'customer' | 'ended'>>;
  /** Whose decision it is to be, where the person could decide for several customers. */
  customer?: string | undefined;
  /** What the decision commits; null where nothing. */
  amount: Money | null;
  /** Customers whose administrator claimed them. */
  claimed: readonly string[];
  /** Of these, the ones whose claim a second person of theirs confirmed. */
  confirmed: readonly string[];
  separation: readonly Separation[];
  pastActors: PastActors;
  /** The side this person already used on the subject's lineage. */
  side: string | null;
  together: Pick<Together, 'optedOut'>;
}

export interface Authority {
  grant: Grant | undefined;
  refusals: Refusal[];
  selfChecked: boolean;
  /** The light profile lets who came by a link alone decide, and marks it. */
  selfDeclared: boolean;
}

/** The right used, or all reasons why there is none. */
export function authority(question: AuthorityQuestion): Authority {
  const { gate, principal, subject } = question;
  if (principal.kind !== 'person')
    return none(
      refusal(
        'decision.system',
        'Only a person decides; the system never does.',
        `A person with role ${gate.roles.join(' or ')} must decide.`,
      ),
    );
  if (principal.ended) return none(organisationEnded);
  if (principal.keyScopes && !principal.keyScopes.includes('decide'))
    return none(
      refusal(
        'decision.key-scope',
        'This API key may not decide.',
        'Make a key with the scope "decide", or decide while signed in.',
      ),
    );
  const grant = rightUsed(question);
  if (!grant) return none(noAuthority(gate, principal));
  const refusals = [
    ...limits(grant, question),
    ...sides(question),
    ...claims(grant, question),
    ...bound(grant, question),
  ];
  const barred = [principal.id, ...(grant.onBehalfOf ? [grant.onBehalfOf] : [])].flatMap((person) =>
    separationRefusals({ separation: question.separation }, person, question.pastActors),
  );
  // Within the provider's own side, the light profile turns a separation into a visible mark; between the sides never.
  const marked = barred.length > 0 && subject.profile === 'light' && gate.side === 'P';
  return {
    grant,
    refusals: marked ? refusals : [...refusals, ...barred],
    selfChecked: marked,
    selfDeclared: grant.customer !== null && gate.side === 'B' && !question.confirmed.includes(grant.customer),
  };
}

/** The right that would be used: one whose limit covers the amount before one whose does not. */
function rightUsed(
  question: Omit<AuthorityQuestion, 'claimed' | 'confirmed' | 'separation' | 'pastActors' | 'side' | 'together'>,
) {
  const { gate, principal } = question;
  const candidates = principal.grants.filter(
    (grant) => gate.roles.includes(grant.role) && grant.side === gate.side && inScope(grant, question),
  );
  return candidates.find((each) => covers(each, question.amount)) ?? candidates[0];
}

/**
 * Whose facet of a subject somebody reads at a gate: that of the customer he would decide for, else his own. Null: all of it,
 * as the provider's people do.
 */
export function facetAt(
  question: Omit<AuthorityQuestion, 'claimed' | 'confirmed' | 'separation' | 'pastActors' | 'side' | 'together'>,
): string | null {
  const decides = question.gate.side === 'B' ? rightUsed(question)?.customer : undefined;
  const own = facetsOf(question.principal);
  if (decides || own === null) return decides ?? null;
  return question.subject.customers.find((id) => own.includes(id)) ?? nilUuid;
}

const none = (reason: Refusal): Authority => ({
  grant: undefined,
  refusals: [reason],
  selfChecked: false,
  selfDeclared: false,
});

function noAuthority(gate: Gate, principal: Pick<Principal, 'grants'>): Refusal {
  const roles = gate.roles.join(' or ');
  const foreign = gate.side === 'B' && !principal.grants.some((grant) => grant.side === 'B');
  return foreign
    ? refusal(
        'decision.not-business-authority',
        `${gate.code} is decided by the business; you do not act for the customer.`,
        `Ask the customer's ${roles} to decide.`,
      )
    : refusal(
        'decision.no-authority',
        `${gate.code} is decided by ${roles} of the organisation concerned; you hold no such role here.`,
        'Ask one of the people listed as deciders.',
      );
}

function inScope(
  grant: Grant,
  { gate, subject, customer }: Pick<AuthorityQuestion, 'gate' | 'subject' | 'customer'>,
): boolean {
  if (gate.side === 'P') return grant.customer === null || subject.customers.includes(grant.customer);
  return (
    grant.customer !== null &&
    subject.customers.includes(grant.customer) &&
    (customer === undefined || customer === grant.customer)
  );
}

function covers(grant: Grant, amount: Money | null): boolean {
  return !amount || !grant.limit || (grant.limit.currency === amount.currency && grant.limit.minor >= amount.minor);
}

function limits(grant: Grant, { gate, amount }: AuthorityQuestion): Refusal[] {
  if (!gate.money || covers(grant, amount)) return [];
  return [
    refusal(
      'decision.limit',
      'The amount is above your limit, or in another currency.',
      'Someone whose limit covers it must decide.',
    ),
  ];
}

function sides({ gate, side }: AuthorityQuestion): Refusal[] {
  if (side === null || side === gate.side) return [];
  return [
    refusal(
      'separation.sd10',
      `You already acted for side ${side} on this lineage; ${gate.code} is decided by side ${gate.side}.`,
      'Someone who has not acted for the other side must decide (separation of duties SD10).',
    ),
  ];
}

/** Who opted out is asked nothing, until that is taken back. */
function bound({ customer }: Grant, { gate, together }: AuthorityQuestion): Refusal[] {
  if (customer === null || gate.side !== 'B' || !together.optedOut.includes(customer)) return [];
  return [
    refusal(
      'decision.opted-out',
      'This organisation opted out: it is asked nothing here, and bound to nothing.',
      'Take the opting out back at the gate where it was said, as long as the others have not decided.',
    ),
  ];
}

function claims(grant: Grant, { claimed, confirmed, gate, subject }: AuthorityQuestion): Refusal[] {
  if (grant.customer === null) return [];
  if (!claimed.includes(grant.customer))
    return [
      refusal(
        'decision.customer-unclaimed',
        'Nobody of this customer has claimed it yet, so it cannot decide.',
        "Send the customer's administrator the one-time link.",
      ),
    ];
  if (gate.side === 'P' || subject.profile === 'light' || confirmed.includes(grant.customer)) return [];
  return [
    refusal(
      'decision.claim-unconfirmed',
      'One person alone has come for this customer, by a link that the provider handed over.',
      'A second person of the customer confirms the claim on the page of the organisation.',
    ),
  ];
}
