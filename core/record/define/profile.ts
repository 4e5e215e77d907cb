import { lookup } from '../../names/lookup.ts';
import type { Profile } from './data.ts';
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';

const rank: Readonly<Record<Profile, number>> = lookup({ light: 0, standard: 1, regulated: 2 });

/** How strictly a record is handled that says nothing of it. */
const usual: Profile = 'standard';

/** What comes of a record is never handled more lightly than that: whoever makes it does not choose the checks. Pure. */
export function lighterRefusals(given: Profile | null, parent: Profile | null): Refusal[] {
  if (parent === null || rank[given ?? usual] >= rank[parent]) return [];
  return [
    refusal(
      'record.lighter-profile',
      `It would be ${given ?? usual}, and what it comes of is ${parent}.`,
      'Leave the profile out, or choose a stricter one.',
      'profile',
    ),
  ];
}
