// Where everything of the loop stands: five stages on a ring, gates as posts between them, services outside of their stage. Pure.
import type { z } from 'zod';
import type { StageName } from '../../../core/record/define/define.ts';
import type { loopSchema } from '../../../strategy/portfolio/views.ts';
import { ringStages, stageLabels } from '../../../core/ui/stage.tsx';

/** Gates with their names: the answer has their codes. */
export type LoopView = Omit<LoopAnswer, 'gates'> & { gates: LoopGate[] };
export type LoopGate = LoopAnswer['gates'][number] & { label?: string; stage?: StageName | null };
export type LoopToken = LoopAnswer['stages'][number]['services'][number];
export type LoopAnswer = z.infer<typeof loopSchema>;

export interface Point {
  x: number;
  y: number;
}
export interface PlacedStage extends Point {
  stage: StageName;
  label: Point /** Path to the next stage. */;
  arc: string;
  count: number;
}
export interface PlacedGate extends Point {
  gate: LoopGate /** No room for its name: drawn as a dot. */;
  small: boolean;
}
export interface PlacedToken extends Point {
  token: LoopToken;
  size: number;
  /** Where its name stands; null where there is no room for names. */
  name: (Point & { anchor: 'start' | 'middle' | 'end' }) | null;
}
export interface BackEdge {
  from: StageName;
  to: StageName;
  count: number;
  path: string;
  width: number;
}
export interface PlacedLoop {
  width: number;
  height: number;
  centre: Point;
  radius: number;
  stages: PlacedStage[];
  gates: PlacedGate[];
  tokens: PlacedToken[];
  rest: (Point & { stage: StageName; count: number })[];
  backEdges: BackEdge[];
}

const fifth = (2 * Math.PI) / ringStages.length;
const angleOf = (position: number) => position * fifth - Math.PI / 2;
const at = (centre: Point, radius: number, angle: number): Point => ({
  x: centre.x + radius * Math.cos(angle),
  y: centre.y + radius * Math.sin(angle),
});

/** Smallest and largest side of a token in pixels; in between by the square root, so that areas compare. */
const sizes = { least: 14, most: 26 };

/** Rows of tokens: how many in one, how many rows, how far the first is from the ring. */
interface Room {
  perRow: number;
  rows: number;
  outside: number;
}
const wideRoom: Room = { perRow: 8, rows: 2, outside: 48 };
const narrowRoom: Room = { perRow: 4, rows: 1, outside: 42 };

export function tokenSize(value: number | null, largest: number): number {
  if (value === null || largest <= 0) return sizes.least;
  return sizes.least + (sizes.most - sizes.least) * Math.sqrt(Math.max(0, value) / largest);
}

/** Gates by the stage they lead out of; those that do not say are spread over the ring in their order. */
function gatesByStage(gates: readonly LoopGate[]): LoopGate[][] {
  return ringStages.map((stage, index) =>
    gates.filter((gate, position) =>
      gate.stage ? gate.stage === stage : Math.floor((position * ringStages.length) / gates.length) === index,
    ),
  );
}

/** More gates than this, and only those where something waits are drawn with their name. */
const mostNamed = 12;

function placeGates(
  gates: readonly LoopGate[],
  centre: Point,
  radius: number,
  room: number,
  narrow: boolean,
): PlacedGate[] {
  return gatesByStage(gates).flatMap((group, index) =>
    group.map((gate, position) => ({
      gate,
      small: gate.waiting === 0 && (narrow || gates.length > mostNamed),
      ...at(centre, radius, angleOf(index + room + ((1 - 2 * room) * (position + 1)) / (group.length + 1))),
    })),
  );
}

/** Tokens stand on arcs outside of the ring, each row farther out. */
function placeTokens(
  tokens: readonly LoopToken[],
  index: number,
  ring: { centre: Point; radius: number },
  room: Room,
  largest: number,
): PlacedToken[] {
  const step = sizes.most + 4;
  const shown = tokens.slice(0, room.perRow * room.rows);
  return shown.map((token, position) => {
    const row = Math.floor(position / room.perRow);
    const inRow = Math.min(room.perRow, shown.length - row * room.perRow);
    const away = ring.radius + room.outside + row * step;
    const aside = (((position % room.perRow) - (inRow - 1) / 2) * step) / away;
    const place = at(ring.centre, away, angleOf(index) + aside);
    const alone = shown.length === 1 && room.perRow > narrowRoom.perRow;
    return { token, size: tokenSize(token.value, largest), ...place, name: alone ? nameBeside(place, index) : null };
  });
}

