import { describe, expect, it } from 'vitest';
import type { Header } from '../../../core/ui/contract.ts';
import { layoutLoop, type LoopView, tokenSize } from './layout.ts';

const header: Header = {
  id: '1',
  type: 'service',
  ref: 'S-1',
  number: 1,
  title: 'Slots',
  state: 'live',
  stage: 'operation',
  version: 1,
  customers: [],
  owner: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const loop = (services: number): LoopView => ({
  stages: [
    {
      stage: 'operation',
      count: services,
      services: Array.from({ length: services }, (_, index) => ({
        header: { ...header, id: String(index) },
        status: 'live',
        stage: 'operation',
        value: index,
        waiting: 0,
      })),
    },
  ],
  gates: [
    { gate: 'G1', side: 'B', waiting: 1, oldestSince: null, stage: 'strategy' },
    { gate: 'G2', side: 'B', waiting: 0, oldestSince: null },
  ],
  backEdges: [
    { from: 'operation', to: 'design', count: 3 },
    { from: 'design', to: 'design', count: 2 },
  ],
});

describe('the loop', () => {
  it('starts with strategy at the top and goes round clockwise', () => {
    const { stages, centre } = layoutLoop(loop(0), 900);
    expect(stages.map((each) => each.stage)).toEqual(['strategy', 'design', 'transition', 'operation', 'improvement']);
    expect(stages[0]?.x).toBeCloseTo(centre.x);
    expect(stages[1]?.x).toBeGreaterThan(centre.x);
    expect(stages[4]?.x).toBeLessThan(centre.x);
  });

  it('shows as many tokens as there is room for and counts the rest', () => {
    const placed = layoutLoop(loop(40), 900);
    expect(placed.tokens.length + (placed.rest[0]?.count ?? 0)).toBe(40);
  });

  it('keeps tokens and posts inside the picture on a phone', () => {
    const { tokens, gates, width, height } = layoutLoop(loop(40), 358);
    for (const { x, y } of [...tokens, ...gates]) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  });

  it('draws a token by the root of its value, and the least one when the value is not known', () => {
    expect([tokenSize(null, 100), tokenSize(25, 100), tokenSize(100, 100)]).toEqual([14, 20, 26]);
  });

  it('draws back-edges between different stages only', () => {
    expect(layoutLoop(loop(0), 900).backEdges.map((edge) => edge.from)).toEqual(['operation']);
  });
});
