// Where everything of the loop stands: five stages on a ring, gates as posts between them, services outside of their stage. Pure.
import type { StageName } from '../../record/define.ts';
import type { Header } from '../contract.ts';
import { ringStages } from '../stage.tsx';

export interface LoopToken { header: Header; status: string; stage: StageName; value: number | null; waiting: number | boolean | null }
export interface LoopGate { gate: string; label?: string; side: 'B' | 'P'; waiting: number; oldestSince: string | null; /** The stage it leads out of. */ stage?: StageName | null }
export interface LoopView {
  stages: { stage: StageName; count: number; services: LoopToken[] }[];
  gates: LoopGate[];
  backEdges: { from: StageName; to: StageName; count: number }[];
}

export interface Point { x: number; y: number }
export interface PlacedStage extends Point { stage: StageName; label: Point; count: number }
export interface PlacedGate extends Point { gate: LoopGate }
export interface PlacedToken extends Point { token: LoopToken; size: number }
export interface BackEdge { from: StageName; to: StageName; count: number; path: string; width: number }
export interface PlacedLoop { width: number; height: number; centre: Point; radius: number; stages: PlacedStage[]; gates: PlacedGate[]; tokens: PlacedToken[]; rest: (Point & { stage: StageName; count: number })[]; backEdges: BackEdge[] }

const fifth = (2 * Math.PI) / ringStages.length;
const angleOf = (position: number) => position * fifth - Math.PI / 2;
const at = (centre: Point, radius: number, angle: number): Point => ({ x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) });

/** Smallest and largest side of a token in pixels; in between by the square root, so that areas compare. */
const sizes = { least: 14, most: 26 };

export function tokenSize(value: number | null, largest: number): number {
  if (value === null || largest <= 0) return sizes.least;
  return sizes.least + (sizes.most - sizes.least) * Math.sqrt(Math.max(0, value) / largest);
}

/** Gates by the stage they lead out of; those that do not say are spread over the ring in their order. */
function gatesByStage(gates: readonly LoopGate[]): LoopGate[][] {
  return ringStages.map((stage, index) => gates.filter((gate, position) => (gate.stage ? gate.stage === stage : Math.floor((position * ringStages.length) / gates.length) === index)));
}

function placeGates(gates: readonly LoopGate[], centre: Point, radius: number, room: number): PlacedGate[] {
  return gatesByStage(gates).flatMap((group, index) =>
    group.map((gate, position) => ({ gate, ...at(centre, radius, angleOf(index + room + ((1 - 2 * room) * (position + 1)) / (group.length + 1))) })));
}

/** Tokens stand in rows along the ring's tangent, each row farther out. */
function placeTokens(tokens: readonly LoopToken[], index: number, node: Point, perRow: number, rows: number, largest: number): PlacedToken[] {
  const angle = angleOf(index);
  const [out, along] = [{ x: Math.cos(angle), y: Math.sin(angle) }, { x: -Math.sin(angle), y: Math.cos(angle) }];
  const step = sizes.most + 4;
  const shown = tokens.slice(0, perRow * rows);
  return shown.map((token, position) => {
    const row = Math.floor(position / perRow);
    const inRow = Math.min(perRow, shown.length - row * perRow);
    const aside = ((position % perRow) - (inRow - 1) / 2) * step;
    const away = 48 + row * step;
    return { token, size: tokenSize(token.value, largest), x: node.x + out.x * away + along.x * aside, y: node.y + out.y * away + along.y * aside };
  });
}

export function layoutLoop(loop: LoopView, width: number): PlacedLoop {
  const narrow = width < 560;
  const height = narrow ? width * 1.12 : Math.min(620, Math.max(480, width * 0.62));
  const radius = narrow ? width * 0.29 : height * 0.3;
  const centre = { x: width / 2, y: height / 2 + radius * 0.1 };
  const [perRow, rows] = narrow ? [4, 2] : [7, 2];
  const largest = Math.max(0, ...loop.stages.flatMap((each) => each.services.map((token) => token.value ?? 0)));
  const nodes = ringStages.map((_, index) => at(centre, radius, angleOf(index)));
  const countOf = (stage: StageName) => loop.stages.find((each) => each.stage === stage);
  const nodeOf = (stage: StageName) => nodes[ringStages.findIndex((each) => each === stage)] ?? centre;
  const most = Math.max(1, ...loop.backEdges.map((edge) => edge.count));
  const tokens = ringStages.map((stage, index) => placeTokens(countOf(stage)?.services ?? [], index, nodes[index] ?? centre, perRow, rows, largest));
  return {
    width, height, centre, radius,
    stages: ringStages.map((stage, index) => ({ stage, ...(nodes[index] ?? centre), label: at(centre, radius - (narrow ? 36 : 46), angleOf(index)), count: countOf(stage)?.count ?? 0 })),
    gates: placeGates(loop.gates, centre, radius, narrow ? 0.2 : 0.14),
    tokens: tokens.flat(),
    rest: ringStages.flatMap((stage, index) => {
      const hidden = (countOf(stage)?.services.length ?? 0) - (tokens[index]?.length ?? 0);
      return hidden > 0 ? [{ stage, count: hidden, ...at(nodes[index] ?? centre, 48 + rows * 30, angleOf(index)) }] : [];
    }),
    backEdges: loop.backEdges.filter((edge) => edge.from !== edge.to && edge.count > 0).map((edge) => {
      const [from, to] = [nodeOf(edge.from), nodeOf(edge.to)];
      return { ...edge, width: 0.75 + 1.75 * (edge.count / most), path: `M${from.x.toFixed(1)} ${from.y.toFixed(1)} Q${centre.x.toFixed(1)} ${centre.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}` };
    }),
  };
}
