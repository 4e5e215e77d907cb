import { expect, it } from 'vitest';
import { heldRows } from './held-rows.ts';

const row = (id: string, says = '') => ({ id, says });
const held = [row('b'), row('c'), row('d')];

it('keeps each row in its place with what it says now, and counts what arrived before them', () => {
  expect(heldRows([row('a'), row('b', 'edited'), row('x'), row('c'), row('d')], held)).toEqual({
    shown: [row('b', 'edited'), row('c'), row('d')],
    fresh: 2,
  });
});

it('keeps a row that has gone meanwhile, and lets more come behind the last', () => {
  expect(heldRows([row('b'), row('d'), row('e')], held)).toEqual({ shown: [...held, row('e')], fresh: 0 });
});

it('moves nothing where everything went', () => {
  expect(heldRows([], held)).toEqual({ shown: held, fresh: 0 });
});