/** The name of a token that stands alone: on its outer side. */
function nameBeside({ x, y }: Point, index: number): NonNullable<PlacedToken['name']> {
  const aside = Math.cos(angleOf(index));
  if (Math.abs(aside) < 0.7) return { x, y: y + (Math.sin(angleOf(index)) < 0 ? -22 : 30), anchor: 'middle' };
  return { x: x + Math.sign(aside) * 20, y: y + 4, anchor: aside < 0 ? 'end' : 'start' };
}

/** A stage's name stands inside the ring: below the upper stages, beside those at the sides, where there is room for it. */
function placeLabel(stage: StageName, index: number, node: Point, narrow: boolean): Point {
  const angle = angleOf(index);
  if (narrow) return { x: node.x - Math.cos(angle) * 16, y: node.y + (Math.sin(angle) > 0.1 ? -44 : 42) };
  const halfWord = stageLabels[stage].length * 3.6;
  return {
    x: node.x - Math.cos(angle) * (34 + halfWord),
    y: node.y - Math.sin(angle) * (Math.sin(angle) > 0.1 ? 64 : 46),
  };
}

export function layoutLoop(loop: LoopView, width: number): PlacedLoop {
  const narrow = width < 560;
  const room = narrow ? narrowRoom : wideRoom;
  const height = narrow ? width * 1.08 : Math.min(640, Math.max(500, width * 0.64));
  const radius = narrow ? width * 0.33 : height * 0.325;
  const centre = { x: width / 2, y: height / 2 + radius * (narrow ? 0.05 : 0.08) };
  const largest = Math.max(0, ...loop.stages.flatMap((each) => each.services.map((token) => token.value ?? 0)));
  const nodes = ringStages.map((_, index) => at(centre, radius, angleOf(index)));
  const viewOf = (stage: StageName) => loop.stages.find((each) => each.stage === stage);
  const nodeOf = (stage: StageName) => nodes[ringStages.findIndex((each) => each === stage)] ?? centre;
  const most = Math.max(1, ...loop.backEdges.map((edge) => edge.count));
  const tokens = ringStages.map((stage, index) =>
    placeTokens(viewOf(stage)?.services ?? [], index, { centre, radius }, room, largest),
  );
  return {
    width,
    height,
    centre,
    radius,
    stages: ringStages.map((stage, index) => ({
      stage,
      ...(nodes[index] ?? centre),
      label: placeLabel(stage, index, nodes[index] ?? centre, narrow),
      arc: arcOf(centre, radius, index),
      count: viewOf(stage)?.count ?? 0,
    })),
    gates: placeGates(loop.gates, centre, radius, narrow ? 0.2 : 0.15, narrow),
    tokens: tokens.flat(),
    rest: ringStages.flatMap((stage, index) => {
      const hidden = (viewOf(stage)?.services.length ?? 0) - (tokens[index]?.length ?? 0);
      return hidden > 0
        ? [{ stage, count: hidden, ...at(centre, radius + room.outside + room.rows * 26, angleOf(index)) }]
        : [];
    }),
    backEdges: loop.backEdges
      .filter((edge) => edge.from !== edge.to && edge.count > 0)
      .map((edge) => {
        const [from, to] = [nodeOf(edge.from), nodeOf(edge.to)];
        return {
          ...edge,
          width: 0.75 + 1.75 * (edge.count / most),
          path: `M${written(from)} Q${written(bent(from, to, centre))} ${written(to)}`,
        };
      }),
  };
}

/** Halfway between the straight line and the centre, so that a short way back keeps clear of the names inside. */
const bent = (from: Point, to: Point, centre: Point): Point => ({
  x: (from.x + to.x) / 4 + centre.x / 2,
  y: (from.y + to.y) / 4 + centre.y / 2,
});

const written = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The part of the ring that leads out of a stage to the next. */
function arcOf(centre: Point, radius: number, index: number): string {
  return `M${written(at(centre, radius, angleOf(index)))} A${radius.toFixed(1)} ${radius.toFixed(1)} 0 0 1 ${written(at(centre, radius, angleOf(index + 1)))}`;
}
