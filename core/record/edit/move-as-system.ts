import { randomUUIDv7 } from 'node:crypto';
import { oneByOne } from './one-by-one.ts';
import { systemPrincipal } from '../../permission/principal.ts';
import type { Outcome } from '../../refusal/refusal.ts';
import { move } from './move.ts';
import { act } from '../act/act.ts';
import { serverRecord } from '../define/work.ts';
import type { Application } from '../define/work.ts';
import type { Done } from '../act/act.ts';
import type { RecordData } from '../define/data.ts';

export interface DueMove {
  providerId: string;
  type: string;
  id: string;
  move: string;
  reason: string;
}

/** Makes a move that is due by the clock, as a transaction of its own. Safe to repeat: what moved meanwhile is refused. */
export async function moveAsSystem(application: Application, due: DueMove): Promise<Outcome<Done<RecordData>>> {
  const { rows } = await application.pool.query<{ scenario_now: string | null }>(
    'select scenario_now from core.provider where id = $1',
    [due.providerId],
  );
  const principal = systemPrincipal(due.providerId, 'clock', rows[0]?.scenario_now ?? null);
  const record = serverRecord(application.registry, due.type);
  const caller = { principal, channel: 'job' as const, requestId: randomUUIDv7() };
  return act(application, caller, { command: due.move, type: due.type, id: due.id }, async (work) => {
    const data = await move(work, record, due.id, due.move, { reason: due.reason });
    return { id: data.id, data };
  });
}

/** Makes the moves that are due, each by itself: a fault at one holds up no other. */
export const moveEachAsSystem = (application: Application, due: readonly DueMove[]): Promise<void> =>
  oneByOne(due, (each) => moveAsSystem(application, each));
