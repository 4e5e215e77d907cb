// Where the thread of what is in use is broken: a record from which nothing leads on to where it must.
import type { Queryable } from '../../database/queryable.ts';
import type { Principal } from '../../permission/principal.ts';
import type { Header } from './data.ts';

export interface Break {
  /** The record at which it is broken. */
  at: Header;
  /** What is in use, and hangs on it. */
  of: Header;
  /** `thread.no-outcome`. */
  code: string;
  sentence: string;
  /** How it is mended. */
  hint: string;
}

export interface BreakSource {
  client: Queryable;
  principal: Principal;
  /** ISO instant. */
  now: string;
}

/** Of what is in use, or of what is about to be: then as if it were already. */
export type BreakMoment = 'in use' | 'coming into use';

/** The breaks that a principal may see at some records. */
export type Breaks = (source: BreakSource, among: readonly string[], moment: BreakMoment) => Promise<Break[]>;
