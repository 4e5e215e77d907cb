import { randomUUIDv7 } from 'node:crypto';
import type { Json } from '../../core/journal/hash.ts';
import type { ClockAct } from '../../core/lifecycle/outcome.ts';
import { save } from '../../core/record/save.ts';
import type { RecordData } from '../../core/record/data.ts';
import type { FieldValues } from '../../core/record/row.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Also, Commands, Moving, Work } from '../../core/record/work.ts';
import type { Priority } from '../../handover/facts/agreement-in-force.ts';
import { sinceLogged } from './anew.ts';
import {
  cancelled,
  clockDefinitions,
  isLive,
  led,
  newBreaches,
  replaced,
  summary,
  unledKinds,
  withBreach,
} from './clock.ts';
import type { IncidentClock } from './clock.ts';
import { priorityOf } from './priority.ts';
import { checkEasing, otherPriority } from './reprioritise.ts';
import { agreementOf, clocksOf, saveClocks, toldClock } from './store/clocks.ts';

/** What else happens with an incident: its clocks follow it, and a change of team is a hand-over. */
export const incidentCommands: Commands = {
  prepare: async (work, values) => {
    const { principal } = work.caller;
    const caller = values['caller'] ?? (principal.customer ? principal.id : null);
    return Promise.resolve({ loggedAt: work.now, caller, impactStartAt: values['impactStartAt'] ?? work.now });
  },
  derive: [
    {
      from: ['impact', 'urgency'],
      values: (fields) => ({ priority: priorityOf(fields['impact'], fields['urgency']) }),
    },
  ],
  creating: async (work, incident) => withClocks(work, incident, await measured(work, incident, [])),
  editing: async (work, { before, after }) => {
    if (isJudgedAnew(before, after)) stop(needsReason);
    const clocks = isMeasuredAnew(before, after)
      ? await withClocks(work, after, await measured(work, after, await clocksOf(work.client, after)))
      : {};
    return { ...clocks, fields: { ...clocks.fields, ...handedOver(before, after) } };
  },
  moving: async (work, moving) => {
    const { before, after } = moving;
    const clocks = await clocksAfter(work, moving);
    const also = clocks ? await withClocks(work, after, clocks) : {};
    return { ...also, fields: { ...also.fields, ...handedOver(before, after) } };
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

/** How bad and how urgent it is was judged, and is judged otherwise now: also where that comes to the same priority. */
const isJudgedAnew = ({ fields: was }: RecordData, { fields: is }: RecordData): boolean =>
  Boolean(was['priority']) &&
  (was['priority'] !== is['priority'] ||
    ['impact', 'urgency'].some((name) => Boolean(was[name]) && was[name] !== is[name]));

/** What decides by which agreement and target it is measured. */
const isMeasuredAnew = (before: RecordData, after: RecordData): boolean =>
  ['service', 'priority'].some((name) => before.fields[name] !== after.fields[name]) ||
  before.customers.join() !== after.customers.join();

/** A hand-over is a change of team, by whichever act; passing work on within a team is none. */
function handedOver(before: RecordData, { fields }: RecordData): FieldValues {
  const { team, reassignmentCount } = before.fields;
  return team && fields['team'] !== team ? { reassignmentCount: Number(reassignmentCount ?? 0) + 1 } : {};
}

/** The clocks after a move; nothing where they are left as they are. */
async function clocksAfter(work: Work, moving: Moving): Promise<IncidentClock[] | undefined> {
  const { after, move, clocks: acts } = moving;
  const anew = move === 'assign' || move === 'reprioritise';
  if (!anew && !acts.length) return undefined;
  const clocks = await clocksOf(work.client, after);
  if (move === 'assign') return measured(work, after, clocks);
  if (move === 'reprioritise')
    return moving.before.fields['priority'] ? otherPriority(work, moving, clocks) : measured(work, after, clocks);
  return acts.reduce(
    (all: IncidentClock[], act: ClockAct) => led(all, act, Date.parse(work.now), randomUUIDv7),
    clocks,
  );
}

/**
 * The clocks that the incident's service and priority ask for, by the agreement in force when it was logged. Clocks
 * that already measure by it go on; at triage another priority counts as a misclassification.
 */
async function measured(work: Work, incident: RecordData, clocks: IncidentClock[]): Promise<IncidentClock[]> {
  const { service, priority } = incident.fields;
  if (typeof service !== 'string' || typeof priority !== 'string') return clocks;
  const agreement = await agreementOf(work.client, incident);
  const at = Date.parse(work.now);
  const live = clocks.filter(isLive);
  const sameAgreement = live.every(
    (clock) => clock.agreementId === agreement?.agreementId && clock.agreementVersion === agreement.version,
  );
  if (!agreement) return clocks.map((clock) => (isLive(clock) ? cancelled(clock, at, 'replaced') : clock));
  const wanted = clockDefinitions(agreement.definition, priority as Priority); // a choice field
  const unled = unledKinds(clocks, wanted);
  if (live.length && sameAgreement) {
    const results = clocks.map((clock) => {
      const definition = wanted.find(({ kind }) => kind === clock.kind)?.definition;
      const same = definition?.targetMinutes === clock.stopwatch.definition.targetMinutes;
      if (!isLive(clock) || same) return { clocks: [clock], needsApproval: false };
      return replaced(clock, { at, reason: 'misclassified', definition, newId: randomUUIDv7 });
    });
    checkEasing(work, incident, results);
    const anew = await sinceLogged(work, incident, { agreement, kinds: unled });
    return [...results.flatMap((result) => result.clocks), ...anew];
  }
  const kinds = live.length ? wanted.map(({ kind }) => kind) : unled;
  const made = await sinceLogged(work, incident, { agreement, kinds });
  return [...clocks.map((clock) => (isLive(clock) ? cancelled(clock, at, 'replaced') : clock)), ...made];
}

/**
 * Keeps the clocks with the breaches that have happened, and gives what the act's entry tells of them and what lists show. A
 * breach carries its due instant, however late it is noticed (domain E.4.10).
 */
async function withClocks(work: Work, incident: RecordData, clocks: readonly IncidentClock[]): Promise<Also> {
  const at = Date.parse(work.now);
  const breaches = newBreaches(clocks, at).map(({ clock, breachedAt }) => ({
    id: clock.id,
    kind: clock.kind,
    at: new Date(breachedAt).toISOString(),
  }));
  const kept = clocks.map((clock) => withBreach(clock, at));
  await saveClocks(work.client, incident, kept, at);
  const touched = kept.filter((clock) => clock.touched).map((clock) => toldClock(clock, at));
  return {
    fields: shown(incident, kept, at),
    extra: {
      ...(touched.length ? { _clocks: touched } : {}),
      ...(breaches.length ? { _breaches: breaches } : {}),
    } satisfies Record<string, Json>,
  };
}

/** What lists show of the clocks, where it differs from what stands there. */
function shown(incident: RecordData, clocks: readonly IncidentClock[], at: number): FieldValues {
  const altered = Object.entries(summary(clocks, at)).filter(
    ([name, value]) => (incident.fields[name] ?? null) !== value,
  );
  const names = !clocks.length && incident.fields['breached'] === null ? ['nextDueAt'] : ['nextDueAt', 'breached'];
  return Object.fromEntries(altered.filter(([name]) => names.includes(name)));
}

/** Recounts the clocks of a locked incident: what the system notices of them by itself is no edit. */
export async function recountClocks(
  work: Work,
  incident: RecordData,
  taking: (clock: IncidentClock) => IncidentClock = (clock) => clock,
): Promise<RecordData> {
  const clocks = (await clocksOf(work.client, incident)).map(taking);
  const { fields = {}, extra = {} } = await withClocks(work, incident, clocks);
  if (!Object.keys({ ...fields, ...extra }).length) return incident;
  const first = (extra['_breaches'] as { at: string; kind: string }[] | undefined)?.[0]; // written above, earliest first
  return save(work, serverRecord(work.application.registry, 'incident'), incident, {
    fields,
    extra,
    entry: {
      kind: 'recounted',
      ...(first
        ? { occurredAt: first.at, reasonCode: 'target_breached', reason: `The ${first.kind} target passed.` }
        : {}),
    },
  });
}
