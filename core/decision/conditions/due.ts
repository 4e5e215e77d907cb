// Conditions are reminded of before their day, and lapse when it is over: acts of the clock, each by itself.
import { systemPrincipal } from '../../permission/principal.ts';
import type { Json } from '../../journal/format/hash.ts';
import { act } from '../../record/act/act.ts';
import { serverRecord } from '../../record/define/work.ts';
import type { Application } from '../../record/define/work.ts';
import { oneByOne } from '../../record/edit/one-by-one.ts';
import { save } from '../../record/edit/save.ts';
import { lockUnscoped } from '../../record/read/load.ts';
import { conditionsDue, markLapsed, markReminded } from './store.ts';
import type { DueCondition } from './store.ts';

async function take(application: Application, { providerId, id, subject, type, ...due }: DueCondition): Promise<void> {
  const principal = systemPrincipal(providerId, 'clock', due.scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `condition ${id}` };
  const record = serverRecord(application.registry, type);
  await act(application, caller, { command: 'condition due', type, id: subject }, async (work) => {
    // Whoever meets it locks its subject first, too.
    const data = await lockUnscoped(work, record, subject);
    const mark = due.isOver ? markLapsed : markReminded;
    // Another process was first, or it was met meanwhile.
    if (!(await mark(work.client, providerId, id, work.now))) return { id: subject };
    const told: Json = due.isOver ? { id, state: 'lapsed' } : { id, state: 'open', reminded: true };
    await save(work, record, data, { extra: { _condition: told }, entry: { kind: 'recounted' } });
    return { id: subject };
  });
}

/** Reminds of what is near its day, and lets lapse what is past it. */
export async function takeDueConditions(application: Application): Promise<void> {
  const due = await conditionsDue(application.pool, new Date(application.clock()).toISOString());
  await oneByOne(due, (each) => take(application, each));
}
