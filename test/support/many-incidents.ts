// Incidents by the ten thousand, copied inside the database from one that was made through the API: for plans, which ask for numbers and not for hashes.
import type pg from 'pg';

export interface Many {
  providerId: string;
  /** The incident that all are copies of. */
  like: string;
  count: number;
  teams: readonly string[];
  assignees: readonly string[];
  /** Every tenth belongs to the second. */
  customers: readonly [string, string];
  /** When the newest was edited; the oldest is half a year older. */
  until: string;
}

export const categories = 40;
/** One in twenty names a printer, and this many a zebra. */
export const rareHits = 26;

const openStates = `array['new', 'assigned', 'in_progress', 'pending']`;

/** Of a random-looking but fixed number for each copy: what one in `among` has. */
const pick = (salt: number, among: string) => `1 + abs(hashint4(n * 31 + ${salt})) % ${among}`;

const made = `create temp table made as
  select n, gen_random_uuid() as id, $4::timestamptz - (interval '180 days' * ($3::int - n) / $3::int) as at,
    case when abs(hashint4(n)) % 5 = 0 then (${openStates})[${pick(1, '4')}] else 'closed' end as state,
    ($5::uuid[])[${pick(2, 'cardinality($5::uuid[])')}] as team, ($6::uuid[])[${pick(3, 'cardinality($6::uuid[])')}] as assignee,
    ($7::uuid[])[case when n % 10 = 0 then 2 else 1 end] as customer, 'Category ' || ${pick(4, String(categories))} as category, 'P' || ${pick(5, '4')} as priority,
    'Till ' || n % 997 || ' does not start' || case when n % 20 = 0 then ' printer' else '' end || case when n % ($3::int / ${rareHits}) = 0 then ' zebra' else '' end as title
  from generate_series(1, $3::int) n where $1::uuid is not null and $2::uuid is not null`;

/** A row of a table as one of the incident's, with some of its columns set anew for each copy. */
const copied = (table: string, by: string, sets: string, more = '') =>
  `insert into ${table} (%columns%) select %picked% from ${table} o, made m ${more}, lateral jsonb_populate_record(o, jsonb_build_object(${sets})) c where o.provider_id = $1 and ${by}`;

const copies: readonly [table: string, statement: string][] = [
  [
    'core.record',
    copied(
      'core.record',
      'o.id = $2',
      `'id', m.id, 'number', 1000000 + m.n, 'ref', 'INC-' || 1000000 + m.n, 'title', m.title, 'state', m.state, 'customers', array[m.customer], 'lineage_id', m.id, 'version', 3,
       'search_text', lower('inc.' || 1000000 + m.n || ' ' || 1000000 + m.n || ' ' || m.title || ' ' || m.category), 'created_at', m.at, 'updated_at', m.at`,
    ),
  ],
  [
    'operation.incident',
    copied(
      'operation.incident',
      'o.id = $2',
      `'id', m.id, 'state', m.state, 'team', m.team, 'assignee', m.assignee, 'category', m.category, 'priority', m.priority, 'logged_at', m.at,
       'next_due_at', case when m.state = 'closed' then null else m.at + interval '8 hours' end`,
    ),
  ],
  [
    'core.journal',
    copied(
      'core.journal',
      `o.record_id = $2 and o.version = 1`,
      `'record_id', m.id, 'seq', nextval('core.journal_seq'), 'transaction', pg_current_xact_id(), 'recorded_at', m.at, 'occurred_at', m.at, 'version', s.version,
       'kind', case when s.version = 1 then 'created' else 'moved' end, 'move', s.move, 'from_state', s.from_state, 'to_state', s.to_state`,
      `cross join (values (1, null, null, 'new'), (2, 'assign', 'new', 'assigned'), (3, 'start-work', 'assigned', 'in_progress')) as s (version, move, from_state, to_state)`,
    ),
  ],
  [
    'core.case_fact',
    copied(
      'core.case_fact',
      'o.record_id = $2',
      `'record_id', m.id, 'state', m.state, 'priority', m.priority, 'category', m.category, 'team_id', m.team, 'customer_id', m.customer, 'opened_at', m.at,
       'ended_at', case when m.state = 'closed' then m.at + interval '2 hours' end, 'closed_at', case when m.state = 'closed' then m.at + interval '3 hours' end,
       'edit', nextval('core.case_fact_edit'), 'transaction', pg_current_xact_id()`,
    ),
  ],
];

/** Makes them in one transaction. The owner's pool: an import would go the long way. */
export async function makeIncidents(owner: pg.Pool, many: Many): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query(
      `select core.ensure_journal_month($1::timestamptz - m * interval '15 days') from generate_series(0, 13) m`,
      [many.until],
    );
    const { providerId, like, count, until, teams, assignees, customers } = many;
    await client.query(made, [providerId, like, count, until, teams, assignees, customers]);
    for (const [table, statement] of copies) {
      const { rows } = await client.query<{ columns: string; picked: string }>(
        `select string_agg(quote_ident(attname), ', ') as columns, string_agg('c.' || quote_ident(attname), ', ') as picked from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      );
      const [{ columns, picked } = { columns: '', picked: '' }] = rows;
      await client.query(statement.replace('%columns%', columns).replace('%picked%', picked), [providerId, like]);
    }
    await client.query('drop table made');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Leaves statistics as they are from now on, until somebody asks for them. */
export async function keepStatistics(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement')`,
  );
  for (const { name } of rows) await owner.query(`alter table ${name} set (autovacuum_enabled = false)`);
}
