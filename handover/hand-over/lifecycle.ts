import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';
import type { Role } from '../../core/permission/role.ts';

/** Who answered it, or took up the work that implies the answer. */
const answered = { answeredBy: 'actor' } as const;

/**
 * The lifecycle of every hand-over. It is answered once: what was returned or withdrawn is offered anew as the next edition.
 * The system accepts where the receiver takes the work up, and withdraws where the offering side takes it back.
 */
export function handOverLifecycle({ offers, accepts, rules = [] }: Answering) {
  return defineLifecycle({
    initial: 'offered',
    states: {
      offered: { label: 'Offered', tone: 'running' },
      accepted: { label: 'Accepted', tone: 'good', final: true },
      returned: { label: 'Returned', tone: 'attention', final: true },
      withdrawn: { label: 'Withdrawn', tone: 'unknown', final: true },
    },
    create: { who: ['system'] },
    edit: { who: [] },
    moves: {
      accept: {
        label: 'Accept',
        from: ['offered'],
        to: 'accepted',
        who: [...accepts, 'system'],
        rules: ['nothing-changed', 'manifest-complete', ...rules],
        sets: answered,
        primary: true,
      },
      return: {
        label: 'Return with findings',
        from: ['offered'],
        to: 'returned',
        who: accepts,
        asks: ['findings'],
        rules: ['findings-named', ...rules],
        sets: answered,
        back: true,
      },
      withdraw: {
        label: 'Withdraw',
        from: ['offered'],
        to: 'withdrawn',
        who: [...offers, 'system'],
        reason: true,
        sets: answered,
      },
    },
  });
}

interface Answering {
  offers: readonly Role[];
  accepts: readonly Role[];
  rules?: readonly string[];
}
