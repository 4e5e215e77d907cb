import type { Queryable } from '../../database/queryable.ts';
import type { RecordData } from '../../record/define/data.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { ObservedState } from '../../record/define/observing.ts';

interface Step {
  to: string | null;
  pausedFor: string | null;
  at: string;
  stoppedAt: string | null;
}

/** The states that a record went through, as its journal tells them; also a wait that altered its reason. */
export async function toldStates(
  client: Queryable,
  { lifecycle: { initial, clocks = {} } }: RecordDefinition,
  record: Pick<RecordData, 'providerId' | 'id'>,
): Promise<ObservedState[]> {
  const { pausedFor = '', stoppedAt = {} } = clocks;
  const { rows } = await client.query(
    `select to_state as "to", edits ->> $3 as "pausedFor", occurred_at as at, edits ->> $4 as "stoppedAt"
     from core.journal
     where provider_id = $1
       and record_id = $2
       and (to_state is not null or edits ? $3)
     order by seq`,
    [record.providerId, record.id, pausedFor, Object.values(stoppedAt)[0] ?? ''],
  );
  let state = initial;
  return (rows as Step[]).map(({ to, ...step }) => {
    state = to ?? state;
    return { state, ...step };
  });
}
