// What a backup holds is asked of the database itself: tables with their columns, sequences, months of the journal, migrations.
import type pg from 'pg';
import type { BackupHeader, Table } from './format.ts';

/**
 * Plain tables with their columns, without generated ones and without transaction numbers, which belong to one cluster only.
 * A table that is left out says so, and why, in its comment.
 */
export async function tablesOf(client: pg.PoolClient, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid
     where n.nspname = any($1)
       and c.relkind in ('r', 'p')
       and not c.relispartition
       and a.attnum > 0
       and not a.attisdropped
       and a.attgenerated = ''
       and a.atttypid <> 'xid8'::regtype
       and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'Left out of backups%'
       and c.oid <> 'core.migration'::regclass
     group by n.nspname, c.relname, c.oid
     order by (n.nspname = 'identity' and c.relname = 'user') desc, 1`,
    [schemas],
  );
  return rows;
}

export async function migrationsOf(client: pg.PoolClient): Promise<BackupHeader['migrations']> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from core.migration order by name',
  );
  return rows.map(({ name, sha256 }) => [name, sha256]);
}

/** Sequences that gave a number already; `all` names those that did not as well. */
export async function sequencesOf(
  client: pg.PoolClient,
  schemas: readonly string[],
  { all = false } = {},
): Promise<{ name: string; value: number | null }[]> {
  const { rows } = await client.query<{ name: string; value: number | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as value
     from pg_sequences
     where schemaname = any($1) and ($2 or last_value is not null)
     order by 1`,
    [schemas, all],
  );
  return rows;
}

export async function monthsOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(
    `select to_char(min(recorded_at), 'YYYY-MM-01') as month
     from core.journal
     group by date_trunc('month', recorded_at)
     order by 1`,
  );
  return rows.map((row) => `${row.month}T00:00:00.000Z`);
}
