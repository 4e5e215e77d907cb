import type { LifecycleStage } from '../core/record/define/define.ts';

/** Moves that send work back to another stage than the record's own (model B.31). What Improvement asks back says its stage itself: `requirement-back`. */
export const crossStageBackEdges: readonly { type: string; move: string; from: LifecycleStage; to: LifecycleStage }[] =
  [
    { type: 'service-package-hand-over', move: 'return', from: 'design', to: 'strategy' },
    { type: 'design-package', move: 'need-changed', from: 'design', to: 'strategy' },
    { type: 'design-package', move: 'raise-fault', from: 'transition', to: 'design' },
    { type: 'service-package', move: 'reopen', from: 'design', to: 'strategy' },
    { type: 'service-version', move: 'fault', from: 'transition', to: 'design' },
    { type: 'service-release-hand-over', move: 'return', from: 'operation', to: 'transition' },
    { type: 'service-version', move: 'back-out', from: 'operation', to: 'transition' },
  ];
