import { isAtLeast } from '../../lifecycle/profile.ts';
import type { Profile } from '../../lifecycle/profile.ts';
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';

/** What comes of a record is never handled more lightly than that: whoever makes it does not choose the checks. Pure. */
export function lighterRefusals(given: Profile | null, parent: Profile | null): Refusal[] {
  if (parent === null || isAtLeast(given, parent)) return [];
  return [
    refusal(
      'record.lighter-profile',
      `It would be ${given ?? 'standard'}, and what it comes of is ${parent}.`,
      'Leave the profile out, or choose a stricter one.',
      'profile',
    ),
  ];
}
