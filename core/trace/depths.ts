// How far along the thread each record lies: behind everything that leads to it. Pure.

export interface Flow {
  from: string;
  to: string;
  /** When it came about; of a ring, the newest part is the one that closes it. */
  at: string;
}

/**
 * Steps from the start along the flows, negative before it: each record lies one step behind the farthest of those that
 * lead to it. A flow that would close a ring (the next turn of a loop) counts for nothing.
 */
export function depths(start: string, flows: readonly Flow[]): Map<string, number> {
  const ids = [...new Set([start, ...flows.flatMap(({ from, to }) => [from, to])])];
  const before = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of flows.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)))
    if (!leadsTo(before, to, from)) before.get(to)?.push(from);
  const layers = new Map<string, number>();
  const layerOf = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    const layer = Math.max(0, ...(before.get(id) ?? []).map((each) => layerOf(each) + 1));
    layers.set(id, layer);
    return layer;
  };
  const origin = layerOf(start);
  return new Map(ids.map((id) => [id, layerOf(id) - origin]));
}

/** Whether one record comes before another along the flows kept so far. */
function leadsTo(before: ReadonlyMap<string, readonly string[]>, first: string, last: string): boolean {
  const seen = new Set<string>();
  const queue = [last];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === first) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(before.get(id) ?? []));
  }
  return false;
}
