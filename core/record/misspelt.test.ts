// What is misspelt does not compile: each `@ts-expect-error` fails the type check where the line below it compiles after all.
import { expect, it } from 'vitest';
import { defineLifecycle } from '../lifecycle/lifecycle.ts';
import { defineRecord } from './define.ts';
import { instant, person, text } from './fields.ts';
import type { ValuesOf } from './fields.ts';

const states = {
  open: { label: 'Open', tone: 'running' },
  shut: { label: 'Shut', tone: 'good', final: true },
} as const;
const everybody = { who: ['*'] } as const;
const shut = { label: 'Shut', from: ['open'], to: 'shut', who: ['*'] } as const;
const plain = { initial: 'open', states, create: everybody, edit: everybody } as const;

const lifecycle = defineLifecycle({
  ...plain,
  moves: { shut: { ...shut, asks: ['reason?'], sets: { shutAt: 'now' } } },
});
const words = {
  type: 'door',
  prefix: 'DOR',
  stage: 'operation',
  path: 'doors',
  table: 'operation.door',
  label: 'Door',
  plural: 'Doors',
  layout: 'register',
  purpose: 'It is open or shut.',
} as const;
const fields = {
  keeper: person({ label: 'Keeper', required: true }),
  reason: text({ label: 'Reason' }),
  shutAt: instant({ label: 'Shut at', derived: true }),
};
const doorRecord = defineRecord({ ...words, fields, lifecycle, columns: ['keeper'] });

it('takes a lifecycle whose names are right', () => {
  expect(Object.keys(doorRecord.lifecycle.moves)).toEqual(['shut']);
});

it('takes no lifecycle that names a state, a role or a move that does not exist', () => {
  // @ts-expect-error -- no such state
  defineLifecycle({ ...plain, moves: { shut: { ...shut, to: 'shutt' } } });
  // @ts-expect-error -- no such role
  defineLifecycle({ ...plain, moves: { shut: { ...shut, who: ['KEEPR'] } } });
  // @ts-expect-error -- no such role
  defineLifecycle({ ...plain, edit: { who: ['KEEPR'] }, moves: { shut } });
  const separation = [{ id: 'SD1', sentence: 'Who opened it does not shut it.', notActorOf: ['opne'] }] as const;
  // @ts-expect-error -- no such move
  defineLifecycle({ ...plain, moves: { shut: { ...shut, separation } } });
});

it('takes no record whose lifecycle asks for or sets what is no field of it', () => {
  const asking = defineLifecycle({ ...plain, moves: { shut: { ...shut, asks: ['raeson?'] } } });
  // @ts-expect-error -- no such field
  defineRecord({ ...words, fields, lifecycle: asking, columns: [] });
  const setting = defineLifecycle({ ...plain, moves: { shut: { ...shut, sets: { shutOn: 'now' } } } });
  // @ts-expect-error -- no such field
  defineRecord({ ...words, fields, lifecycle: setting, columns: [] });
});

it('takes no record whose columns or traits name what it has not', () => {
  // @ts-expect-error -- no such field
  defineRecord({ ...words, fields, lifecycle, columns: ['keepr'] });
  const answer = { move: 'shutt', whileField: 'reason', is: 'x', because: 'It was answered.' } as const;
  // @ts-expect-error -- no such move
  defineRecord({ ...words, fields, lifecycle, columns: [], traits: { notes: { answer } } });
});

it('gives values the types of their fields', () => {
  const values: ValuesOf<typeof fields> = { keeper: 'an id', reason: null, shutAt: '2026-06-05T08:00:00.000Z' };
  // @ts-expect-error -- no such field
  expect(values.keepr).toBeUndefined();
  // @ts-expect-error -- what is required is never empty
  values.keeper = null;
  // @ts-expect-error -- an instant is text
  values.shutAt = 17;
});
