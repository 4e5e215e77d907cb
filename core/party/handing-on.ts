// What a key may not do itself it brings nobody else to do: roles that decide are handed on by who may decide.
import type { Gate } from '../lifecycle/gate.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { administratorRoles } from './administrators.ts';

/** Roles that decide at a gate, say with whom records are shared, or make others who do. */
export function decidingRoles(
  roles: ReadonlyMap<string, RoleDefinition>,
  gates: ReadonlyMap<string, Gate>,
): ReadonlySet<string> {
  return new Set([
    ...[...gates.values()].flatMap((gate) => gate.roles),
    ...[...roles.values()].filter(({ consents }) => consents).map(({ code }) => code),
    ...administratorRoles,
  ]);
}

/** Why somebody hands on no role that decides: a key that may not decide itself. */
export function handingOnRefusals({ keyScopes }: { keyScopes?: readonly string[] | null }): Refusal[] {
  if (!keyScopes || keyScopes.includes('decide')) return [];
  return [
    refusal(
      'permission.key-scope',
      'This API key may not decide, so it hands on no role that decides, consents or administers.',
      'Sign in, or use a key with the scope "decide".',
    ),
  ];
}
