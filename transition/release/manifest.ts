import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';

/** What is not as it was assembled: altered, gone, or added since. */
export function alteredIn(
  manifest: readonly { component: string; ref: string; hash: string }[],
  now: readonly { id: string; ref: string; hash: string }[],
): Refusal[] {
  const altered = manifest
    .filter((entry) => now.find(({ id }) => id === entry.component)?.hash !== entry.hash)
    .map(({ ref }) => ref);
  const added = now.filter(({ id }) => !manifest.some(({ component }) => component === id)).map(({ ref }) => ref);
  return [...altered, ...added].map((ref) =>
    refusal(
      'release.manifest',
      `${ref} is not what was assembled.`,
      'Send the release back to building and assemble it anew: old test runs do not count for it.',
    ),
  );
}
