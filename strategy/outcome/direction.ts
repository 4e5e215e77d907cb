import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';

interface Promised {
  baseline: number | null;
  target: number | null;
  direction: string | null;
}

/** A target must lie where its own direction says that better is: nobody can promise to make something worse. Pure. */
export function worseRefusals({ baseline, target, direction }: Promised): Refusal[] {
  if (baseline === null || target === null) return [];
  if (direction !== 'lower' && direction !== 'higher') return [];
  if (direction === 'lower' ? target < baseline : target > baseline) return [];
  return [
    refusal(
      'outcome.worse-side',
      `${direction === 'lower' ? 'Lower' : 'Higher'} is better, and the target ${target} is ${target === baseline ? 'the baseline itself' : `worse than the baseline ${baseline}`}.`,
      `Aim ${direction === 'lower' ? 'below' : 'above'} the baseline, or say that the outcome is to stay within a band.`,
      'target',
    ),
  ];
}
