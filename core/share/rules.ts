// Who may ask with whom a record is shared, and who decides it. Pure.
import { rightsOver } from '../permission/principal.ts';
import type { Grant, Principal, RoleDefinition } from '../permission/principal.ts';
import { roleRefusals } from '../record/define/decide.ts';
import type { RecordData } from '../record/define/data.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Consent, Share } from './store.ts';

type Roles = ReadonlyMap<string, RoleDefinition>;
type On = Pick<RecordData, 'customers' | 'ref'>;

/** The right by which somebody consents for a customer; none is lent on to a key that may not decide. */
export function consentingFor(
  { kind, keyScopes, grants }: Pick<Principal, 'kind' | 'keyScopes' | 'grants'>,
  roles: Roles,
  customer: string,
): Grant | undefined {
  if (kind !== 'person' || (keyScopes !== null && !keyScopes.includes('decide'))) return undefined;
  return grants.find((grant) => grant.customer === customer && roles.get(grant.role)?.consents);
}

/** Whose consent a share needs: to let one in, that of all who are on the record; to let one go, its own. */
export const neededFor = ({ kind, customer }: Pick<Share, 'kind' | 'customer'>, { customers }: On): string[] =>
  kind === 'leave' ? [customer] : [...customers];

/** Those whose consent is still waited for. */
export const missingFor = (share: Share, record: On, consents: readonly Consent[]): string[] =>
  neededFor(share, record).filter(
    (id) => !consents.some((each) => each.share === share.id && each.customer === id && each.consents),
  );

/** Why somebody may not ask to alter with whom a record is shared. */
export function askRefusals(
  { type, stage, label, lifecycle }: Pick<RecordDefinition, 'type' | 'stage' | 'label' | 'lifecycle'>,
  { customers, ref }: On,
  principal: Pick<Principal, 'grants'>,
): Refusal[] {
  if (stage === 'party')
    return [
      refusal(
        'share.party',
        `Who sees ${ref} follows from the organisation it belongs to.`,
        `Nobody shares a ${label.toLowerCase()} (${type}).`,
      ),
    ];
  return roleRefusals(lifecycle.edit.who, rightsOver(principal.grants, customers), 'ask who shares in it');
}

/** An organisation that has ended reads what was its own, and comes to read nothing more. */
const ended = refusal(
  'customer.ended',
  'That customer organisation has ended.',
  'To work together again note it as an organisation anew.',
  'customer',
);

/** What is known of a customer whom a record is to be shared with, or no longer. */
export interface Known {
  isAsked: boolean;
  hasActed: boolean;
  othersLeft: boolean;
  hasEnded: boolean;
}

/** Why exactly this is not to be asked. */
export function shareRefusals(
  { kind, customer }: Pick<Share, 'kind' | 'customer'>,
  { customers, ref }: On,
  known: Known,
): Refusal[] {
  const isOn = customers.includes(customer);
  if (kind === 'join' && isOn)
    return [refusal('share.already', `${ref} is shared with that customer.`, 'Nothing is left to do.', 'customer')];
  if (kind === 'leave' && !isOn)
    return [refusal('share.not-on', `${ref} is not shared with that customer.`, 'Nothing is left to do.', 'customer')];
  if (known.isAsked)
    return [
      refusal(
        'share.asked',
        'This is asked already, and waits for consent.',
        'Wait for it, or withdraw what was asked.',
        'customer',
      ),
    ];
  if (kind === 'join' && known.hasEnded) return [ended];
  if (kind === 'join' && customers.length === 0 && known.othersLeft)
    return [
      refusal(
        'share.left',
        `${ref} was shared with another customer, who left it: none is there who could let anybody in.`,
        'Make another record for that customer, in words of its own.',
        'customer',
      ),
    ];
  if (kind === 'leave' && known.hasActed)
    return [
      refusal(
        'share.acted',
        `That customer decided, attested or wrote something on ${ref}, or owns it: it is not taken off.`,
        'Leave it on the record; what it said stays readable to it.',
        'customer',
      ),
    ];
  return [];
}
