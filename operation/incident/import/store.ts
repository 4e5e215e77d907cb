import type pg from 'pg';
import { copyLine, copyLines } from '../../../core/record/copy.ts';
import { writeLines } from '../../../core/record/observe.ts';
import type { Lines } from '../../../core/record/observe.ts';
import type { RecordDefinition } from '../../../core/record/define.ts';
import { numberSequence } from '../../../core/record/number.ts';
import { caseFactColumns, caseFactValues } from '../../../core/trait/measured/fact.ts';
import type { CaseFact } from '../../../core/trait/measured/fact.ts';
import type { RecordClock } from '../../../core/trait/clocks/clock.ts';
import { clockColumns, clockValues } from '../../../core/trait/clocks/store.ts';
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';

/** Ids, of those given, that exist already. */
export async function existing(
  client: pg.ClientBase,
  providerId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    'select id from core.record where provider_id = $1 and id = any($2::uuid[])',
    [providerId, ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Numbers for new records of a type. */
export async function takeNumbers(
  client: pg.ClientBase,
  definition: RecordDefinition,
  count: number,
): Promise<number[]> {
  if (!count) return [];
  const { rows } = await client.query<{ number: number }>(
    `select nextval('${numberSequence(definition)}')::int as number from generate_series(1, $1)`,
    [count],
  );
  return rows.map((row) => row.number);
}

/** Every version of the agreements of a service and customer that ever was in force, the newest first. */
export async function agreementsOf(
  client: pg.ClientBase,
  of: { providerId: string; serviceId: string; customerId: string | null },
): Promise<AgreementInForce[]> {
  const { rows } = await client.query(
    `select agreement_id as "agreementId", version, service_id as "serviceId", customer_id as "customerId", from_at as "from", to_at as "to", definition
     from handover.agreement_in_force where provider_id = $1 and service_id = $2 and ($3::uuid is null or customer_id = $3) order by from_at desc, customer_id`,
    [of.providerId, of.serviceId, of.customerId],
  );
  return rows as AgreementInForce[]; // the select list is the fact
}

export interface BatchLines {
  parts: { definition: RecordDefinition; lines: Lines }[];
  facts: CaseFact[];
  /** Of incidents that may still go on; what is over for good has its minutes in its fact. */
  clocks: { recordId: string; clocks: RecordClock[] }[];
}

/** Writes one batch in one short transaction: all of it, or nothing. */
export async function writeBatch(
  pool: pg.Pool,
  { providerId, now }: { providerId: string; now: string },
  batch: BatchLines,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { definition, lines } of batch.parts) await writeLines(client, definition, lines);
    await copyLines(
      client,
      'core.case_fact',
      caseFactColumns,
      batch.facts.map((fact) => copyLine(caseFactValues(providerId, fact))),
    );
    const lines = batch.clocks.flatMap(({ recordId, clocks }) =>
      clocks.map((clock) => copyLine(clockValues({ providerId, id: recordId }, clock, Date.parse(now)))),
    );
    await copyLines(client, 'core.clock', clockColumns.join(', '), lines);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** One import of a source at a time: taken for the life of the connection. */
export async function takeImportLock(client: pg.ClientBase, providerId: string, source: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as taken',
    [providerId, source],
  );
  return rows[0]?.taken === true;
}

/** Gives the lock back at once: a closed connection gives it back a moment later, and the next import would be refused. */
export async function releaseImportLock(client: pg.ClientBase, providerId: string, source: string): Promise<void> {
  await client.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', [providerId, source]);
}
