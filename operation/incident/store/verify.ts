// What stands in Operation's tables beside an incident, in the shape in which journal entries tell it.
import { nilUuid } from '../../../core/record/id.ts';
import { isDeepStrictEqual } from 'node:util';
import { compared, inWords } from '../../../core/journal/recount.ts';
import type { Recount } from '../../../core/journal/recount.ts';
import type { Difference } from '../../../core/journal/fold.ts';
import type { Queryable } from '../../../core/record/queryable.ts';
import type { IncidentFact } from '../../../handover/facts/incident-fact.ts';
import { minutesOfClocks } from '../minutes.ts';
import { coursesOf } from './fact.ts';
import { clocksOfMany } from '../../../core/trait/clocks/store.ts';

/** Counts of incidents by service and customers, as everybody reads them. */
const serviceSummaries: Recount = {
  what: 'counts of incidents by service',
  differences: (client) =>
    compared(client, 'the count of its incidents', {
      expected: `select i.service || ' ' || c.customers::text as key, min(s.ref) as told,
          jsonb_build_object('open', count(*) filter (where i.state in ('new', 'assigned', 'in_progress', 'pending')), 'recent', count(*) filter (where k.recent)) as value
        from operation.incident i
        join core.record r on r.provider_id = i.provider_id and r.id = i.id
        cross join lateral (select array(select unnest(r.customers) order by 1) as customers) c
        join core.record s on s.provider_id = i.provider_id and s.id = i.service
        left join operation.counted_incident k on k.provider_id = i.provider_id and k.incident_id = i.id
        group by i.provider_id, i.service, c.customers
        having count(*) filter (where i.state in ('new', 'assigned', 'in_progress', 'pending')) > 0 or count(*) filter (where k.recent) > 0`,
      standing: `select x.service_id || ' ' || x.customers::text as key, s.ref as told, jsonb_build_object('open', x.open_incidents, 'recent', x.incidents_last_30) as value
        from handover.service_summary x
        join core.record s on s.provider_id = x.provider_id and s.id = x.service_id
        where x.open_incidents <> 0 or x.incidents_last_30 <> 0`,
    }),
};

/** What was counted of each incident: its next count is by the difference. */
const countedIncidents: Recount = {
  what: 'what was counted of incidents',
  differences: (client) =>
    compared(client, 'what was counted of it', {
      expected: `select i.id::text as key, r.ref as told,
          jsonb_build_object('service', i.service, 'customers', array(select unnest(r.customers) order by 1),
            'open', i.state in ('new', 'assigned', 'in_progress', 'pending'), 'logged', i.logged_at) as value
        from operation.incident i
        join core.record r on r.provider_id = i.provider_id and r.id = i.id`,
      standing: `select k.incident_id::text as key, coalesce(r.ref, k.incident_id::text) as told,
          jsonb_build_object('service', k.service_id, 'customers', k.customers, 'open', k.open, 'logged', k.logged_at) as value
        from operation.counted_incident k
        left join core.record r on r.provider_id = k.provider_id and r.id = k.incident_id`,
    }),
};

const page = 500;

/** The fact of every incident: of one that was worked on here from the record and its clocks, of an observed one as its import told it. */
const incidentFacts: Recount = {
  what: 'measured facts of incidents',
  differences: async (client) => {
    const found: Difference[] = [];
    const { rows } = await client.query<{ id: string }>('select id from core.provider order by id');
    for (const { id } of rows) found.push(...(await factsOfProvider(client, id)));
    return found;
  },
};

interface Looked {
  id: string;
  ref: string;
  /** Nobody has worked on it here. */
  observed: boolean;
}

async function factsOfProvider(client: Queryable, provider: string): Promise<Difference[]> {
  const found: Difference[] = [];
  let after = nilUuid;
  for (;;) {
    const { rows } = await client.query({
      text: `select i.id, r.ref, not exists (
          select from core.journal j where j.provider_id = i.provider_id and j.record_id = i.id and j.kind <> 'observed') as observed
        from operation.incident i
        join core.record r on r.provider_id = i.provider_id and r.id = i.id
        where i.provider_id = $1 and i.id > $2
        order by i.id
        limit ${page}`,
      values: [provider, after],
    });
    const incidents = rows as Looked[]; // the select list
    const last = incidents.at(-1);
    if (!last) return found;
    after = last.id;
    found.push(...(await factsOtherwise(client, provider, incidents)));
  }
}

async function factsOtherwise(
  client: Queryable,
  provider: string,
  incidents: readonly Looked[],
): Promise<Difference[]> {
  const ids = incidents.map(({ id }) => id);
  const courses = new Map((await coursesOf(client, ids)).map((course) => [course.incidentId, course]));
  const clocks = await clocksOfMany(client, provider, ids);
  const measured = await measuredElsewhere(client, provider, ids);
  const standing = await factsOf(client, provider, ids);
  return incidents.flatMap(({ id, ref, observed }) => {
    const course = courses.get(id);
    if (!course) return [];
    const { providerId: _provider, incidentId: _incident, ...live } = course;
    const own = clocks.get(id) ?? [];
    const told = measured.get(id);
    const hasClock = own.some(({ kind }) => kind === 'restore');
    const minutes = hasClock || !told || live.restoredAt === null ? minutesOfClocks(own) : minutesIn(told);
    const expected = observed && told ? { serviceId: live.serviceId, ...told } : { ...live, ...minutes };
    const is = standing.get(id) ?? null;
    if (is && sameFact(is, expected)) return [];
    return [{ record: ref, what: inWords('its measured fact', { expected, standing: is }) }];
  });
}

const minutesIn = ({ restoreMinutes, targetMinutes, waitedMinutes, breached }: Omit<Fact, 'serviceId'>) => ({
  restoreMinutes,
  targetMinutes,
  waitedMinutes,
  breached,
});

type Fact = Omit<IncidentFact, 'incidentId'>;

const sameFact = (one: Fact, other: Fact): boolean =>
  Object.keys(one).every((name) =>
    isDeepStrictEqual(one[name as keyof Fact] ?? null, other[name as keyof Fact] ?? null),
  ); // its own keys

/** What each import told of incidents, in their last observed entry. */
async function measuredElsewhere(
  client: Queryable,
  provider: string,
  ids: readonly string[],
): Promise<Map<string, Omit<Fact, 'serviceId'>>> {
  const { rows } = await client.query(
    `select j.record_id as id, j.edits -> '_measured' as measured
     from core.journal j
     where j.provider_id = $1 and j.record_id = any($2::uuid[]) and j.kind = 'observed' and j.edits ? '_measured'`,
    [provider, ids],
  );
  return new Map(
    (rows as { id: string; measured: Omit<Fact, 'serviceId'> }[]).map(({ id, measured }) => [id, measured]),
  );
}

async function factsOf(client: Queryable, provider: string, ids: readonly string[]): Promise<Map<string, Fact>> {
  const { rows } = await client.query(
    `select incident_id as id, service_id as "serviceId", customer_id as "customerId", state, priority, category, team_id as "teamId",
       opened_at as "openedAt", restored_at as "restoredAt", closed_at as "closedAt", reassignments, reopens, entries,
       restore_minutes as "restoreMinutes", target_minutes as "targetMinutes", waited_minutes as "waitedMinutes", breached
     from handover.incident_fact
     where provider_id = $1 and incident_id = any($2::uuid[])`,
    [provider, ids],
  );
  return new Map((rows as (Fact & { id: string })[]).map(({ id, ...fact }) => [id, fact]));
}

export const incidentRecounts: readonly Recount[] = [incidentFacts, serviceSummaries, countedIncidents];
