import { describe, expect, it } from 'vitest';
import type { Header, Thread, ThreadEdge, ThreadNode } from '../contract.ts';
import { layoutThread, stepFrom } from './layout.ts';

const header = (id: string): Header => ({
  id,
  type: 'book',
  ref: id,
  number: 1,
  title: id,
  state: 'open',
  stage: 'strategy',
  version: 1,
  customers: [],
  owner: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});
const edge = (from: string, to: string): ThreadEdge => ({
  id: `${from}>${to}`,
  from,
  to,
  type: 'leadsTo',
  label: 'leads to',
  state: 'asserted',
  at: '2026-01-01T00:00:00.000Z',
});
const nodeOf = (id: string, depth: number): ThreadNode => ({
  header: header(id),
  depth,
  distance: depth,
  measured: null,
  broken: [],
});
const thread: Thread = {
  nodes: [nodeOf('need', 0), nodeOf('one', 1), nodeOf('two', 1), nodeOf('end', 3)],
  edges: [edge('need', 'one'), edge('need', 'two'), edge('two', 'end'), edge('gone', 'end')],
  weakest: 'two>end',
  complete: true,
  truncated: false,
};
const placed = layoutThread(thread, 1000);

describe('the value thread', () => {
  it('leaves no empty column where a depth has no node', () => {
    expect(placed.nodes.map(({ node, column, row }) => [node.header.id, column, row])).toEqual([
      ['need', 0, 0],
      ['one', 1, 0],
      ['two', 1, 1],
      ['end', 2, 0],
    ]);
  });

  it('marks exactly the weakest link and draws no link to what cannot be seen', () => {
    expect(placed.edges.map(({ edge: { from, to }, weakest }) => [from, to, weakest])).toEqual([
      ['need', 'one', false],
      ['need', 'two', false],
      ['two', 'end', true],
    ]);
  });

  it('is walked along its links in both directions, and across where there is no link', () => {
    expect([
      stepFrom(placed, 'need', 'on'),
      stepFrom(placed, 'one', 'down'),
      stepFrom(placed, 'two', 'on'),
      stepFrom(placed, 'end', 'back'),
      stepFrom(placed, 'one', 'on'),
    ]).toEqual(['one', 'two', 'end', 'two', 'end']);
  });

  it('goes on in the next line where the width ends, and never grows wider than it', () => {
    const narrow = layoutThread(thread, 320);
    expect(narrow.width).toBeLessThanOrEqual(320);
    expect(narrow.nodes.map((each) => each.x)).toEqual([18, 18, 18, 18]);
    expect(new Set(narrow.nodes.map((each) => each.y)).size).toBe(4);
  });

  it('stays where it is at an end', () => {
    expect([stepFrom(placed, 'end', 'on'), stepFrom(placed, 'need', 'back'), stepFrom(placed, 'one', 'up')]).toEqual([
      'end',
      'need',
      'one',
    ]);
  });
});
