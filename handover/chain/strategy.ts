import type { Consequence, Effect } from '../../core/record/define/consequence.ts';

/** The version of the thread, moved with its package. */
const version = (move: string, from: readonly string[]): Effect => ({
  type: 'service-version',
  move,
  from,
  along: 'lineage',
});
const pipeline = [
  'requirements',
  'defined',
  'analysed',
  'approved',
  'chartered',
  'designed',
  'developed',
  'built',
  'tested',
  'released',
];
const requirement = (move: string, from: readonly string[]): Effect => ({
  type: 'business-requirement',
  move,
  from,
  along: { link: 'packagedIn', direction: 'in' },
});
const outcome = (move: string, from: readonly string[]): Effect => ({
  type: 'outcome',
  move,
  from,
  along: { link: 'expects', direction: 'out' },
});
const design = (move: string, from: readonly string[]): Effect => ({
  type: 'design-package',
  move,
  from,
  along: { link: 'specifiedBy', direction: 'out' },
});
const subscription = (move: string, from: readonly string[]): Effect => ({
  type: 'subscription',
  move,
  from,
  along: { link: 'subscribedBy', direction: 'out' },
});
/** The edition that waits for Design's answer. */
const handOver = (move: string): Effect => ({
  type: 'service-package-hand-over',
  move,
  from: ['offered'],
  along: { link: 'handsOver', direction: 'in' },
});
const openDesign = ['initiated', 'in_design', 'in_review', 'complete', 'accepted', 'baselined', 'rejected'];

/** What happens elsewhere because of moves in Strategy. */
export const strategyChain: readonly Consequence[] = [
  // What the business agreed with its requirement is altered by the business alone.
  { when: { type: 'business-requirement', move: 'agree' }, then: [outcome('agree', ['stated'])] },
  { when: { type: 'business-requirement', move: 'withdraw-agreement' }, then: [outcome('unagree', ['agreed'])] },
  { when: { type: 'business-requirement', move: 'withdraw' }, then: [outcome('give-up', ['stated', 'agreed'])] },
  {
    when: { type: 'service-package', move: 'submit' },
    then: [version('define', ['requirements']), version('resume', ['on_hold'])],
  },
  { when: { type: 'service-package', move: 'offer' }, then: [version('analyse', ['defined'])] },
  {
    when: { type: 'service-package', move: 'agree' },
    then: [requirement('package', ['agreed']), version('approve', ['analysed'])],
  },
  { when: { type: 'service-package', move: 'withdraw-offer' }, then: [version('take-back-offer', ['analysed'])] },
  {
    when: { type: 'service-package', move: 'withdraw-funding' },
    then: [requirement('unpackage', ['packaged']), version('take-back-approval', ['approved'])],
  },
  {
    when: { type: 'service-package', move: 'withdraw-charter' },
    then: [handOver('withdraw'), version('take-back-charter', ['chartered'])],
  },
  { when: { type: 'service-package', move: 'decline' }, then: [version('cancel', pipeline)] },
  { when: { type: 'service-package', move: 'decline-offer' }, then: [version('cancel', pipeline)] },
  { when: { type: 'service-package', move: 'charter' }, then: [version('charter', ['approved'])] },
  // Who starts to design from it accepts it; what does not stand the test of acceptance is not started.
  { when: { type: 'service-package', move: 'start-design' }, then: [handOver('accept')] },
  {
    when: { type: 'service-package', move: 'reopen' },
    then: [handOver('withdraw'), version('hold', pipeline), design('hold', openDesign)],
  },
  {
    when: { type: 'service-package', move: 'cancel' },
    then: [
      handOver('withdraw'),
      requirement('unpackage', ['packaged', 'in_delivery']),
      version('cancel', [...pipeline, 'on_hold']),
      design('cancel', [...openDesign, 'on_hold']),
    ],
  },
  {
    when: { type: 'service-version', move: 'cancel' },
    then: [subscription('cancel', ['planned', 'released'])],
  },
  { when: { type: 'service-version', move: 'retire' }, then: [subscription('retire', ['live'])] },
  ...['reverse-retirement', 'withdraw-retirement'].map((move) => ({
    when: { type: 'service-version', move },
    then: [subscription('reverse-retirement', ['retiring'])],
  })),
  { when: { type: 'service-version', move: 'complete-retirement' }, then: [subscription('end', ['retiring'])] },
];
