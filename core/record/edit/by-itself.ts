// Moves that happen by themselves: one job makes them for all record types, at the instants that records keep.
import { dayMs } from '../../clock/units.ts';
import { oneByOne } from './one-by-one.ts';
import { systemPrincipal } from '../../permission/principal.ts';
import { lockUnscoped } from '../read/load.ts';
import { moveBecause, moveOf } from './move.ts';
import { save } from './save.ts';
import { act } from '../act/act.ts';
import { serverRecord } from '../define/work.ts';
import type { Application, ServerRecord, Work } from '../define/work.ts';

interface Due {
  providerId: string;
  id: string;
  type: string;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

const batch = 200;

/** Makes every move whose time has come, each as an act of its own; one that is refused is tried again a day later. */
export async function moveByThemselves(application: Application): Promise<void> {
  const now = new Date(application.clock()).toISOString();
  await oneByOne(await dueMoves(application, now), (due) => makeDue(application, due));
}

async function makeDue(application: Application, due: Due): Promise<void> {
  const principal = systemPrincipal(due.providerId, 'clock', due.scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `by itself ${due.id}` };
  const record = serverRecord(application.registry, due.type);
  const attempt = { command: 'by itself', type: due.type, id: due.id };
  const outcome = await act(application, caller, attempt, (work) => moveOne(work, record, due.id));
  if (!outcome.ok) await act(application, caller, attempt, (work) => postpone(work, record, due.id));
}

async function moveOne(work: Work, record: ServerRecord, id: string): Promise<{ id: string }> {
  const { next } = await lockUnscoped(work, record, id);
  // Whoever moved it meanwhile took the reason away.
  if (!next || next.at > work.now) return { id };
  const { because } = moveOf(record, next.move).after ?? {};
  await moveBecause(work, record, id, next.move, because ? { reason: because } : {});
  return { id };
}

async function postpone(work: Work, record: ServerRecord, id: string): Promise<{ id: string }> {
  const before = await lockUnscoped(work, record, id);
  // Whoever moved it since the refusal may have given it another instant.
  if (!before.next || before.next.at > work.now) return { id };
  const next = { ...before.next, at: new Date(Date.parse(work.now) + dayMs).toISOString() };
  await save(work, record, before, { next, extra: { _next: next }, entry: { kind: 'recounted' } });
  return { id };
}

async function dueMoves({ pool }: Application, now: string): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `select p.id as "providerId", r.id, r.type, p.scenario_now as "scenarioNow"
     from core.provider p
     cross join lateral (
       select r.id, r.type, r.next_move_at
       from core.record r
       where r.provider_id = p.id and r.next_move_at <= coalesce(p.scenario_now, $1::timestamptz)
       order by r.next_move_at
       limit ${batch}) r
     order by r.next_move_at
     limit ${batch}`,
    [now],
  );
  return rows;
}
