import type { Calendar } from '../../clock/calendar.ts';
import { read } from '../../clock/stopwatch.ts';
import type { Stopwatch } from '../../clock/stopwatch.ts';
import { canonical, sha256 } from '../../journal/format/hash.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { Beside, BesideElement } from '../../record/define/beside.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { RecordData } from '../../record/define/data.ts';
import { calendarHash } from './clock.ts';
import type { RecordClock } from './clock.ts';

interface ClockRow {
  id: string;
  kind: string;
  termsId: string;
  termsVersion: number;
  definition: Calendar;
  course: Stopwatch;
}

// One calendar object per version of the terms: its expanded hours are cached by object.
const calendars = new Map<string, Calendar>();
const mostCalendars = 500;

function calendarOf({ termsId, termsVersion, definition }: ClockRow): Calendar {
  // Exceptions that became known later are taken in one after the other: their number tells them apart.
  const key = `${termsId} ${termsVersion} ${definition.exceptions.length}`;
  const known = calendars.get(key);
  if (known) return known;
  if (calendars.size >= mostCalendars) calendars.clear();
  calendars.set(key, definition);
  return definition;
}

const clockSelect = `id, kind, terms_id as "termsId", terms_version as "termsVersion", definition, course`;

const toClock = (row: ClockRow): RecordClock => ({
  id: row.id,
  kind: row.kind,
  termsId: row.termsId,
  termsVersion: row.termsVersion,
  calendar: calendarOf(row),
  stopwatch: row.course,
  touched: false,
});

/** The clocks of a record, in the order they were made. */
export async function clocksOf(
  client: Queryable,
  record: Pick<RecordData, 'providerId' | 'id'>,
): Promise<RecordClock[]> {
  const { rows } = await client.query({
    name: 'clocks of a record',
    text: `select ${clockSelect}
      from core.clock
      where provider_id = $1 and record_id = $2
      order by id`,
    values: [record.providerId, record.id],
  });
  return (rows as ClockRow[]).map(toClock);
}

