import type { Along, Consequence, Effect } from '../../core/record/define/consequence.ts';

const itsErrors: Along = { link: 'knownErrorOf', direction: 'in' };
const usable = ['active', 'workaround_verified', 'fix_scheduled'];

const knownErrors = (move: string, from: readonly string[], along: Effect['along'] = itsErrors): Effect => ({
  type: 'known-error',
  move,
  from,
  along,
});
/** Those of the problems that a change resolves. */
const resolved: Effect['along'] = [{ link: 'resolvedBy', direction: 'in' }, itsErrors];
const unscheduled = knownErrors('unschedule', ['fix_scheduled'], resolved);

/** What happens elsewhere because of moves in Operation, and in Operation because of a change that resolves a problem. */
export const operationChain: readonly Consequence[] = [
  { when: { type: 'problem', move: 'resolve' }, then: [knownErrors('resolve', usable)] },
  { when: { type: 'problem', move: 'recur' }, then: [knownErrors('recur', ['resolved'])] },
  { when: { type: 'problem', move: 'close' }, then: [knownErrors('archive', ['resolved'])] },
  {
    when: { type: 'change', move: 'authorise-deployment' },
    then: [knownErrors('schedule-fix', ['active', 'workaround_verified'], resolved)],
  },
  ...['move-window', 'withdraw-deployment', 'reassess', 'cancel', 'back-out'].map((move) => ({
    when: { type: 'change', move },
    then: [unscheduled],
  })),
];
