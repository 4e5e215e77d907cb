import type { Calendar } from '../../../core/clock/calendar.ts';
import { read } from '../../../core/clock/stopwatch.ts';
import type { Stopwatch } from '../../../core/clock/stopwatch.ts';
import { canonical, sha256 } from '../../../core/journal/hash.ts';
import type { Json } from '../../../core/journal/hash.ts';
import type { BesideElement } from '../../../core/record/beside.ts';
import type { Queryable } from '../../../core/record/queryable.ts';
import type { RecordData } from '../../../core/record/data.ts';
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';
import { calendarHash } from '../clock.ts';
import type { ClockKind, IncidentClock } from '../clock.ts';

/** The agreement that governs a service for a customer at an instant. */
export async function agreementAt(
  client: Queryable,
  of: { providerId: string; service: string; customers: readonly string[]; at: string },
): Promise<AgreementInForce | undefined> {
  const { rows } = await client.query(
    `select agreement_id as "agreementId", version, service_id as "serviceId", customer_id as "customerId", from_at as "from", to_at as "to", definition
     from handover.agreement_in_force where provider_id = $1 and service_id = $2 and customer_id = any($3::uuid[]) and from_at <= $4 and (to_at is null or to_at > $4)
     order by from_at desc, customer_id limit 1`,
    [of.providerId, of.service, of.customers, of.at],
  );
  return rows[0] as AgreementInForce | undefined; // the select list is the fact
}

/** The agreement in force when an incident was logged. */
export async function agreementOf(client: Queryable, incident: RecordData): Promise<AgreementInForce | undefined> {
  const { providerId, customers, fields } = incident;
  if (typeof fields['service'] !== 'string') return undefined;
  return agreementAt(client, { providerId, service: fields['service'], customers, at: String(fields['loggedAt']) });
}

/** The service hours of what is agreed about it. */
export const hoursOf = async (client: Queryable, incident: RecordData): Promise<Calendar | undefined> =>
  (await agreementOf(client, incident))?.definition.calendar;

interface ClockRow {
  id: string;
  kind: ClockKind;
  agreementId: string;
  agreementVersion: number;
  definition: Calendar;
  course: Stopwatch;
}

// One calendar object per version of an agreement: its expanded hours are cached by object.
const calendars = new Map<string, Calendar>();
const mostCalendars = 500;

function calendarOf({ agreementId, agreementVersion, definition }: ClockRow): Calendar {
  // Exceptions that became known later are taken in one after the other: their number tells them apart.
  const key = `${agreementId} ${agreementVersion} ${definition.exceptions.length}`;
  const known = calendars.get(key);
  if (known) return known;
  if (calendars.size >= mostCalendars) calendars.clear();
  calendars.set(key, definition);
  return definition;
}

const clockSelect = `id, kind, agreement_id as "agreementId", agreement_version as "agreementVersion", definition, course`;

const toClock = (row: ClockRow): IncidentClock => ({
  id: row.id,
  kind: row.kind,
  agreementId: row.agreementId,
  agreementVersion: row.agreementVersion,
  calendar: calendarOf(row),
  stopwatch: row.course,
  touched: false,
});

/** The clocks of an incident, in the order they were made. */
export async function clocksOf(
  client: Queryable,
  incident: Pick<RecordData, 'providerId' | 'id'>,
): Promise<IncidentClock[]> {
  const { rows } = await client.query({
    name: 'clocks of an incident',
    text: `select ${clockSelect} from operation.clock where provider_id = $1 and incident_id = $2 order by id`,
    values: [incident.providerId, incident.id],
  });
  return (rows as ClockRow[]).map(toClock);
}

