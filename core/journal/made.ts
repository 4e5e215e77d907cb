// An entry tells each move that its act made of the record: the chief one, and in `_then` those that came of it.
import type { JournalEntry } from './subscriber.ts';

/** The moves that an entry tells, in their order. */
export function movesTold({ move, edits }: Pick<JournalEntry, 'move' | 'edits'>): string[] {
  const further = edits['_then'];
  return [...(move === null ? [] : [move]), ...(Array.isArray(further) ? further.map(String) : [])];
}

/** As `movesTold`, joined to `core.journal j` as `m(name)`. */
export const eachMoveTold = `cross join lateral (
  select j.move as name
  where j.move is not null
  union all
  select jsonb_array_elements_text(j.edits -> '_then')) m`;

/** A condition on `core.journal`, called `j` if not otherwise: its act made the move of a given name. */
export const tellsMove = (name: string, entry = 'j'): string =>
  `(${entry}.move = ${name} or ${entry}.edits -> '_then' ? ${name})`;
