import { nilUuid } from '../../../../core/record/define/id.ts';
import type { Queryable } from '../../../../core/database/queryable.ts';

/** Whose figures: `nil` stands for all services, and for all customers. */
export interface Scope {
  providerId: string;
  serviceId: string;
  customerId: string;
  /** The day it is: what is not over yet was not observed as a whole. */
  today: string;
}
export const nil = nilUuid;

export type Grain = 'day' | 'week' | 'month';

export interface Figure {
  /** First day of its period. */
  day: string;
  n: number;
  value: number;
  numerator: number | null;
  denominator: number | null;
  computedAt: string;
  knownTo: string;
}

/** What was observed as a whole, both days included; periods with fewer cases are not judged. */
export interface ObservedPeriod {
  from: string;
  to: string;
  minN: number;
  declared: boolean;
}

const columns = `r.day, r.n, r.value, r.numerator, r.denominator, r.computed_at as "computedAt", r.known_to as "knownTo"`;
const ofScope = 'r.provider_id = $1 and r.service_id = $2 and r.customer_id = $3';
const within = `r.day >= $6::date and (r.day + ('1 ' || r.grain)::interval)::date <= $7::date + 1`;

/** The newest figures of a metric whose whole period was observed, oldest first. */
export async function figuresOf(
  client: Queryable,
  { providerId, serviceId, customerId }: Scope,
  of: { metric: string; grain: Grain; observed: ObservedPeriod; most: number },
): Promise<Figure[]> {
  const { rows } = await client.query(
    `select ${columns}
     from improvement.rollup r
     where ${ofScope} and r.metric = $4 and r.grain = $5 and ${within} and r.n >= $8
     order by r.day desc
     limit $9`,
    [
      providerId,
      serviceId,
      customerId,
      of.metric,
      of.grain,
      of.observed.from,
      of.observed.to,
      of.observed.minN,
      of.most,
    ],
  );
  return (rows as Figure[]).toReversed(); // the select list is Figure
}

/** When the newest figure of a metric was computed, and up to when its facts were known then. */
export async function ageOf(
  client: Queryable,
  { providerId, serviceId, customerId }: Scope,
  metric: string,
): Promise<{ computedAt: string; knownTo: string } | null> {
  const { rows } = await client.query(
    `select r.computed_at as "computedAt", r.known_to as "knownTo"
     from improvement.rollup r
     where ${ofScope} and r.metric = $4 and r.grain = 'month'
     order by r.day desc
     limit 1`,
    [providerId, serviceId, customerId, metric],
  );
  return (rows[0] as { computedAt: string; knownTo: string } | undefined) ?? null; // the select list
}

/** The period last declared for a service; of all services the days that were declared for each of those measured. */
export async function declaredPeriod(
  client: Queryable,
  { providerId, serviceId }: Scope,
): Promise<ObservedPeriod | null> {
  if (serviceId === nil) return declaredForAll(client, providerId);
  const { rows } = await client.query(
    `select from_day as
     from, to_day as to, min_n as "minN", true as declared
     from improvement.observed_period
     where provider_id = $1 and service_id = $2
     order by number desc
     limit 1`,
    [providerId, serviceId],
  );
  return (rows[0] as ObservedPeriod | undefined) ?? null; // the select list
}

async function declaredForAll(client: Queryable, providerId: string): Promise<ObservedPeriod | null> {
  const { rows } = await client.query(
    `select max(p.from_day) as from, min(p.to_day) as to, max(p.min_n) as "minN", true as declared
     from (select distinct z.service_id from improvement.zone z where z.provider_id = $1) s
     left join lateral (select o.from_day, o.to_day, o.min_n from improvement.observed_period o
       where o.provider_id = $1 and o.service_id = s.service_id order by o.number desc limit 1) p on true
     having count(*) > 0 and count(*) = count(p.min_n) and max(p.from_day) <= min(p.to_day)`,
    [providerId],
  );
  return (rows[0] as ObservedPeriod | undefined) ?? null; // the select list
}

/**
 * What is observed all the time (decisions, moves, outcomes): from the beginning of the month and week of the first figure, for
 * nothing happened before it, to the last day that is over, or that has a figure.
 */
export async function everObserved(
  client: Queryable,
  { providerId, serviceId, customerId, today }: Scope,
  { metric, minN }: { metric: string; minN: number },
): Promise<ObservedPeriod | null> {
  const { rows } = await client.query<{ from: string | null; to: string | null }>(
    `select least(date_trunc('month', min(e.first)), date_trunc('week', min(e.first)))::date as
     from, greatest(max(e.last), $5::date - 1) as to
     from (values ('day'), ('week'), ('month')) g (grain)
     cross join lateral (
       select (select r.day ${ofGrain} order by r.day limit 1) as first,
         (select r.day ${ofGrain} order by r.day desc limit 1) as last) e
     having min(e.first) is not null`,
    [providerId, serviceId, customerId, metric, today],
  );
  const { from, to } = rows[0] ?? { from: null, to: null };
  return from !== null && to !== null ? { from, to, minN, declared: false } : null;
}

const ofGrain = `from improvement.rollup r where ${ofScope} and r.metric = $4 and r.grain = g.grain`;

/** From the first to the last day with enough cases; found from both ends on the key's order. */
export async function defaultPeriod(
  client: Queryable,
  { providerId, serviceId, customerId }: Scope,
  { metric, minN }: { metric: string; minN: number },
): Promise<ObservedPeriod | null> {
  const edge = (direction: 'asc' | 'desc') =>
    `(
       select r.day
       from improvement.rollup r
       where ${ofScope} and r.metric = $4 and r.grain = 'day' and r.n >= $5
       order by r.day ${direction}
       limit 1)`;
  const { rows } = await client.query<{ from: string | null; to: string | null }>(
    `select ${edge('asc')} as from, ${edge('desc')} as to`,
    [providerId, serviceId, customerId, metric, minN],
  );
  const { from, to } = rows[0] ?? { from: null, to: null };
  return from !== null && to !== null ? { from, to, minN, declared: false } : null;
}

export async function declarePeriod(
  client: Queryable,
  { providerId, serviceId }: Pick<Scope, 'providerId' | 'serviceId'>,
  { from, to, minN, by, at }: { from: string; to: string; minN: number; by: string; at: string },
): Promise<void> {
  await client.query(
    `insert into improvement.observed_period (
       provider_id, service_id, from_day, to_day, min_n, declared_by, declared_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [providerId, serviceId, from, to, minN, by, at],
  );
}
