import type { Queryable } from '../../database/queryable.ts';

/** Of `core.condition c`: it is not met, and the decision that was made on it was not ended. */
export const binds = `c.state <> 'met'
  and not exists (
    select
    from core.decision_end e
    where e.provider_id = c.provider_id and e.decision_id = c.decision_id)`;

export interface DueCondition {
  providerId: string;
  id: string;
  subject: string;
  type: string;
  /** Its day passed; else it is near. */
  isOver: boolean;
  /** The clock of an example provider. */
  scenarioNow: string | null;
}

/** How long before its day the owner is reminded: three days, or a quarter of the time there was where that is less. */
const reminded = `c.due_at - least(interval '3 days', (c.due_at - d.occurred_at) / 4)`;

/** Conditions whose owners are to be reminded, or whose day passed, by the clock of their provider. */
export async function conditionsDue(client: Queryable, now: string): Promise<DueCondition[]> {
  const { rows } = await client.query({
    text: `select c.provider_id as "providerId",
        c.id,
        c.subject_id as subject,
        r.type,
        c.due_at <= coalesce(v.scenario_now, $1::timestamptz) as "isOver",
        v.scenario_now as "scenarioNow"
      from core.condition c
      join core.provider v on v.id = c.provider_id
      join core.decision d on d.provider_id = c.provider_id and d.id = c.decision_id
      join core.record r on r.provider_id = c.provider_id and r.id = c.subject_id
      where c.state = 'open'
        and ${binds}
        and (
          c.due_at <= coalesce(v.scenario_now, $1::timestamptz)
          or (c.reminded_at is null and ${reminded} <= coalesce(v.scenario_now, $1::timestamptz)))
      order by c.due_at, c.id
      limit 500`,
    values: [now],
  });
  return rows as DueCondition[]; // the select list
}

/** Marks a condition as lapsed, unless it was met or lapsed meanwhile. */
export async function markLapsed(client: Queryable, provider: string, id: string, now: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update core.condition
     set state = 'lapsed', lapsed_at = $3
     where provider_id = $1 and id = $2 and state = 'open' and due_at <= $3`,
    [provider, id, now],
  );
  return rowCount === 1;
}

/** Marks that the owner of a condition was reminded, unless that was done or it was met meanwhile. */
export async function markReminded(client: Queryable, provider: string, id: string, now: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update core.condition
     set reminded_at = $3
     where provider_id = $1 and id = $2 and state = 'open' and reminded_at is null`,
    [provider, id, now],
  );
  return rowCount === 1;
}
