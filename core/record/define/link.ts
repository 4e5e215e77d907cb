import type { WhileIn } from './fields.ts';

export interface LinkInput {
  type: string;
  from: string;
  to: string;
}

/** Links of one kind from several records to one. */
export interface Linked {
  type: string;
  from: readonly string[];
  to: string;
}

export type LinkEnd = 'from' | 'to';

/** The kinds of trace link, with what their ends may be; `*` stands for any type. */
export interface LinkType {
  type: string;
  label: string;
  inverse: string;
  from: readonly string[];
  to: readonly string[];
  /**
   * `never`: mass records, reached through their list instead; `newest`: of several from one record only the newest is
   * shown; `between`: shown between records of the thread, but nothing is reached through it.
   */
  inThread?: 'never' | 'newest' | 'between';
  /** Made by what records do, and by nothing else: no person joins or parts with it. */
  kept?: true;
  /**
   * Ends whose content it is, as their fields are: made and ended by hand by who may edit one of them, while that may be
   * edited.
   */
  heldBy?: readonly LinkEnd[];
  /** The record at this end is never handled more lightly than the one at the other: it answers for that. */
  answersFor?: LinkEnd;
  /**
   * Any number of records point at one, so a move of that one must not touch them all: neither end is pinned to its content,
   * and the one does not list them among its links. Joined by who may edit one of the ends, though it is in no thread.
   */
  many?: true;
  /** What it may be made to point at, by its state. */
  toWhileIn?: WhileIn;
  /** In the thread what the link points at comes before what it points from. */
  against?: true;
}
