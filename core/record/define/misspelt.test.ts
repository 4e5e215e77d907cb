// What is misspelt does not compile: each `@ts-expect-error` fails the type check where the line below it compiles after all.
import { expect, it } from 'vitest';
import { defineLifecycle } from '../../lifecycle/lifecycle.ts';
import { rulesOf } from './rule.ts';
import { defineRecord } from './define.ts';
import { instant, person, text } from './fields.ts';
import type { ValuesOf } from './fields.ts';
import { moveBecause } from '../edit/move.ts';
import { served, serverRecord } from './work.ts';
import type { Commands, Work } from './work.ts';

const states = {
  open: { label: 'Open', tone: 'running' },
  shut: { label: 'Shut', tone: 'good', final: true },
} as const;
const everybody = { who: ['*'] } as const;
const shut = { label: 'Shut', from: ['open'], to: 'shut', who: ['*'] } as const;
const plain = { initial: 'open', states, create: everybody, edit: everybody } as const;

const lifecycle = defineLifecycle({
  ...plain,
  moves: { shut: { ...shut, asks: ['reason?'], sets: { shutAt: 'now' }, rules: ['attended'] } },
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

interface DoorFacts {
  guests: number;
}
type Door = typeof doorRecord;

const rules = rulesOf<Door, DoorFacts>({
  attended: { sentence: 'Nobody is left inside.', needs: ['guests'], gives: [], check: () => [] },
});

const nothing = { sentence: '', gives: [] };

it('gives rules and facts by the names of the record', () => {
  expect(served({ definition: doorRecord, rules, facts: { guests: 'select 0' } }).rules).toBe(rules);
  // @ts-expect-error -- no such rule
  rulesOf<Door, DoorFacts>({ atended: { ...nothing, check: () => [] } });
  // @ts-expect-error -- no such fact
  rulesOf<Door, DoorFacts>({ attended: { ...nothing, needs: ['gests'], check: () => [] } });
  // @ts-expect-error -- no such fact
  rulesOf<Door, DoorFacts>({ attended: { ...nothing, check: ({ facts }) => (facts.gests ? [] : []) } });
  // @ts-expect-error -- no such field
  rulesOf<Door, DoorFacts>({ attended: { ...nothing, check: ({ values }) => (values.keepr ? [] : []) } });
  rulesOf<Door, DoorFacts>({
    // @ts-expect-error -- no such state
    attended: { ...nothing, check: ({ record }) => (record.state === 'opn' ? [] : []) },
  });
  rulesOf<Door, DoorFacts>({
    // @ts-expect-error -- no such role
    attended: { ...nothing, check: ({ actor }) => (actor.grants.some(({ role }) => role === 'KEEPR') ? [] : []) },
  });
  // @ts-expect-error -- a fact that the rules need is not given
  served({ definition: doorRecord, rules });
  // @ts-expect-error -- what is given is no fact that they need
  served({ definition: doorRecord, rules, facts: { gests: 'select 0' } });
});

it('takes commands that name fields, states and moves of the record', () => {
  const commands: Commands<Door>[] = [
    { moved: async (_work, door, move) => Promise.resolve(void (move === 'shut' && door.fields.reason)) },
    // @ts-expect-error -- no such move
    { moved: async (_work, _door, move) => Promise.resolve(void (move === 'shutt')) },
    // @ts-expect-error -- no such field
    { created: async (_work, door) => Promise.resolve(void door.fields.keepr) },
    // @ts-expect-error -- no such field
    { prepare: async () => Promise.resolve({ keepr: 'an id' }) },
    // @ts-expect-error -- no such field
    { derive: [{ from: ['keepr'], values: () => ({}) }] },
  ];
  expect(commands).toHaveLength(5);
});

it('moves a record by a move of its own', () => {
  const doorOf = (work: Work) => serverRecord(work.application.registry, doorRecord);
  const moves: ((work: Work) => Promise<unknown>)[] = [
    (work) => moveBecause(work, doorOf(work), 'an id', 'shut'),
    // @ts-expect-error -- no such move
    (work) => moveBecause(work, doorOf(work), 'an id', 'shutt'),
  ];
  expect(moves).toHaveLength(2);
});
