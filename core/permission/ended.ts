import { refusal, refuse } from '../refusal/refusal.ts';
import type { Refused } from '../refusal/refusal.ts';
import type { Principal } from './principal.ts';

/** Why people of an organisation that has ended do not do something. */
export const organisationEnded = refusal(
  'customer.ended',
  'This organisation has ended: its people read what was theirs, and write nothing more.',
  'Ask the provider; to work together again it notes the organisation anew.',
);

/** Refuses whatever is no reading by somebody whose organisation has ended. */
export const writesNothing = ({ ended }: Pick<Principal, 'ended'>): Refused | undefined =>
  ended ? refuse('forbidden', organisationEnded) : undefined;
