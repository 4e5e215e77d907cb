/** Entries by their numbers, after `from` up to `to`, among which the machine's clock was evidently set back. */
export interface SetBack {
  from: number;
  to: number;
}

/** What the order of instants is judged with. */
export interface ClockTold {
  setBacks: readonly SetBack[];
  /** Entries of acts that were under way while the clock jumped ahead, or while a checkpoint was taken. */
  late: ReadonlySet<number>;
}

/**
 * How much earlier an entry may be recorded than what stands before it: an act takes its instant when it begins, and machines
 * that share a database differ by a little.
 */
export const leniencyMs = 10 * 60_000;
