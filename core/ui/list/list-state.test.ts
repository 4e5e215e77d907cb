import { describe, expect, it } from 'vitest';
import type { RecordDefinition } from '../../record/define/define.ts';
import { choice, text } from '../../record/define/fields.ts';
import { apiQuery, chosenRange, nextSort, readListState } from './list-state.ts';

const book: RecordDefinition = {
  type: 'book',
  prefix: 'B',
  stage: 'strategy',
  path: 'books',
  table: 'shelf.book',
  label: 'Book',
  plural: 'Books',
  purpose: 'Something to read.',
  layout: 'register',
  fields: {
    author: text({ label: 'Author' }),
    genre: choice({ label: 'Genre', options: { novel: 'Novel', poem: 'Poem' } }),
  },
  lifecycle: {
    initial: 'new',
    states: { new: { label: 'New', tone: 'neutral' }, lent: { label: 'Lent', tone: 'running' } },
    create: { who: [] },
    edit: { who: [] },
    moves: {},
  },
  columns: ['author'],
  sorts: ['author'],
  filters: ['genre'],
};
const view = (query: string) => readListState(new URLSearchParams(query), book);

describe('a list in its address', () => {
  it('gives the same API query for the same address, whoever copied it', () => {
    expect(apiQuery(view('state=new,lent&sort=author&q=sea&genre=poem&owner=me&columns=genre&peek=1'), 'u-1')).toBe(
      'sort=author&state=new%2Clent&q=sea&owner=u-1&genre=poem',
    );
  });

  it('leaves out states, sorts and columns that the record type does not have', () => {
    expect(view('state=new,burnt&sort=colour&columns=genre,colour')).toMatchObject({
      states: ['new'],
      sort: '-number',
      columns: ['genre'],
    });
  });

  it('shows the declared columns until someone chooses, and none when none is chosen', () => {
    expect([view('').columns, view('columns=').columns]).toEqual([['author'], []]);
  });

  it('turns a column up, down, and back to newest first', () => {
    expect([nextSort('-number', 'author'), nextSort('author', 'author'), nextSort('-author', 'author')]).toEqual([
      'author',
      '-author',
      '-number',
    ]);
  });

  it('chooses a range in both directions', () => {
    expect([chosenRange(['a', 'b', 'c', 'd'], 1, 2), chosenRange(['a', 'b', 'c', 'd'], 3, 2)]).toEqual([
      ['b', 'c'],
      ['c', 'd'],
    ]);
  });
});
