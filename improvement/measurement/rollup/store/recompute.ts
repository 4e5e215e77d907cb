import { nilUuid } from '../../../../core/record/define/id.ts';
import type pg from 'pg';
import { inTransaction } from '../../../../core/database/connect.ts';
import { isMeasured, sources } from '../../metric/define.ts';
import type { MeasuredMetric, SourceName } from '../../metric/define.ts';
import { metrics } from '../../metric/metrics.ts';
import { compile } from './compile.ts';
import { sourceRows } from './sources.ts';

const daysAtOnce = 62;
const nil = `'${nilUuid}'`;

const bySource = Map.groupBy(metrics.filter(isMeasured), ({ source }) => source);
const statements = new Map(
  (Object.keys(sources) as SourceName[]).map((source) => [source, figuresOf(source, bySource.get(source) ?? [])]),
); // the keys are the names

/** Every figure of the source for the periods $2 (grain), $3 (first day), $4 (day after): all services and customers at once. */
function figuresOf(source: SourceName, of: readonly MeasuredMetric[]): string {
  const compiled = of.map((metric) => ({ id: metric.id, ...compile(metric) }));
  const parts = ['n', 'numerator', 'denominator', 'value'] as const;
  const aggregates = compiled.flatMap((each, index) => parts.map((part) => `${each[part]} as ${part}${index}`));
  const rows = compiled.map(({ id }, index) => `('${id}', ${parts.map((part) => `g.${part}${index}`).join(', ')})`);
  return `insert into improvement.rollup (
      provider_id, service_id, customer_id, metric, grain, day, n, numerator, denominator, value, computed_at,
      known_to)
    select $1,
      g.service_id,
      g.customer_id,
      m.metric,
      g.grain,
      g.day,
      m.n,
      m.numerator,
      m.denominator,
      m.value,
      $5,
      coalesce((select v.scenario_now from core.provider v where v.id = $1), $5)
    from (
      select p.grain,
        p.day,
        case when grouping(f.service_id) = 1 then ${nil} else f.service_id end as service_id,
        case when grouping(f.customer_id) = 1 then ${nil} else f.customer_id end as customer_id,
        ${aggregates.join(', ')}
      from unnest($2::text[], $3::date[], $4::date[]) as p (grain, day, to_day)
      cross join lateral (${sourceRows[source].rows}) f
      group by p.grain,
        p.day,
        grouping sets ((), (f.service_id), (f.customer_id), (f.service_id, f.customer_id))) g
    cross join lateral (values ${rows.join(', ')}) as m (metric, n, numerator, denominator, value)
    where g.service_id is not null and g.customer_id is not null and m.n > 0 and m.value is not null`;
}

interface Period {
  grain: string;
  day: string;
  to: string;
}

/** Computes anew the periods of the next touched days, and forgets that they were touched. False when there was none. */
export function recomputeNext(pool: pg.Pool, now: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    // Of several processes one computes; the others wait, so that who asked to catch up has caught up when told so.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', ['improvement.rollup']);
    const { rows } = await client.query<{ providerId: string; source: SourceName; day: string }>(
      `with next as (select provider_id, source from improvement.touched order by provider_id, source limit 1)
       select t.provider_id as "providerId", t.source, t.day
       from improvement.touched t
       join next n using (provider_id, source)
       order by t.day
       limit ${daysAtOnce}`,
    );
    const [next] = rows;
    if (!next) return false;
    const days = rows.map(({ day }) => day);
    await compute(client, next, { days, now });
    await client.query(
      'delete from improvement.touched where provider_id = $1 and source = $2 and day = any($3::date[])',
      [next.providerId, next.source, days],
    );
    return true;
  });
}

async function compute(
  client: pg.PoolClient,
  { providerId, source }: { providerId: string; source: SourceName },
  { days, now }: { days: readonly string[]; now: string },
): Promise<void> {
  const { rows: periods } = await client.query<Period>(
    `select distinct g.grain,
       date_trunc(g.grain, d)::date as day,
       (date_trunc(g.grain, d) + ('1 ' || g.grain)::interval)::date as to
     from unnest($1::date[]) d, (values ('day'), ('week'), ('month')) as g (grain)`,
    [days],
  );
  const [grains, firsts, ends] = [
    periods.map(({ grain }) => grain),
    periods.map(({ day }) => day),
    periods.map(({ to }) => to),
  ];
  const ids = (bySource.get(source) ?? []).map(({ id }) => id);
  await client.query(
    `delete from improvement.rollup r using unnest($2::text[], $3::date[]) as p (grain, day)
     where r.provider_id = $1 and r.grain = p.grain and r.day = p.day and r.metric = any($4::text[])`,
    [providerId, grains, firsts, ids],
  );
  const statement = statements.get(source);
  if (!statement) throw new Error(`no statement for the source ${source}`);
  await client.query(statement, [providerId, grains, firsts, ends, now]);
}
