// What a record type keeps in tables of its own beside its row, told by its entries: `verify` compares them.
import type { Json } from '../../journal/format/hash.ts';
import type { Queryable } from '../../database/queryable.ts';

/** One element as an entry tells it; the last entry that tells an id counts. */
export interface BesideElement {
  id: string;
  [name: string]: Json;
}

/**
 * A list that entries tell under a key, element by element (`_clocks`, `_notes`), and where it stands.
 * @example { told: '_clocks', what: 'clock', standing: clocksStanding }
 */
export interface Beside {
  told: `_${string}`;
  what: string;
  /** The elements that stand in tables, by record, in the shape in which entries tell them. */
  standing: (
    client: Queryable,
    providerId: string,
    records: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly BesideElement[]>>;
  /** What an entry tells of an element without saying it again: who was at work, and when. */
  completed?: (element: BesideElement, entry: { actorId: string | null; recordedAt: string }) => BesideElement;
}