/** The clocks of some records, each in the order they were made. */
export async function clocksOfMany(
  client: Queryable,
  provider: string,
  records: readonly string[],
): Promise<Map<string, RecordClock[]>> {
  const { rows } = await client.query(
    `select record_id as of, ${clockSelect}
     from core.clock
     where provider_id = $1 and record_id = any($2::uuid[])
     order by id`,
    [provider, records],
  );
  const found = rows as (ClockRow & { of: string })[]; // the select list
  return new Map([...Map.groupBy(found, ({ of }) => of)].map(([of, group]) => [of, group.map(toClock)]));
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const clockTypes = {
  id: 'uuid',
  kind: 'text',
  terms_id: 'uuid',
  terms_version: 'integer',
  definition: 'jsonb',
  target_minutes: 'double precision',
  course: 'jsonb',
  state: 'text',
  due_at: 'timestamptz',
  breached_at: 'timestamptz',
  stopped_at: 'timestamptz',
} as const;
export const clockColumns = ['provider_id', 'record_id', ...Object.keys(clockTypes)];

/** A clock as its row, with what it shows at an instant. */
function rowOf(clock: RecordClock, at: number): Record<keyof typeof clockTypes, unknown> {
  const { state, dueAt, breachedAt } = read(clock.stopwatch, clock.calendar, at);
  return {
    id: clock.id,
    kind: clock.kind,
    terms_id: clock.termsId,
    terms_version: clock.termsVersion,
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
export function toldClock(clock: RecordClock, at: number): ToldClock {
  const row = rowOf(clock, at);
  return { ...row, definition: calendarHash(clock.calendar) } as ToldClock; // text, numbers and a course of plain data
}

type ToldClock = BesideElement & Record<keyof typeof clockTypes, Json>;

/** The clocks of some records as their rows stand, in the shape in which entries tell them. */
export async function clocksStanding(
  client: Queryable,
  providerId: string,
  records: readonly string[],
): Promise<Map<string, ToldClock[]>> {
  const columns = Object.keys(clockTypes).join(', ');
  const { rows } = await client.query(
    `select record_id as of, ${columns}
     from core.clock
     where provider_id = $1 and record_id = any($2::uuid[])
     order by id`,
    [providerId, records],
  );
  const told = (rows as (ToldClock & { of: string })[]).map(({ of, definition, ...row }) => ({
    of,
    clock: { ...row, definition: sha256(canonical(definition)) } as ToldClock, // the select list
  }));
  return new Map([...Map.groupBy(told, ({ of }) => of)].map(([of, group]) => [of, group.map(({ clock }) => clock)]));
}

/** The values of `clockColumns`, for COPY. */
export function clockValues(record: Pick<RecordData, 'providerId' | 'id'>, clock: RecordClock, at: number): unknown[] {
  const row = rowOf(clock, at);
  const written = { ...row, definition: JSON.stringify(row.definition), course: JSON.stringify(row.course) };
  return [record.providerId, record.id, ...Object.values(written)];
}

/** Saves the clocks that were touched, with what they show at an instant. */
export async function saveClocks(
  client: Queryable,
  record: Pick<RecordData, 'providerId' | 'id'>,
  clocks: readonly RecordClock[],
  at: number,
): Promise<void> {
  const rows = clocks.filter(({ touched }) => touched).map((clock) => rowOf(clock, at));
  if (!rows.length) return;
  await client.query({
    name: 'save clocks',
    text: savedClocks,
    values: [record.providerId, record.id, JSON.stringify(rows)],
  });
}

const savedClocks = `insert into core.clock (${clockColumns.join(', ')})
  select $1,
    $2,
    ${Object.keys(clockTypes)
      .map((name) => `x.${name}`)
      .join(', ')}
  from jsonb_to_recordset($3) as x(
    ${Object.entries(clockTypes)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})
  on conflict (provider_id, id)
  do update set ${['definition', 'course', 'state', 'due_at', 'breached_at', 'stopped_at'].map((name) => `${name} = excluded.${name}`).join(', ')}`;

const liveStates = "('running', 'paused', 'breached_running')";

export interface Waiting {
  providerId: string;
  id: string;
  type: string;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

const waitingColumns = `c.provider_id as "providerId", c.record_id as id, r.type, p.scenario_now as "scenarioNow"`;
const ofRecord = `join core.record r on r.provider_id = c.provider_id and r.id = c.record_id
     join core.provider p on p.id = c.provider_id`;

/** Some records whose clocks still measure by terms, in the order of their ids. */
export async function measuredBy(
  client: Queryable,
  of: { providerId: string; terms: string; after: string; limit: number },
): Promise<Waiting[]> {
  const { rows } = await client.query(
    `select distinct ${waitingColumns}
     from core.clock c
     ${ofRecord}
     where c.provider_id = $1
       and c.terms_id = $2
       and c.state in ${liveStates}
       and c.record_id > $3
     order by c.record_id
     limit $4`,
    [of.providerId, of.terms, of.after, of.limit],
  );
  return rows as Waiting[]; // the select list
}

/** Records with a running clock whose due instant has passed unnoticed, earliest first. */
export async function overdue(client: Queryable, now: string, limit: number): Promise<Waiting[]> {
  const { rows } = await client.query(
    `select ${waitingColumns}
     from core.clock c
     ${ofRecord}
     where c.state = 'running'
       and c.breached_at is null
       and c.due_at <= coalesce(p.scenario_now, $1::timestamptz)
     group by 1, 2, 3, 4
     order by min(c.due_at)
     limit ${limit}`,
    [now],
  );
  return rows as Waiting[]; // the select list
}

/** Clocks as entries tell them: their whole course, and all that their rows show of it. */
export const clocksBeside: Beside = { told: '_clocks', what: 'clock', standing: clocksStanding };
