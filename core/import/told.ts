// How far the records were told that an earlier import brought in, so that a later export continues them.
import type pg from 'pg';
import type { RecordDefinition } from '../record/define/define.ts';
import { recordColumns, toNext } from '../record/define/data.ts';
import type { RecordData } from '../record/define/data.ts';
import { fromRow, selectFields } from '../record/define/row.ts';
import { isReached } from '../trait/clocks/course.ts';
import type { Told } from './build.ts';
import type { PlacedState } from '../record/define/observing.ts';

export interface Known {
  record: RecordData;
  told: Told;
  /** Somebody has worked on it here: the source's word no longer counts. */
  isWorkedOn: boolean;
}

/** What leaves a record the source's: what was said or linked here, and what was counted or erased. */
const leaves = ['observed', 'noted', 'linked', 'recounted', 'erased', 'attested'];

interface Entry {
  of: string;
  kind: string;
  to: string | null;
  at: string;
  pausedFor: string | null;
  tellsWait: boolean;
  stoppedAt: string | null;
  tellsStop: boolean;
}

/** Locks some records and reads how they were told. In the transaction that continues them. */
export async function knownRecords(
  client: pg.ClientBase,
  definition: RecordDefinition,
  { providerId, ids, fills }: { providerId: string; ids: readonly string[]; fills: (field: string) => boolean },
): Promise<Map<string, Known>> {
  const { rows } = await client.query(
    `select ${recordColumns}, ${selectFields(definition, 't')}
     from core.record r
     join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id
     where r.provider_id = $1
       and r.id = any($2::uuid[])
     order by r.id
     for update of r, t`,
    [providerId, ids],
  );
  const { pausedFor = '', stoppedAt = {} } = definition.lifecycle.clocks ?? {};
  const entries = await client.query({
    text: `select record_id as of,
        kind,
        to_state as "to",
        occurred_at as at,
        edits ->> $3 as "pausedFor",
        edits ? $3 as "tellsWait",
        edits ->> $4 as "stoppedAt",
        edits ? $4 as "tellsStop"
      from core.journal
      where provider_id = $1
        and record_id = any($2::uuid[])
      order by seq`,
    values: [providerId, ids, pausedFor, Object.values(stoppedAt)[0] ?? ''],
  });
  const journals = Map.groupBy(entries.rows as Entry[], ({ of }) => of); // the select list
  return new Map(
    (rows as (RecordData & Record<string, unknown>)[]).map((row) => {
      const record = { ...row, fields: fromRow(definition, row), next: toNext(row) };
      const own = journals.get(row.id) ?? [];
      const isWorkedOn = own.some(({ kind }) => !leaves.includes(kind));
      return [row.id, { record, isWorkedOn, told: toldBy(definition, record, own, fills) }];
    }),
  );
}

function toldBy(
  definition: RecordDefinition,
  { state, title, fields }: RecordData,
  entries: readonly Entry[],
  fills: (field: string) => boolean,
): Told {
  const { lifecycle, traits } = definition;
  const observed = entries.filter(({ kind }) => kind === 'observed');
  const stops = Object.values(lifecycle.clocks?.stoppedAt ?? {})[0];
  const isTold = stops !== undefined && fills(stops);
  const states: PlacedState[] = [];
  let standing = lifecycle.initial;
  let stopped: string | null = null;
  observed.forEach(({ to, at, pausedFor, tellsWait, stoppedAt, tellsStop }, step) => {
    standing = to ?? standing;
    if (tellsStop) stopped = stoppedAt;
    const waits = lifecycle.states[standing]?.clocks === 'pause';
    const isAnotherWait = waits && tellsWait && pausedFor !== null && pausedFor !== states.at(-1)?.pausedFor;
    if (to === null && step > 0 && !isAnotherWait) return;
    const isDone = traits?.clocks !== undefined && isReached(lifecycle, standing);
    states.push({
      state: standing,
      pausedFor: waits ? pausedFor : null,
      at,
      stoppedAt: isDone ? (isTold ? stopped : at) : null,
      step,
    });
  });
  return { state, fields: { ...fields, title }, states, steps: observed.length };
}
