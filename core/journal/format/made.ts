// An entry tells each move that its act made of the record: the chief one, and in `_then` those that came of it.
import type { JournalEntry } from './entry.ts';

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

/**
 * Whether a record was asked for a decision by a move and still is: it was made, and since then the record came into none of the
 * states in which the gate is open from any other. Each of these is SQL; looked up record by record (`limit 1` sees to it).
 */
export const stillAsked = (of: { provider: string; record: string; move: string; within: string }): string =>
  `(select true
    from core.journal j
    where j.provider_id = ${of.provider}
      and j.record_id = ${of.record}
      and ${tellsMove(of.move)}
      and not exists (
        select from core.journal n
        where n.provider_id = ${of.provider}
          and n.record_id = ${of.record}
          and n.seq > j.seq
          and n.to_state = any(${of.within})
          and n.from_state <> all(${of.within}))
    limit 1)`;

/** A condition on `core.journal`, called `j` if not otherwise: its act made the move of a given name. */
export const tellsMove = (name: string, entry = 'j'): string =>
  `(${entry}.move = ${name} or ${entry}.edits -> '_then' ? ${name})`;
