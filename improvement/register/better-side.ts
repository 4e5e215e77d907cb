// A target must lie where better is. Pure; which side that is, the store says.
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import type { improvementRecord } from './record.ts';

/** Where better lies, and what is possible at all, of the metric (or outcome) that an improvement names. */
export interface Better {
  /** What it is called in a sentence. */
  name: string;
  direction: 'up' | 'down';
  /** No value lies below or above these; null where there is no such bound. */
  least: number | null;
  most: number | null;
}

/** Why a target cannot stand: it is worse than today, or no value can reach it. Empty while either value is missing. */
export function targetRefusals(
  { baselineValue, targetValue }: Pick<FieldsOf<typeof improvementRecord>, 'baselineValue' | 'targetValue'>,
  better: Better | null,
): Refusal[] {
  if (!better || targetValue === null) return [];
  const { name, direction, least, most } = better;
  const [isBelow, isAbove] = [least !== null && targetValue < least, most !== null && targetValue > most];
  if (isBelow || isAbove)
    return [
      refusal(
        'improvement.impossible-target',
        `There is no value of ${name} ${isBelow ? `below ${least}` : `above ${most}`}.`,
        'Aim at a value that can be.',
        'targetValue',
      ),
    ];
  if (baselineValue === null) return [];
  const isWorse = direction === 'up' ? targetValue < baselineValue : targetValue > baselineValue;
  if (!isWorse) return [];
  return [
    refusal(
      'improvement.worse-side',
      `Of ${name}, ${direction === 'up' ? 'more' : 'less'} is better: ${targetValue} is worse than ${baselineValue} of today.`,
      `Aim ${direction === 'up' ? 'above' : 'below'} the value of today.`,
      'targetValue',
    ),
  ];
}
