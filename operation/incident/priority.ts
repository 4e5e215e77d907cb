import type { Priority } from '../../handover/facts/agreement-in-force.ts';
import { lookup } from '../../core/names/lookup.ts';

export type Urgency = 'high' | 'medium' | 'low';

const matrix: Readonly<Record<number, Readonly<Record<Urgency, Priority>>>> = lookup({
  1: { high: 'P1', medium: 'P1', low: 'P2' },
  2: { high: 'P1', medium: 'P2', low: 'P3' },
  3: { high: 'P2', medium: 'P3', low: 'P4' },
  4: { high: 'P3', medium: 'P4', low: 'P4' },
});

/**
 * Priority from impact (1: vital function or several customers, to 4: one user) and urgency (model B.14); null until
 * both are known.
 * @example priorityOf(3, 'high') // 'P2'
 */
export function priorityOf(impact: unknown, urgency: unknown): Priority | null {
  if (typeof impact !== 'string' || typeof urgency !== 'string') return null;
  return matrix[Number(impact)]?.[urgency as Urgency] ?? null; // an unknown word gives no priority
}
