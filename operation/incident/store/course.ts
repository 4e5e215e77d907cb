import type { Queryable } from '../../../core/record/queryable.ts';
import type { RecordData } from '../../../core/record/data.ts';
import type { ObservedState } from '../import/course.ts';

interface Step {
  to: string | null;
  pendingReason: string | null;
  at: string;
  restoredAt: string | null;
}

/** The states that an incident went through, as its journal tells them; also a wait that altered its reason. */
export async function statesOf(
  client: Queryable,
  incident: Pick<RecordData, 'providerId' | 'id'>,
): Promise<ObservedState[]> {
  const { rows } = await client.query(
    `select to_state as "to", edits ->> 'pendingReason' as "pendingReason", occurred_at as at, edits ->> 'serviceRestoredAt' as "restoredAt"
     from core.journal
     where provider_id = $1 and record_id = $2 and (to_state is not null or edits ? 'pendingReason')
     order by seq`,
    [incident.providerId, incident.id],
  );
  let state = 'new';
  return (rows as Step[]).map(({ to, ...step }) => {
    state = to ?? state;
    return { state, ...step };
  });
}
