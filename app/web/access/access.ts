// What the screens of sign-in and keys ask.
import type { z } from 'zod';
import type { Refusal } from '../../../core/refusal/refusal.ts';
import { useAnswer } from '../../../core/ui/queries.ts';
import type { accessView, keyList } from '../../views.ts';

export type Access = z.infer<typeof accessView>;
export type KeyShown = z.infer<typeof keyList>['items'][number];

/** Under one name, so that all of them are read anew when a key is made or ends. */
export const keysKey = ['keys'] as const;

export const useOwnKeys = () => useAnswer<{ items: KeyShown[] }>(keysKey, '/keys');
export const useAccess = (person: string) => useAnswer<Access>([...keysKey, person], `/people/${person}/access`);

/** What a key may do, as a person says it. */
export const scopes = [
  { scope: 'read', label: 'Read', help: 'See what you see' },
  { scope: 'write', label: 'Write', help: 'Make and edit records, make moves' },
  { scope: 'decide', label: 'Decide', help: 'Decide at gates in your name' },
] as const;

export const scopeWords = (held: readonly string[]): string =>
  scopes.flatMap(({ scope, label }) => (held.includes(scope) ? [label.toLowerCase()] : [])).join(', ');

/** Whether a key still opens anything. */
export const isOpen = ({ revokedAt, expiresAt }: KeyShown, now: number): boolean =>
  revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now);

const words: readonly Refusal[] = [
  { code: 'INVALID_PASSWORD', sentence: 'That is not the password that you have.', hint: 'Type it once more.' },
  {
    code: 'INVALID_CODE',
    sentence: 'That code is not right, or no longer.',
    hint: 'Type the one your authenticator shows now; its clock must be right.',
  },
];

/** The sign-in's own words tell a person neither what is wrong nor what to do. */
export const inOurWords = (refusal: Refusal): Refusal => ({
  ...refusal,
  ...words.find(({ code }) => code === refusal.code),
});
