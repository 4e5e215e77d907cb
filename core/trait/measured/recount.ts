// The fact of every measured record, computed anew: of one that was worked on here from the record and its clocks, of an observed one as its import told it.
import { isDeepStrictEqual } from 'node:util';
import type { Difference } from '../../journal/fold.ts';
import { inWords } from '../../journal/recount.ts';
import type { Recount } from '../../journal/recount.ts';
import { nilUuid } from '../../record/define/id.ts';
import type { Queryable } from '../../database/queryable.ts';
import { clocksOfMany } from '../clocks/store.ts';
import type { CaseFact } from './fact.ts';
import { measuredOf } from './measured.ts';
import type { Measured } from './measured.ts';
import { minutesOfClocks } from './minutes.ts';
import { coursesOf } from './store.ts';

const page = 500;

export const factRecount: Recount = {
  what: 'measured facts of cases',
  differences: async (client, { registry }) => {
    const found: Difference[] = [];
    const { rows } = await client.query<{ id: string }>('select id from core.provider order by id');
    for (const measured of measuredOf(registry.records.values()))
      for (const { id } of rows) found.push(...(await factsOfProvider(client, measured, id)));
    return found;
  },
};

interface Looked {
  id: string;
  ref: string;
  /** Nobody has worked on it here. */
  observed: boolean;
}

async function factsOfProvider(client: Queryable, measured: Measured, provider: string): Promise<Difference[]> {
  const found: Difference[] = [];
  let after = nilUuid;
  for (;;) {
    const { rows } = await client.query({
      text: `select t.id,
          r.ref,
          not exists (
            select from core.journal j
            where j.provider_id = t.provider_id and j.record_id = t.id and j.kind <> 'observed') as observed
        from ${measured.definition.table} t
        join core.record r on r.provider_id = t.provider_id and r.id = t.id
        where t.provider_id = $1 and t.id > $2
        order by t.id
        limit ${page}`,
      values: [provider, after],
    });
    const records = rows as Looked[]; // the select list
    const last = records.at(-1);
    if (!last) return found;
    after = last.id;
    found.push(...(await factsOtherwise(client, measured, { provider, records })));
  }
}

async function factsOtherwise(
  client: Queryable,
  measured: Measured,
  { provider, records }: { provider: string; records: readonly Looked[] },
): Promise<Difference[]> {
  const ids = records.map(({ id }) => id);
  const courses = new Map((await coursesOf(client, measured, ids)).map((course) => [course.recordId, course]));
  const clocks = await clocksOfMany(client, provider, ids);
  const told = await measuredElsewhere(client, provider, ids);
  const standing = await factsOf(client, provider, ids);
  return records.flatMap(({ id, ref, observed }) => {
    const course = courses.get(id);
    if (!course) return [];
    const { providerId: _provider, recordId: _record, ...live } = course;
    const expected = expectedFact(live, {
      told: told.get(id),
      observed,
      ...minutesNow(clocks.get(id) ?? [], measured.trait.clock),
    });
    const is = standing.get(id) ?? null;
    if (is && sameFact(is, expected)) return [];
    return [{ record: ref, what: inWords('its measured fact', { expected, standing: is }) }];
  });
}

type Fact = Omit<CaseFact, 'recordId'>;
/** What an import told of a record: all but what it is about, which its service tells. */
type Told = Omit<Fact, 'serviceId' | 'recordType'>;
type Live = Omit<Fact, keyof ReturnType<typeof minutesOfClocks>>;

const minutesNow = (clocks: Parameters<typeof minutesOfClocks>[0], clock: string | undefined) => ({
  minutes: minutesOfClocks(clocks, clock),
  hasClock: clocks.some(({ kind }) => kind === clock),
});

function expectedFact(
  live: Live,
  { told, observed, minutes, hasClock }: { told: Told | undefined; observed: boolean } & ReturnType<typeof minutesNow>,
): Fact {
  if (observed && told) return { serviceId: live.serviceId, recordType: live.recordType, ...told };
  const stands = hasClock || !told || live.endedAt === null;
  return { ...live, ...(stands ? minutes : minutesIn(told)) };
}

const minutesIn = ({ workedMinutes, targetMinutes, waitedMinutes, breached }: Told) => ({
  workedMinutes,
  targetMinutes,
  waitedMinutes,
  breached,
});

const sameFact = (one: Fact, other: Fact): boolean =>
  Object.keys(one).every((name) =>
    isDeepStrictEqual(one[name as keyof Fact] ?? null, other[name as keyof Fact] ?? null),
  ); // its own keys

/** What each import told of records, in their last observed entry. */
async function measuredElsewhere(
  client: Queryable,
  provider: string,
  ids: readonly string[],
): Promise<Map<string, Told>> {
  const { rows } = await client.query(
    `select j.record_id as id, j.edits -> '_measured' as measured
     from core.journal j
     where j.provider_id = $1 and j.record_id = any($2::uuid[]) and j.kind = 'observed' and j.edits ? '_measured'
     order by j.seq`,
    [provider, ids],
  );
  return new Map((rows as { id: string; measured: Told }[]).map(({ id, measured }) => [id, measured]));
}

async function factsOf(client: Queryable, provider: string, ids: readonly string[]): Promise<Map<string, Fact>> {
  const { rows } = await client.query(
    `select record_id as id,
       record_type as "recordType",
       service_id as "serviceId",
       customer_id as "customerId",
       state,
       priority,
       category,
       team_id as "teamId",
       opened_at as "openedAt",
       ended_at as "endedAt",
       closed_at as "closedAt",
       reassignments,
       reopens,
       entries,
       worked_minutes as "workedMinutes",
       target_minutes as "targetMinutes",
       waited_minutes as "waitedMinutes",
       breached
     from core.case_fact
     where provider_id = $1 and record_id = any($2::uuid[])`,
    [provider, ids],
  );
  return new Map((rows as (Fact & { id: string })[]).map(({ id, ...fact }) => [id, fact]));
}
