import { expect, it } from 'vitest';
import { leftOver } from './typed-item.ts';

const typed = { statement: 'Two hours.', words: 'Says too little.', version: 3 };
const after = { statement: 'One hour.', version: 4 };

it('of what is typed at an item a statement that was not sent stays, whatever else is done with the item', () => {
  for (const sent of [{ accept: true }, { reject: 'Says too little.' }, { applicable: true }])
    expect(leftOver(typed, sent, after)).toEqual({ statement: 'Two hours.', words: '', version: 4 });
});

it('nothing of it stays once it was sent, or stands there anyway', () => {
  expect(leftOver(typed, { statement: 'Two hours.' }, { ...after, statement: 'Two hours.' })).toBeNull();
  expect(leftOver({ ...typed, statement: 'One hour.' }, { accept: true }, after)).toBeNull();
  expect(leftOver({ ...typed, statement: '' }, { accept: true }, { ...after, statement: null })).toBeNull();
});
