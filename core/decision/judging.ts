// What a decision stands on ends by time, or is bound by rules that came later: as SQL, put together once of all record types.
import { columnsOf } from '../record/define/row.ts';
import type { Judging, ServerRecord } from '../record/define/work.ts';

/** Of `core.record r`: the instant after its last day, where its type has one and one is given. */
export function judgingOf(records: readonly ServerRecord[], rebound: string | undefined): Judging {
  const ends = endsIn(records).map(
    ({ type, table, column }) => `when '${type}' then (
      select (e.${column} + 1)::timestamp at time zone 'UTC'
      from ${table} e
      where e.provider_id = r.provider_id and e.id = r.id)`,
  );
  return {
    runsOut: ends.length ? `case r.type ${ends.join(' ')} end` : 'null::timestamptz',
    rebound: rebound ?? 'false',
  };
}

/** The record types that have a last day, with where it stands. */
export const endsIn = (records: Iterable<ServerRecord>): { type: string; table: string; column: string }[] =>
  [...records].flatMap(({ definition: { type, table, fields }, endsOn }) => {
    const field = endsOn === undefined ? undefined : fields[endsOn];
    const [column] = endsOn !== undefined && field ? columnsOf(endsOn, field) : [];
    return column ? [{ type, table, column: column.name }] : [];
  });
