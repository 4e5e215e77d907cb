// The value thread as a picture: columns by depth, in as many lines as the width needs. Pure.
import type { Thread, ThreadEdge, ThreadNode } from '../contract.ts';

export interface PlacedNode {
  node: ThreadNode;
  x: number;
  y: number;
  column: number;
  row: number;
}
export interface PlacedEdge {
  edge: ThreadEdge;
  path: string;
  weakest: boolean;
  middle: { x: number; y: number };
}
export interface PlacedThread {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export const box = { width: 168, height: 56, across: 36, down: 14, margin: 18, band: 40 };

const step = { x: box.width + box.across, y: box.height + box.down };

interface Band {
  columns: ThreadNode[][];
  top: number;
  height: number;
  firstColumn: number;
}

/** Columns in lines of as many as the width takes, like words in a paragraph. */
function bandsOf(columns: ThreadNode[][], width: number): Band[] {
  const perBand = Math.max(1, Math.floor((width - 2 * box.margin + box.across) / step.x));
  const bands: Band[] = [];
  for (let first = 0; first < columns.length; first += perBand) {
    const inBand = columns.slice(first, first + perBand);
    const above = bands.at(-1);
    bands.push({
      columns: inBand,
      firstColumn: first,
      top: above ? above.top + above.height + box.band : box.margin,
      height: Math.max(...inBand.map((column) => column.length)) * step.y - box.down,
    });
  }
  return bands;
}

function placeBand({ columns, top, height, firstColumn }: Band): PlacedNode[] {
  return columns.flatMap((column, index) => {
    const start = top + (height - (column.length * step.y - box.down)) / 2;
    return column.map((node, row) => ({
      node,
      column: firstColumn + index,
      row,
      x: box.margin + index * step.x,
      y: start + row * step.y,
    }));
  });
}

function curve(start: Point, end: Point): string {
  const bend = Math.max(box.across, Math.abs(end.x - start.x)) / 2;
  return `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
}

/** Between two of one column: around their right side. */
function aroundTheSide(start: Point, end: Point): string {
  const right = end.x + box.width;
  const out = right + box.across / 2;
  return `M${start.x} ${start.y} C${out} ${start.y} ${out} ${end.y} ${right} ${end.y}`;
}

/** From the end of one line to the beginning of a later one: out, through the gap above the later line, in. */
function wrap(start: Point, end: Point, gap: number): string {
  const out = box.across / 2 - 4;
  return `M${start.x} ${start.y}h${out}V${gap}H${end.x - out}V${end.y}H${end.x}`;
}

interface Point {
  x: number;
  y: number;
}

/** Places a thread within a width; columns are centred on their line, so that a straight thread is a straight line. */
export function layoutThread({ nodes, edges, weakest }: Thread, width: number): PlacedThread {
  const depths = [...new Set(nodes.map((each) => each.depth))].toSorted((one, other) => one - other);
  const bands = bandsOf(
    depths.map((depth) => nodes.filter((each) => each.depth === depth)),
    width,
  );
  const placed = bands.flatMap(placeBand);
  const of = (id: string) => placed.find((each) => each.node.header.id === id);
  const bandOf = (column: number) => bands.findLast((each) => each.firstColumn <= column);
  const drawn = edges.flatMap((edge) => {
    const ends = [of(edge.from), of(edge.to)].filter((each) => each !== undefined);
    // Drawn along the thread, whichever way the link was made.
    const [from, to] = ends.toSorted((one, other) => one.column - other.column);
    if (!from || !to) return [];
    const start = { x: from.x + box.width, y: from.y + box.height / 2 };
    const end = { x: to.x, y: to.y + box.height / 2 };
    const [upper, lower] = [bandOf(from.column), bandOf(to.column)];
    const gap = (lower?.top ?? 0) - box.band / 2;
    const path =
      from.column === to.column
        ? aroundTheSide(start, end)
        : upper === lower
          ? curve(start, end)
          : wrap(start, end, gap);
    const middle =
      upper === lower ? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } : { x: (start.x + end.x) / 2, y: gap };
    return [{ edge, path, weakest: edge.id === weakest, middle }];
  });
  const last = bands.at(-1);
  return {
    width: Math.max(0, ...placed.map((each) => each.x + box.width)) + box.margin,
    height: (last ? last.top + last.height : 0) + box.margin,
    nodes: placed,
    edges: drawn,
  };
}

export type Step = 'on' | 'back' | 'up' | 'down';

/** Where an arrow key leads: along the links where there are any (to the nearest, whichever way the link was made), else to the nearest of the next column. */
export function stepFrom(thread: PlacedThread, id: string, way: Step): string {
  const here = thread.nodes.find((each) => each.node.header.id === id);
  if (!here) return thread.nodes[0]?.node.header.id ?? id;
  if (way === 'up' || way === 'down') {
    const neighbour = thread.nodes.find(
      (each) => each.column === here.column && each.row === here.row + (way === 'up' ? -1 : 1),
    );
    return neighbour?.node.header.id ?? id;
  }
  const ahead = (each: PlacedNode) => (way === 'on' ? each.column - here.column : here.column - each.column);
  const joined = new Set(
    thread.edges.flatMap(({ edge }) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : [])),
  );
  const [linked] = thread.nodes
    .filter((each) => joined.has(each.node.header.id) && ahead(each) > 0)
    .toSorted((one, other) => ahead(one) - ahead(other) || Math.abs(one.y - here.y) - Math.abs(other.y - here.y));
  if (linked) return linked.node.header.id;
  const next = thread.nodes.filter((each) => each.column === here.column + (way === 'on' ? 1 : -1));
  return next.toSorted((one, other) => Math.abs(one.y - here.y) - Math.abs(other.y - here.y))[0]?.node.header.id ?? id;
}
