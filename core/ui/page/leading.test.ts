import { expect, it } from 'vitest';
import { defineLifecycle } from '../../lifecycle/lifecycle.ts';
import type { Move } from '../../lifecycle/lifecycle.ts';
import { declaredView } from '../../record/page/read.ts';
import { leading } from './leading.ts';

const who = ['*'] as const;
const from = ['open'] as const;
const lifecycle = defineLifecycle({
  initial: 'open',
  states: { open: { label: 'Open', tone: 'running' }, shut: { label: 'Shut', tone: 'good', final: true } },
  create: { who },
  edit: { who },
  moves: {
    weigh: { label: 'Weigh', from, to: 'same', who },
    shut: { label: 'Shut', from, to: 'shut', who },
  },
});
const led = (...names: ('weigh' | 'shut')[]) => {
  const moves = names.map((name) => {
    const move: Move = lifecycle.moves[name];
    return { ...declaredView(name, move, 'open'), allowed: true, refusals: [] };
  });
  return leading(lifecycle, moves)?.name;
};

it('the one move that leads on is the main button, and none that stays in its state', () => {
  expect([led('weigh', 'shut'), led('shut'), led('weigh')]).toEqual(['shut', 'shut', undefined]);
});
