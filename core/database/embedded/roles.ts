import pg from 'pg';
import type { Passwords } from './folders.ts';

/** Makes the application's role and database on the first start. Returns how each role signs in. */
export async function prepareDatabase(
  socketFolder: string,
  passwords: Passwords,
): Promise<{ ownerConfig: pg.ClientConfig; appConfig: pg.ClientConfig }> {
  const at = { host: socketFolder, port: 5432, database: 'servicewright' };
  const ownerConfig = { ...at, user: 'owner', password: passwords.owner };
  const client = new pg.Client({ ...ownerConfig, database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query<{ has_role: boolean; has_database: boolean }>(
      `select exists (select from pg_roles where rolname = 'app') as has_role,
              exists (select from pg_database where datname = 'servicewright') as has_database`,
    );
    if (!rows[0]?.has_role) await client.query(`create role app login password ${client.escapeLiteral(passwords.app)}`);
    if (!rows[0]?.has_database) await client.query('create database servicewright');
  } finally {
    await client.end();
  }
  return { ownerConfig, appConfig: { ...at, user: 'app', password: passwords.app } };
}
