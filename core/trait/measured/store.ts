import type { MeasuredTrait } from '../../record/define/define.ts';
import { snakeCase } from '../../record/define/define.ts';
import type { Queryable } from '../../database/queryable.ts';
import { caseFactColumns, caseFactValues } from './fact.ts';
import type { CaseFact } from './fact.ts';
import type { Measured } from './measured.ts';
import type { Minutes } from './minutes.ts';

/** What the record itself says of its fact; the clock's minutes are added by who computes them. */
export interface Course extends Omit<CaseFact, keyof Minutes> {
  providerId: string;
}

/** Words of the definition, as a list in SQL. */
const listOf = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(', ')})`;

const columnOf = (field: string | undefined, otherwise: string): string =>
  field === undefined ? otherwise : `t.${snakeCase(field)}`;

const countOf = (field: string | undefined): string => `coalesce(${columnOf(field, 'null::integer')}, 0)`;

function endedAt({ endedIn, ended }: MeasuredTrait): string {
  return `case when t.state in ${listOf(endedIn)} then coalesce(${ended.map((field) => columnOf(field, 'null')).join(', ')}) end`;
}

/** Touched is a record by whoever wrote of it before it ended for good; not by the system that counts anew. */
const touches = "e.kind not in ('linked', 'recounted', 'erased')";

/** Of some records of a type, what their fact takes from the record and its journal. */
export async function coursesOf(
  client: Queryable,
  { definition: { type, table }, trait }: Measured,
  ids: readonly string[],
): Promise<Course[]> {
  const ended = listOf(trait.endedIn);
  const { rows } = await client.query(
    `select t.provider_id as "providerId",
       t.id as "recordId",
       '${type}' as "recordType",
       ${columnOf(trait.service, 'null::uuid')} as "serviceId",
       r.customers[1] as "customerId",
       t.state,
       ${columnOf(trait.priority, 'null::text')} as priority,
       ${columnOf(trait.category, 'null::text')} as category,
       ${columnOf(trait.team, 'null::uuid')} as "teamId",
       coalesce(${columnOf(trait.opened, 'null::timestamptz')}, r.created_at) as "openedAt",
       ${endedAt(trait)} as "endedAt",
       case when t.state = '${trait.closedIn}' then j.closed_at end as "closedAt",
       ${countOf(trait.reassignments)} as reassignments,
       ${countOf(trait.reopens)} as reopens,
       case when t.state in ${ended} then j.until_ended else j.entries end as entries
     from ${table} t
     join core.record r on r.provider_id = t.provider_id and r.id = t.id
     cross join lateral (
       select count(*) filter (where x.touches)::int as entries,
         count(*) filter (where x.touches and x.seq <= x.last_ending)::int as until_ended,
         max(x.at) filter (where x.to_state = '${trait.closedIn}') as closed_at
       from (
         select e.seq,
           e.to_state,
           ${touches} as touches,
           case when e.kind = 'observed' then e.occurred_at else e.recorded_at end as at,
           max(e.seq) filter (
             where e.to_state in ${ended} and coalesce(e.from_state, '') not in ${ended}) over () as last_ending
         from core.journal e
         where e.provider_id = t.provider_id and e.record_id = t.id) x) j
     where t.id = any($1::uuid[])`,
    [ids],
  );
  return rows as Course[]; // the select list
}

const columns = caseFactColumns.split(', ');
const places = columns.map((_, index) => `$${index + 1}`).join(', ');
const kept = ['worked_minutes', 'target_minutes', 'waited_minutes', 'breached'];
const sets = columns
  .slice(2)
  .map((column) => {
    // A record whose history was observed has no clock of ours: what its import measured stands while it stays ended.
    if (!kept.includes(column)) return `${column} = excluded.${column}`;
    return `${column} = case when $${columns.length + 1}::boolean or excluded.ended_at is null then excluded.${column} else f.${column} end`;
  })
  .join(',\n  ');

/** Writes a fact over the one before, as the newest edit. `measured`: it had a clock of the kind that counts. */
export async function keepFact(
  client: Queryable,
  providerId: string,
  { fact, measured }: { fact: CaseFact; measured: boolean },
): Promise<void> {
  await client.query({
    name: 'keep the fact of a case',
    text: `insert into core.case_fact as f (${caseFactColumns})
     values (${places})
     on conflict (provider_id, record_id) do update set
       ${sets},
       edit = nextval('core.case_fact_edit'),
       transaction = pg_current_xact_id()`,
    values: [...caseFactValues(providerId, fact), measured],
  });
}
