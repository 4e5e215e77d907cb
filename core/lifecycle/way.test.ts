import { expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import { defineLifecycle } from './lifecycle.ts';
import { wayOf } from './way.ts';

const lifecycle = defineLifecycle({
  initial: 'open',
  states: {
    open: { label: 'Open', tone: 'neutral' },
    waiting: { label: 'Waiting', tone: 'attention' },
    done: { label: 'Done', tone: 'good' },
    closed_well: { label: 'Closed well', tone: 'good', final: true },
    closed_half: { label: 'Closed half', tone: 'good', final: true },
    dropped: { label: 'Dropped', tone: 'unknown', final: true },
  },
  create: { who: ['*'] },
  edit: { who: ['*'] },
  moves: {
    wait: { label: 'Wait', from: ['open'], to: 'waiting', who: ['*'] },
    finish: { label: 'Finish', from: ['open', 'waiting'], to: 'done', who: ['*'] },
    close: { label: 'Close', from: ['done'], to: 'closed_well', who: ['*'], primary: true },
    half: { label: 'Close half', from: ['done'], to: 'closed_half', who: ['*'] },
    drop: { label: 'Drop', from: ['open'], to: 'dropped', who: ['*'] },
  },
});

it.each([
  ['open', ['open', 'done', 'closed_well']],
  ['waiting', ['open', 'waiting', 'done', 'closed_well']],
  ['closed_half', ['open', 'done', 'closed_half']],
  ['dropped', ['open', 'dropped']],
])('draws the way of a record that is %s', (present, way) => {
  expect(wayOf(lifecycle, present)).toEqual(way);
});

it('holds the present state of every lifecycle exactly once', () => {
  for (const { definition } of createRegistry().records.values())
    for (const state of Object.keys(definition.lifecycle.states))
      expect(wayOf(definition.lifecycle, state).filter((each) => each === state)).toEqual([state]);
});
