import { expect, it } from 'vitest';
import { stopsOf } from './stops.ts';

const edges = ['2016-02-06T15:00:00.000Z', '2015-09-28T12:00:00.000Z', '2016-02-06T09:00:00.000Z'].map((at) => ({
  at,
}));

it('stops once at the end of each day with a link, oldest first', () => {
  expect(stopsOf(edges, '2015-01-01T00:00:00.000Z')).toEqual(['2015-09-28T23:59:59.999Z', '2016-02-06T23:59:59.999Z']);
});

it('does not go back to before the record was made, but to the day it was', () => {
  expect(stopsOf(edges, '2016-02-06T10:00:00.000Z')).toEqual(['2016-02-06T23:59:59.999Z']);
});
