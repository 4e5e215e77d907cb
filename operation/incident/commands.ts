import { randomUUIDv7 } from 'node:crypto';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { save } from '../../core/record/save.ts';
import type { RecordData } from '../../core/record/data.ts';
import type { FieldValues } from '../../core/record/row.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Commands, Work } from '../../core/record/work.ts';
import type { Priority } from '../../handover/facts/agreement-in-force.ts';
import {
  cancelled,
  clockDefinitions,
  isLive,
  paused,
  reopened,
  replaced,
  resumed,
  startedClock,
  stopped,
  newBreaches,
  summary,
  withBreach,
} from './clock.ts';
import type { IncidentClock } from './clock.ts';
import { priorityOf } from './priority.ts';
import { agreementAt, clocksOf, saveClocks } from './store/clocks.ts';

export const incidentCommands: Commands = {
  prepare: async (work, values) => {
    const { principal } = work.caller;
    const caller = values['caller'] ?? (principal.customer ? principal.id : null);
    return Promise.resolve({ loggedAt: work.now, caller, impactStartAt: values['impactStartAt'] ?? work.now });
  },
  derive: (fields) => ({ priority: priorityOf(fields['impact'], fields['urgency']) }),
  created: async (work, incident) => {
    await keepClocks(work, incident, await measured(work, incident, []));
  },
  edited: async (work, incident, before) => {
    if (before.fields['priority'] && before.fields['priority'] !== incident.fields['priority']) stop(needsReason);
    const clocks = await clocksOf(work.client, incident);
    await keepClocks(work, incident, await measured(work, incident, clocks));
  },
  moved: async (work, incident, move) => {
    const clocks = await clocksOf(work.client, incident);
    const at = Date.parse(work.now);
    const fields = bookkeeping(work, incident, move);
    await keepClocks(work, incident, await afterMove(work, incident, move, clocks, at), { fields });
  },
};

const needsReason = refuse(
  'refused',
  refusal(
    'incident.priority-reason',
    'A priority once set is altered with a reason only.',
    'Alter it by "Set another priority", saying whether it was misclassified or its impact altered.',
    'impact',
  ),
);

async function afterMove(
  work: Work,
  incident: RecordData,
  move: string,
  clocks: IncidentClock[],
  at: number,
): Promise<IncidentClock[]> {
  const restoredAt = Date.parse((incident.fields['serviceRestoredAt'] ?? work.now) as string);
  switch (move) {
    case 'assign':
      return measured(work, incident, clocks);
    case 'respond':
    case 'start-work':
      return clocks.map((clock) => (clock.kind === 'response' ? stopped(clock, at) : clock));
    case 'pause':
      return clocks.map((clock) => paused(clock, at, String(incident.fields['pendingReason'])));
    case 'resume':
      return clocks.map((clock) => resumed(clock, at));
    case 'resolve':
      return clocks.map((clock) => stopped(clock, clock.kind === 'restore' ? restoredAt : at));
    case 'reopen':
      return lastOfKind(clocks).flatMap(({ clock, isLast }) => (isLast ? reopened(clock, at, randomUUIDv7) : [clock]));
    case 'cancel':
      return clocks.map((clock) => cancelled(clock, at, 'incident cancelled'));
    default:
      return clocks;
  }
}

/** Only the newest clock of a kind may run on; those before it keep their result. */
function lastOfKind(clocks: readonly IncidentClock[]): { clock: IncidentClock; isLast: boolean }[] {
  return clocks.map((clock, index) => ({
    clock,
    isLast: !clocks.slice(index + 1).some((later) => later.kind === clock.kind),
  }));
}

function bookkeeping(work: Work, { fields }: RecordData, move: string): FieldValues {
  const count = (name: string) => Number(fields[name] ?? 0) + 1;
  if ((move === 'respond' || move === 'start-work') && !fields['respondedAt']) return { respondedAt: work.now };
  if (move === 'resume') return { pendingReason: null };
  if (move === 'resolve') return { resolvedAt: work.now };
  if (move === 'reopen') return { reopenCount: count('reopenCount'), resolvedAt: null, serviceRestoredAt: null };
  if (move === 'reassign') return { reassignmentCount: count('reassignmentCount') };
  return {};
}

