/**
 * Does a job's work item by item: a fault at one holds up no other.
 * @throws after all were tried, the faults together
 */
export async function oneByOne<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const faults: unknown[] = [];
  for (const item of items) await run(item).catch((fault: unknown) => faults.push(fault));
  if (faults.length) throw new AggregateError(faults, `${faults.length} of ${items.length} could not be done`);
}
