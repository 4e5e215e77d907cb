import { expect, it } from 'vitest';
import { type Command, fitting } from './commands.ts';

const commands: Command[] = [
  { id: '1', label: 'New business requirement', group: 'Create' },
  { id: '2', label: 'Business requirements', group: 'Go to', hint: 'BR' },
  { id: '3', label: 'Incidents', group: 'Go to', hint: 'INC' },
];

it('finds a command by the beginnings of its words in any order, the best beginning first', () => {
  expect(fitting(commands, 'busi').map((each) => each.id)).toEqual(['2', '1']);
  expect(fitting(commands, 'req new').map((each) => each.id)).toEqual(['1']);
});

it('finds a list by its prefix and does not find what only contains the letters', () => {
  expect([fitting(commands, 'br'), fitting(commands, 'dents')].map((found) => found.map((each) => each.id))).toEqual([
    ['2'],
    [],
  ]);
});
