import type { Consequence, Effect } from '../../core/record/define/consequence.ts';

const improvement = (move: string, from: readonly string[]): Effect => ({
  type: 'improvement',
  move,
  from,
  along: { link: 'feeds', direction: 'in' },
});
const started = improvement('implement', ['routed']);
const carriedOut = improvement('finish', ['routed', 'implementing']);
const asked: Effect = {
  type: 'improvement',
  move: 'unroute',
  from: ['routed'],
  along: { link: 'handsOver', direction: 'out' },
};

/** What happens to an improvement because of the stage that was asked, and of the record that carries it out. */
export const improvementChain: readonly Consequence[] = [
  // Who takes up an improvement of a service takes what Operation handed over of it.
  {
    when: { type: 'improvement', move: 'analyse' },
    then: [
      {
        type: 'service-performance',
        move: 'accept',
        from: ['offered'],
        along: [
          { link: 'improves', direction: 'out' },
          { link: 'handsOver', direction: 'in' },
        ],
      },
    ],
  },
  { when: { type: 'requirement-back', move: 'return' }, then: [asked] },
  { when: { type: 'requirement-back', move: 'withdraw' }, then: [asked] },
  { when: { type: 'business-requirement', move: 'agree' }, then: [started] },
  { when: { type: 'design-package', move: 'start' }, then: [started] },
  { when: { type: 'design-package', move: 'request-review' }, then: [started] },
  { when: { type: 'change', move: 'start-build' }, then: [started] },
  { when: { type: 'business-requirement', move: 'satisfy' }, then: [carriedOut] },
  { when: { type: 'design-package', move: 'baseline' }, then: [carriedOut] },
  { when: { type: 'change', move: 'close-successful' }, then: [carriedOut] },
  { when: { type: 'change', move: 'close-with-issues' }, then: [carriedOut] },
];
