import type { Observing } from '../../core/import/observing.ts';

/** What a problem alone knows of what a source tells of it: when it was resolved. */
export const problemObserving: Observing = {
  tells: ({ at, from, to, fills }) => {
    if (fills('resolvedAt') || from === to) return {};
    if (to === 'resolved') return { resolvedAt: at };
    return from === 'resolved' && to !== 'closed' ? { resolvedAt: null } : {};
  },
};
