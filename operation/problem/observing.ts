import type { Observing } from '../../core/record/define/observing.ts';
import { standardTerms, standardsEver } from '../work-standard/index.ts';

/** What a problem alone knows of what a source tells of it: when it was logged and resolved, and the standard of work of then. */
export const problemObserving: Observing = {
  tells: ({ at, from, to, standing, fills }) => ({
    ...(to !== 'detected' && !standing['loggedAt'] && !fills('loggedAt') ? { loggedAt: at } : {}),
    ...(from === to || fills('resolvedAt') ? {} : resolvedAt(from, to, at)),
  }),
  terms: async ({ client, providerId }) => {
    const standards = await standardsEver(client, { providerId, of: 'problem' });
    return (loggedAt, { priority }) => {
      const standard = standards.find(({ from, to }) => from <= loggedAt && (to === null || to > loggedAt));
      return standard && typeof priority === 'string' ? standardTerms(standard, 'analysis', priority) : null;
    };
  },
};

function resolvedAt(from: string | null, to: string, at: string): { resolvedAt?: string | null } {
  if (to === 'resolved') return { resolvedAt: at };
  return from === 'resolved' && to !== 'closed' ? { resolvedAt: null } : {};
}
