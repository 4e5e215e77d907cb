// What the example's improvement manager and business say of a metric that was found: a target on its better side, and why.
import type { Agreed } from './strategy.ts';
import { lookup } from '../../core/names/lookup.ts';

export interface MetricFound {
  id: string;
  label: string;
  unit: string;
  direction: 'up' | 'down';
  target: { value: number } | null;
}

export interface Story {
  /** Which of the outcomes agreed before it serves. */
  outcome: keyof Agreed['outcomes'];
  benefit: string;
  risk: string;
}

const stories: Readonly<Record<string, Story>> = lookup({
  'PE-5': {
    outcome: 'handovers',
    benefit: 'Fewer hand-overs: people wait less, and second-line teams are interrupted less.',
    risk: 'The desk needs more knowledge; the first month may be slower.',
  },
});
const ofTime: Story = {
  outcome: 'restore',
  benefit: 'Fewer people are still waiting when the agreed time is over.',
  risk: 'Effort goes into this, and into nothing else for a while.',
};

export const storyOf = ({ id }: MetricFound): Story => stories[id] ?? ofTime;

/**
 * A target that half of the way leads to: what is too much is halved; what is missing to the metric's own target is made good, or
 * half of what is missing to all of it where that is attained already.
 * @example targetFor({ direction: 'down', ... }, 0.9) // 0.45
 */
export function targetFor({ direction, target }: MetricFound, baseline: number): number {
  if (direction === 'down') return rounded(baseline / 2);
  if (target && baseline < target.value) return target.value;
  return rounded((baseline + 100) / 2);
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
