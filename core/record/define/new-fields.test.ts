import { expect, it } from 'vitest';
import { defineLifecycle } from '../../lifecycle/lifecycle.ts';
import { defineRecord } from './define.ts';
import { date, integer, text } from './fields.ts';
import { newFields } from './new-fields.ts';

const lifecycle = defineLifecycle({
  initial: 'open',
  states: {
    open: { label: 'Open', tone: 'neutral' },
    working: { label: 'Working', tone: 'running' },
    done: { label: 'Done', tone: 'good' },
  },
  create: { who: ['*'] },
  edit: { who: ['*'] },
  moves: {
    take: { label: 'Take', from: ['open'], to: 'working', who: ['*'], asks: ['worker?'] },
    hand: { label: 'Hand over', from: ['working'], to: 'working', who: ['*'], asks: ['worker', 'place'] },
    finish: { label: 'Finish', from: ['working'], to: 'done', who: ['*'], asks: ['result', 'cost?'] },
    mend: { label: 'Mend', from: ['done'], to: 'done', who: ['system'], asks: ['words?'] },
    again: { label: 'Again', from: ['done'], to: 'working', who: ['*'], back: true, asks: ['wanted'] },
  },
});
const definition = defineRecord({
  type: 'job',
  prefix: 'J',
  stage: 'operation',
  path: 'jobs',
  table: 'operation.job',
  label: 'Job',
  plural: 'Jobs',
  purpose: 'Something to do.',
  layout: 'case',
  lifecycle,
  columns: [],
  fields: {
    words: text({ label: 'Words' }),
    worker: text({ label: 'Worker' }),
    place: text({ label: 'Place', required: true }),
    result: text({ label: 'Result' }),
    cost: integer({ label: 'Cost' }),
    wanted: date({ label: 'Wanted by' }),
    touched: integer({ label: 'Touched', derived: true }),
  },
});

it('asks at the beginning for what no move asks for, what the first moves ask for, and what is required', () => {
  expect(newFields(definition).map(([name]) => name)).toEqual(['words', 'worker', 'place', 'wanted']);
});
