import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { connect } from '../../core/database/connect.ts';
import { withLocal } from './local.ts';

const usage = `servicewright psql [--write] [-c SQL]
  Opens this installation's database as the application's role: for reading, unless --write is given.
  With -c it runs one statement and prints its rows. Without it, psql must be installed.`;

/** `servicewright psql`: this installation's database, for who looks into it; for reading, unless asked otherwise. */
export async function psql(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      command: { type: 'string', short: 'c' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  return withLocal(async ({ database }) => {
    const config = values.write ? database.appConfig : forReading(database.appConfig);
    return values.command === undefined ? interactive(config) : runOne(config, values.command);
  });
}

export const forReading = (config: pg.ClientConfig): pg.ClientConfig => ({
  ...config,
  options: '-c default_transaction_read_only=on',
});

/** Runs one statement and prints its rows; a fault of it is one line. */
export async function runOne(config: pg.ClientConfig, statement: string): Promise<number> {
  const pool = connect(config, { max: 1, longStatements: true });
  try {
    const { rows, command, rowCount } = await pool.query<Record<string, unknown>>(statement);
    if (rows.length) console.table(rows);
    console.log(`${command} ${rowCount ?? 0}`);
    return 0;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await pool.end();
  }
}

/** Hands the terminal to psql, with what it needs to sign in. */
function interactive(config: pg.ClientConfig): number {
  const { connectionString, host, port, user, password, database, options } = config;
  const named = {
    PGHOST: host,
    PGPORT: port === undefined ? undefined : String(port),
    PGUSER: user,
    PGPASSWORD: typeof password === 'string' ? password : undefined,
    PGDATABASE: database,
    PGOPTIONS: options,
  };
  const { status, error } = spawnSync('psql', connectionString ? [connectionString] : [], {
    stdio: 'inherit',
    env: { ...process.env, ...named },
  });
  if (!error) return status ?? 1;
  console.error('psql is not installed. Install it, or run one statement: servicewright psql -c "select ..."');
  return 2;
}
