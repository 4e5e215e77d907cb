import type { Consequence, Effect } from '../../core/record/define/consequence.ts';

const lineage = (type: string, move: string, ...from: string[]): Effect => ({ type, move, from, along: 'lineage' });

/** Only what leads on leaves out who opted out of the release: what is taken back or ended, is so for everyone. */
const forward = (move: string, from: string): Effect => ({ ...lineage('subscription', move, from), optedOut: 'not' });

/** A build that is no longer the one: the version is built anew, and nobody has accepted it. */
const builtAnew = [
  lineage('service-version', 'rebuild', 'built', 'tested', 'released'),
  lineage('subscription', 'take-back', 'released'),
];

/** What happens elsewhere because of moves in Transition. */
export const transitionChain: readonly Consequence[] = [
  {
    when: { type: 'release', move: 'start-build' },
    then: [
      // Who starts to build from a design accepts it; what does not stand the test of acceptance is not built.
      {
        type: 'service-design-package-hand-over',
        move: 'accept',
        from: ['offered'],
        along: [
          { link: 'builds', direction: 'in' },
          { link: 'handsOver', direction: 'in' },
        ],
      },
      lineage('service-version', 'develop', 'designed'),
    ],
  },
  { when: { type: 'release', move: 'assemble' }, then: [lineage('service-version', 'build', 'developed')] },
  { when: { type: 'release', move: 'validate' }, then: [lineage('service-version', 'test', 'built')] },
  {
    when: { type: 'release', move: 'withdraw-validation' },
    then: [lineage('service-version', 'take-back-validation', 'tested')],
  },
  {
    when: { type: 'release', move: 'accept' },
    then: [lineage('service-version', 'release', 'tested'), forward('release', 'planned')],
  },
  {
    when: { type: 'release', move: 'verify' },
    then: [
      // Nothing goes live for who opted out.
      { ...lineage('subscription', 'cancel', 'planned'), optedOut: 'only' },
      lineage('service-version', 'go-live', 'released'),
      forward('go-live', 'released'),
      lineage('early-life-support', 'activate', 'planned'),
      {
        type: 'component',
        move: 'enter-service',
        from: ['baselined'],
        along: { link: 'contains', direction: 'out' },
      },
    ],
  },
  {
    when: { type: 'release', move: 'back-out' },
    then: [
      {
        type: 'service-release-hand-over',
        move: 'withdraw',
        from: ['offered'],
        along: { link: 'handsOver', direction: 'in' },
      },
      lineage('service-version', 'back-out', 'released', 'live_els'),
      lineage('subscription', 'back-out', 'released', 'live_els'),
      lineage('early-life-support', 'abort', 'active', 'exit_requested'),
      {
        type: 'change',
        move: 'back-out',
        from: ['implementing', 'implemented'],
        along: { link: 'authorisedBy', direction: 'out' },
      },
    ],
  },
  {
    when: { type: 'early-life-support', move: 'exit' },
    then: [
      lineage('service-version', 'exit-early-life', 'live_els'),
      lineage('subscription', 'exit-early-life', 'live_els'),
      lineage('release', 'close', 'verified'),
    ],
  },
  {
    when: { type: 'release', move: 'withdraw-acceptance' },
    then: [lineage('service-version', 'take-back', 'released'), lineage('subscription', 'take-back', 'released')],
  },
  ...['fail-tests', 'refuse-validation', 'rebuild'].map((move) => ({
    when: { type: 'release', move },
    then: [lineage('service-version', 'rebuild', 'built', 'tested')],
  })),
  ...['return', 'find-fault', 'cancel'].map((move) => ({
    when: { type: 'release', move },
    then: builtAnew,
  })),
];
