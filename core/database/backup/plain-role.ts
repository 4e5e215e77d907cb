import type pg from 'pg';

/**
 * Runs work that fills tables as a role which may do that and nothing else, where the connection's own is a superuser: what a
 * file holds is then never written with more than it takes. The role is gone at the end of the transaction.
 */
export async function asPlainRole(
  client: pg.PoolClient,
  schemas: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ superuser: boolean; own: string }>(
    `select rolsuper as superuser, 'servicewright_restore_' || pg_backend_pid() as own
     from pg_roles
     where rolname = current_user`,
  );
  const [found] = rows;
  if (!found?.superuser) return work();
  const role = client.escapeIdentifier(found.own);
  const within = schemas.map((schema) => client.escapeIdentifier(schema)).join(', ');
  await client.query(
    `create role ${role} nologin nosuperuser;
     grant usage on schema ${within} to ${role};
     grant insert on all tables in schema ${within} to ${role};
     grant update on all sequences in schema ${within} to ${role};
     revoke insert on core.migration from ${role};
     set local role ${role}`,
  );
  await work();
  await client.query(`reset role; drop owned by ${role}; drop role ${role}`);
}
