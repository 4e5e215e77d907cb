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

/** The breaks that a principal may see; among some records alone, where they are named. */
export type Breaks = (source: BreakSource, among: readonly string[] | null) => Promise<Break[]>;
