/** The end of each day on which a link was made, oldest first, none from before the record was there. */
export function stopsOf(edges: readonly { at: string }[], since: string): string[] {
  const days = new Set(edges.map(({ at }) => `${at.slice(0, 10)}T23:59:59.999Z`));
  return [...days].filter((stop) => stop >= since).toSorted();
}
