// The value thread as a picture: columns by depth, what stands at the same depth below each other. Pure.
import type { Thread, ThreadEdge, ThreadNode } from '../contract.ts';

export interface PlacedNode { node: ThreadNode; x: number; y: number; column: number; row: number }
export interface PlacedEdge { edge: ThreadEdge; path: string; weakest: boolean; middle: { x: number; y: number } }
export interface PlacedThread { width: number; height: number; nodes: PlacedNode[]; edges: PlacedEdge[] }

export const box = { width: 168, height: 56, across: 36, down: 14, margin: 8 };

const isSame = (one: ThreadEdge, other: ThreadEdge | null) => other !== null && one.from === other.from && one.to === other.to && one.type === other.type;

/** Places a thread; columns are centred, so that a straight thread is a straight line. */
export function layoutThread({ nodes, edges, weakest }: Thread): PlacedThread {
  const depths = [...new Set(nodes.map((each) => each.depth))].toSorted((one, other) => one - other);
  const columns = depths.map((depth) => nodes.filter((each) => each.depth === depth));
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const step = { x: box.width + box.across, y: box.height + box.down };
  const height = tallest * step.y - box.down + 2 * box.margin + 12;
  const placed = columns.flatMap((column, index) => {
    const top = (height - (column.length * step.y - box.down)) / 2;
    return column.map((node, row) => ({ node, column: index, row, x: box.margin + index * step.x, y: top + row * step.y }));
  });
  const of = (id: string) => placed.find((each) => each.node.header.id === id);
  const drawn = edges.flatMap((edge) => {
    const [from, to] = [of(edge.from), of(edge.to)];
    if (!from || !to) return [];
    const start = { x: from.x + box.width, y: from.y + box.height / 2 };
    const end = { x: to.x, y: to.y + box.height / 2 };
    const bend = Math.max(box.across, Math.abs(end.x - start.x)) / 2;
    const path = `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
    return [{ edge, path, weakest: isSame(edge, weakest), middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } }];
  });
  return { width: Math.max(1, depths.length) * step.x - box.across + 2 * box.margin, height, nodes: placed, edges: drawn };
}

export type Step = 'on' | 'back' | 'up' | 'down';

/** Where an arrow key leads: along the links where there are any, else to the nearest of the next column. */
export function stepFrom(thread: PlacedThread, id: string, step: Step): string {
  const here = thread.nodes.find((each) => each.node.header.id === id);
  if (!here) return thread.nodes[0]?.node.header.id ?? id;
  if (step === 'up' || step === 'down') {
    const beside = thread.nodes.find((each) => each.column === here.column && each.row === here.row + (step === 'up' ? -1 : 1));
    return beside?.node.header.id ?? id;
  }
  const linked = thread.edges.find(({ edge }) => (step === 'on' ? edge.from : edge.to) === id)?.edge;
  if (linked) return step === 'on' ? linked.to : linked.from;
  const next = thread.nodes.filter((each) => each.column === here.column + (step === 'on' ? 1 : -1));
  return next.toSorted((one, other) => Math.abs(one.y - here.y) - Math.abs(other.y - here.y))[0]?.node.header.id ?? id;
}
