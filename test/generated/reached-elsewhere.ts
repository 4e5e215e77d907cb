/** States that the test of their stage reaches, on a thread of its own; by type and state, the file and the move it makes there. */
export const reachedElsewhere: Readonly<Record<string, Readonly<Record<string, { file: string; move: string }>>>> = {
  'service-design-package-hand-over': {
    returned: { file: 'handover/hand-over/hand-over.test.ts', move: 'return' },
    withdrawn: { file: 'handover/hand-over/hand-over.test.ts', move: 'withdraw' },
  },
  'service-release-hand-over': {
    returned: { file: 'handover/hand-over/hand-over.test.ts', move: 'return' },
    withdrawn: { file: 'handover/hand-over/hand-over.test.ts', move: 'back-out' },
  },
  release: {
    backed_out: { file: 'transition/release/release.test.ts', move: 'back-out' },
    fixed_forward: { file: 'transition/release/release.test.ts', move: 'fix-forward' },
  },
};
