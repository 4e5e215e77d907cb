/**
 * What a move of one record brings about in others: in the same transaction, under the same cause. Written as data, so that
 * the chain from stage to stage can be read, drawn and tested. `then` moves happen to the records of that type found
 * along the lineage or a link, if they stand in one of the `from` states; what stands elsewhere is left alone.
 */
export interface Consequence {
  when: { type: string; move: string };
  then: readonly Effect[];
}

export interface Effect {
  type: string;
  move: string;
  from: readonly string[];
  /** The lineage, a link, or a link and then another from what the first leads to. */
  along: 'lineage' | Along | readonly [Along, Along];
  /** Along a lineage: what is of customers who opted out of the record that moves is left alone, or nothing else is touched. */
  optedOut?: 'not' | 'only';
}

export interface Along {
  link: string;
  direction: 'out' | 'in';
}