/** The clocks of some incidents, each in the order they were made. */
export async function clocksOfMany(
  client: Queryable,
  provider: string,
  incidents: readonly string[],
): Promise<Map<string, IncidentClock[]>> {
  const { rows } = await client.query(
    `select incident_id as of, ${clockSelect} from operation.clock where provider_id = $1 and incident_id = any($2::uuid[]) order by id`,
    [provider, incidents],
  );
  const found = rows as (ClockRow & { of: string })[]; // the select list
  return new Map([...Map.groupBy(found, ({ of }) => of)].map(([of, group]) => [of, group.map(toClock)]));
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const clockTypes = {
  id: 'uuid',
  kind: 'text',
  agreement_id: 'uuid',
  agreement_version: 'integer',
  definition: 'jsonb',
  target_minutes: 'double precision',
  course: 'jsonb',
  state: 'text',
  due_at: 'timestamptz',
  breached_at: 'timestamptz',
  stopped_at: 'timestamptz',
} as const;
export const clockColumns = ['provider_id', 'incident_id', ...Object.keys(clockTypes)];

/** A clock as its row, with what it shows at an instant. */
function rowOf(clock: IncidentClock, at: number): Record<keyof typeof clockTypes, unknown> {
  const { state, dueAt, breachedAt } = read(clock.stopwatch, clock.calendar, at);
  return {
    id: clock.id,
    kind: clock.kind,
    agreement_id: clock.agreementId,
    agreement_version: clock.agreementVersion,
    definition: clock.calendar,
    target_minutes: clock.stopwatch.definition.targetMinutes,
    course: clock.stopwatch,
    state,
    due_at: iso(dueAt),
    breached_at: iso(breachedAt),
    stopped_at: iso(clock.stopwatch.stoppedAt),
  };
}

/** A clock as journal entries tell it: all that its row says, its calendar by hash. */
export function toldClock(clock: IncidentClock, at: number): ToldClock {
  const row = rowOf(clock, at);
  return { ...row, definition: calendarHash(clock.calendar) } as ToldClock; // text, numbers and a course of plain data
}

type ToldClock = BesideElement & Record<keyof typeof clockTypes, Json>;

/** The clocks of some incidents as their rows stand, in the shape in which entries tell them. */
export async function clocksStanding(
  client: Queryable,
  providerId: string,
  incidents: readonly string[],
): Promise<Map<string, ToldClock[]>> {
  const columns = Object.keys(clockTypes).join(', ');
  const { rows } = await client.query(
    `select incident_id as of, ${columns}
     from operation.clock
     where provider_id = $1 and incident_id = any($2::uuid[])
     order by id`,
    [providerId, incidents],
  );
  const told = (rows as (ToldClock & { of: string })[]).map(({ of, definition, ...row }) => ({
    of,
    clock: { ...row, definition: sha256(canonical(definition)) } as ToldClock, // the select list
  }));
  return new Map([...Map.groupBy(told, ({ of }) => of)].map(([of, group]) => [of, group.map(({ clock }) => clock)]));
}

/** The values of `clockColumns`, for COPY. */
export function clockValues(
  incident: Pick<RecordData, 'providerId' | 'id'>,
  clock: IncidentClock,
  at: number,
): unknown[] {
  const row = rowOf(clock, at);
  const written = { ...row, definition: JSON.stringify(row.definition), course: JSON.stringify(row.course) };
  return [incident.providerId, incident.id, ...Object.values(written)];
}

/** Saves the clocks that were touched, with what they show at an instant. */
export async function saveClocks(
  client: Queryable,
  incident: Pick<RecordData, 'providerId' | 'id'>,
  clocks: readonly IncidentClock[],
  at: number,
): Promise<void> {
  const rows = clocks.filter(({ touched }) => touched).map((clock) => rowOf(clock, at));
  if (!rows.length) return;
  await client.query({
    name: 'save clocks',
    text: savedClocks,
    values: [incident.providerId, incident.id, JSON.stringify(rows)],
  });
}

const savedClocks = `insert into operation.clock (${clockColumns.join(', ')})
  select $1, $2, ${Object.keys(clockTypes)
    .map((name) => `x.${name}`)
    .join(', ')}
  from jsonb_to_recordset($3) as x(${Object.entries(clockTypes)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})
  on conflict (provider_id, id) do update set definition = excluded.definition, course = excluded.course, state = excluded.state, due_at = excluded.due_at, breached_at = excluded.breached_at, stopped_at = excluded.stopped_at`;

/** Some incidents whose clocks still measure by an agreement, in the order of their ids. */
export async function measuredBy(
  client: Queryable,
  of: { providerId: string; agreement: string; after: string; limit: number },
): Promise<Waiting[]> {
  const { rows } = await client.query(
    `select distinct c.provider_id as "providerId", c.incident_id as id, p.scenario_now as "scenarioNow"
     from operation.clock c
     join core.provider p on p.id = c.provider_id
     where c.provider_id = $1 and c.agreement_id = $2 and c.state in ${liveStates} and c.incident_id > $3
     order by c.incident_id
     limit $4`,
    [of.providerId, of.agreement, of.after, of.limit],
  );
  return rows as Waiting[]; // the select list
}

const liveStates = "('running', 'paused', 'breached_running')";

/** The calendar of an agreement's newest version. */
export async function newestCalendar(
  client: Queryable,
  providerId: string,
  agreement: string,
): Promise<Calendar | undefined> {
  const { rows } = await client.query(
    `select definition -> 'calendar' as calendar
     from handover.agreement_in_force
     where provider_id = $1 and agreement_id = $2
     order by version desc
     limit 1`,
    [providerId, agreement],
  );
  return (rows[0] as { calendar: Calendar } | undefined)?.calendar;
}

export interface Waiting {
  providerId: string;
  id: string;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** Incidents with a running clock whose due instant has passed unnoticed, earliest first. */
export async function overdueIncidents(client: Queryable, now: string, limit: number): Promise<Waiting[]> {
  const { rows } = await client.query(
    `select c.provider_id as "providerId", c.incident_id as id, p.scenario_now as "scenarioNow" from operation.clock c join core.provider p on p.id = c.provider_id
     where c.state = 'running' and c.breached_at is null and c.due_at <= coalesce(p.scenario_now, $1::timestamptz)
     group by 1, 2, 3 order by min(c.due_at) limit ${limit}`,
    [now],
  );
  return rows as Waiting[]; // the select list
}
