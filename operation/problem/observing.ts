import type { Observing } from '../../core/record/define/observing.ts';

/** What a problem alone knows of what a source tells of it: when it was logged, and when it was resolved. */
export const problemObserving: Observing = {
  tells: ({ at, from, to, standing, fills }) => ({
    ...(to !== 'detected' && !standing['loggedAt'] && !fills('loggedAt') ? { loggedAt: at } : {}),
    ...(from === to || fills('resolvedAt') ? {} : resolvedAt(from, to, at)),
  }),
};

function resolvedAt(from: string | null, to: string, at: string): { resolvedAt?: string | null } {
  if (to === 'resolved') return { resolvedAt: at };
  return from === 'resolved' && to !== 'closed' ? { resolvedAt: null } : {};
}
