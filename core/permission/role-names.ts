import type { Refusal } from '../refusal/refusal.ts';
import type { RoleDefinition } from './principal.ts';

const code = /\b[A-Z]{3,4}\b/g;
/** Refusals whose words name roles by code: rules are pure and know no labels. */
const namesRoles = [
  'permission.role',
  'decision.system',
  'decision.not-business-authority',
  'decision.no-authority',
  'decision.evidence-missing',
  'decision.evidence-stale',
  'decision.evidence-unready',
  'requirement-back.other-stage',
  'measurement.role',
  'health.no-decider',
];

type Worded = Pick<Refusal, 'code' | 'sentence' | 'hint'>;

/** Refusals and warnings as people read them: roles by what they are called, not by their codes. */
export function withRoleNames<R extends Worded>(
  roles: ReadonlyMap<string, RoleDefinition>,
  refusals: readonly R[],
): R[] {
  const named = (text: string) => text.replace(code, (found) => roles.get(found)?.label ?? found);
  return refusals.map((each) =>
    namesRoles.includes(each.code) ? { ...each, sentence: named(each.sentence), hint: named(each.hint) } : each,
  );
}