/**
 * The clocks that the incident's service and priority ask for, by the agreement in force when it was logged. Clocks
 * that already measure by it go on; at triage another priority counts as a misclassification.
 */
async function measured(work: Work, incident: RecordData, clocks: IncidentClock[]): Promise<IncidentClock[]> {
  const { service, priority, loggedAt } = incident.fields;
  if (typeof service !== 'string' || typeof priority !== 'string') return clocks;
  const logged = String(loggedAt);
  const agreement = await agreementAt(work.client, {
    providerId: incident.providerId,
    service,
    customers: incident.customers,
    at: logged,
  });
  const at = Date.parse(work.now);
  const live = clocks.filter(isLive);
  const sameAgreement = live.every(
    (clock) => clock.agreementId === agreement?.agreementId && clock.agreementVersion === agreement.version,
  );
  if (!agreement) return clocks.map((clock) => (isLive(clock) ? cancelled(clock, at, 'replaced') : clock));
  const wanted = clockDefinitions(agreement.definition, priority as Priority); // a choice field
  if (live.length && sameAgreement) {
    return clocks.flatMap((clock) => {
      const definition = wanted.find(({ kind }) => kind === clock.kind)?.definition;
      const same = definition?.targetMinutes === clock.stopwatch.definition.targetMinutes;
      if (!isLive(clock) || same) return [clock];
      return replaced(clock, { at, reason: 'misclassified', definition, newId: randomUUIDv7 }).clocks;
    });
  }
  if (clocks.length && !live.length) return clocks;
  const made = wanted.map(({ kind, definition }) => ({
    id: randomUUIDv7(),
    kind,
    agreementId: agreement.agreementId,
    agreementVersion: agreement.version,
    calendar: agreement.definition.calendar,
    stopwatch: startedClock(definition, Date.parse(logged)),
    touched: true,
  }));
  return [...clocks.map((clock) => (isLive(clock) ? cancelled(clock, at, 'replaced') : clock)), ...made];
}

/**
 * Saves the clocks with the breaches that have happened, and on the incident what its lists show of them. Each breach is an
 * entry of its own, of its due instant, however late it is noticed (domain E.4.10).
 */
export async function keepClocks(
  work: Work,
  given: RecordData,
  clocks: readonly IncidentClock[],
  edit: { fields?: FieldValues } = {},
): Promise<RecordData> {
  const at = Date.parse(work.now);
  const incident = await tellBreaches(work, given, clocks);
  const kept = clocks.map((clock) => withBreach(clock, at));
  await saveClocks(work.client, incident, kept, at);
  const fields: FieldValues = { ...edit.fields, ...summary(kept, at) };
  const altered = Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => (incident.fields[name] ?? null) !== value),
  );
  if (!clocks.length && incident.fields['breached'] === null) delete altered['breached'];
  if (!Object.keys(altered).length) return incident;
  return save(work, serverRecord(work.application.registry, 'incident'), incident, {
    fields: altered,
    entry: { kind: 'edited' },
  });
}

/** Breaches that nobody told of yet, earliest first. The system tells them, whoever's act made it look. */
async function tellBreaches(work: Work, before: RecordData, clocks: readonly IncidentClock[]): Promise<RecordData> {
  const { providerId, scenarioNow } = work.caller.principal;
  const system = { ...work.caller, principal: systemPrincipal(providerId, 'incident-clocks', scenarioNow) };
  let incident = before;
  for (const { clock, breachedAt } of newBreaches(clocks, Date.parse(work.now)))
    incident = await save({ ...work, caller: system }, serverRecord(work.application.registry, 'incident'), incident, {
      fields: incident.fields['breached'] === true ? {} : { breached: true },
      extra: { _breach: { clock: clock.id, kind: clock.kind } },
      entry: {
        kind: 'edited',
        occurredAt: new Date(breachedAt).toISOString(),
        reasonCode: 'target_breached',
        reason: `The ${clock.kind} target passed.`,
      },
    });
  return incident;
}
