// What the example ends by showing: the thread as a table, and the twelve cells.
import type { Body, Person } from './person.ts';

/** The thread from a record as lines: what, joined how, to what. */
export async function threadTable(person: Person, start: string): Promise<{ lines: string[]; broken: number }> {
  const { nodes, edges } = await person.get(`/records/${start}/thread`);
  const headers = new Map<string, Body>(nodes.map((node: Body) => [node.header.id, node.header]));
  const depth = new Map<string, number>(nodes.map((node: Body) => [node.header.id, node.depth]));
  const name = (id: string) => `${headers.get(id)?.ref} ${headers.get(id)?.title}`.slice(0, 58);
  const rows = edges.toSorted(
    (a: Body, b: Body) => (depth.get(a.from) ?? 0) - (depth.get(b.from) ?? 0) || (a.at < b.at ? -1 : 1),
  );
  const lines = rows.map(
    (edge: Body) =>
      `  ${name(edge.from).padEnd(58)}  ${edge.label.padEnd(14)}  ${name(edge.to)}${edge.state === 'suspect' ? '  (edited since)' : ''}`,
  );
  return { lines, broken: missingLinks(headers, edges) };
}

/** Links of the thread that must be there and are not: every step from a requirement down to the newest value, and on to the next requirement. */
function missingLinks(headers: ReadonlyMap<string, Body>, edges: readonly Body[]): number {
  const typeOf = (id: string) => headers.get(id)?.type;
  const has = (link: string, from: string, to: string) =>
    edges.some((edge) => edge.type === link && typeOf(edge.from) === from && typeOf(edge.to) === to);
  const steps: [string, string, string][] = [
    ['expects', 'business-requirement', 'outcome'],
    ['packagedIn', 'business-requirement', 'service-package'],
    ['promises', 'service-package', 'outcome'],
    ['specifiedBy', 'service-package', 'design-package'],
    ['realisedBy', 'design-package', 'component'],
    ['builds', 'design-package', 'release'],
    ['contains', 'release', 'component'],
    ['authorisedBy', 'release', 'change'],
    ['delivers', 'release', 'service-version'],
    ['versionOf', 'service-version', 'service'],
    ['governedBy', 'service', 'agreement'],
    ['observed', 'outcome', 'outcome-measurement'],
    ['attains', 'outcome-measurement', 'service-version'],
    ['improves', 'improvement', 'service'],
    ['feeds', 'improvement', 'business-requirement'],
  ];
  return steps.filter((step) => !has(...step)).length;
}

const qualities = ['efficiency', 'effectiveness', 'cost_effectiveness', 'compliance'];

/** The twelve cells as lines: headline figure, or why there is none. */
export async function matrixTable(person: Person, service: string): Promise<string[]> {
  const { cells } = await person.get(`/measurement/matrix?service=${service}`);
  return cells
    .toSorted(
      (a: Body, b: Body) =>
        `${a.object}`.localeCompare(b.object) || qualities.indexOf(a.quality) - qualities.indexOf(b.quality),
    )
    .map((cell: Body) => `  ${cell.object.padEnd(11)} ${cell.quality.replaceAll('_', '-').padEnd(19)} ${figure(cell)}`);
}

function figure({ value, metric, n, reason }: Body): string {
  if (value === null) return `no data: ${reason}`;
  const shown =
    Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : (Math.round(value * 100) / 100).toString();
  return `${shown} ${metric.unit}  ${metric.label} (n = ${n.toLocaleString('en')})`;
}

/** What an import counted as deviating from the lifecycle, by sort: the moves are those that conformance (PM-1) leaves short of all. */
export function deviationsOf(counts: Readonly<Record<string, number>>): string {
  const of = (isOne: (what: string) => boolean) =>
    Object.entries(counts)
      .filter(([what]) => isOne(what))
      .reduce((sum, [, times]) => sum + times, 0)
      .toLocaleString('en');
  const all = of(() => true);
  return `${all} deviations from the lifecycle: ${of((what) => what.includes(' → '))} moves that it does not know, ${of((what) => what.startsWith('begins '))} that begin further on, ${of((what) => what === 'a state without a meaning')} states without a meaning`;
}
