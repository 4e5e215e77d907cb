import { refuseOtherVersion } from './altered.ts';
import { uuidForm } from '../define/id.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Refused } from '../../refusal/refusal.ts';
import { scopeOf } from '../../permission/scope.ts';
import type { Principal } from '../../permission/principal.ts';
import { headerColumns, recordColumns, toHeader, toNext } from '../define/data.ts';
import type { Header, RecordData, RecordOf } from '../define/data.ts';
import type { RecordDefinition } from '../define/define.ts';
import { fromRow, selectFields } from '../define/row.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export function missing(what: string, name: string): Refused {
  return refuse(
    'not_found',
    refusal(
      'record.not-found',
      `There is no ${what} ${name} that you can see.`,
      'Check the number, or ask its owner to share it with your organisation.',
    ),
  );
}

export function notFound(definition: Pick<RecordDefinition, 'label'>, name: string): Refused {
  return missing(definition.label.toLowerCase(), name);
}

function identified(name: string, parameter: number): string {
  return uuidForm.test(name) ? `r.id = $${parameter}::uuid` : `r.ref = upper($${parameter})`;
}

/**
 * Header and row are locked both: whoever waited for another's act is given the newest of what it locks, and the rest as it
 * stood before the wait.
 */
const lockBoth = ' for update of r, t';

/** Reads one record by id or reference, if the principal may see it. One statement. */
export async function load<D extends RecordDefinition>(
  client: Queryable,
  record: ServerRecord<D>,
  principal: Principal,
  name: string,
  forUpdate?: boolean,
): Promise<RecordOf<D> | undefined>;
export async function load(
  client: Queryable,
  record: ServerRecord,
  principal: Principal,
  name: string,
  forUpdate = false,
): Promise<RecordData | undefined> {
  const { definition } = record;
  const scope = scopeOf(principal, 3);
  const fields = selectFields(definition, 't');
  const { rows } = await client.query({
    text: `select ${recordColumns}${fields ? `, ${fields}` : ''}
      from core.record r
      join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id
      where ${identified(name, 1)} and r.type = $2 and ${scope.sql}${forUpdate ? lockBoth : ''}`,
    values: [name, definition.type, ...scope.values],
  });
  const row = rows[0] as (RecordData & Record<string, unknown>) | undefined;
  if (!row) return undefined;
  return { ...toHeader(row), ...toRest(row), fields: fromRow(definition, row) };
}

/** What a record has besides header and fields, from a row that holds more. */
function toRest(row: RecordData & Record<string, unknown>) {
  const { providerId, lineage, profile, contentHash, headHash, commitments } = row;
  return { providerId, lineage, profile, contentHash, headHash, commitments, next: toNext(row) };
}

/** Locks one record for an edit; refuses by `stop` when it is not to be seen, or stands at another version. */
export async function lock<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  name: string,
  expectedVersion?: number,
): Promise<RecordOf<D>>;
export async function lock(
  work: Work,
  record: ServerRecord,
  name: string,
  expectedVersion?: number,
): Promise<RecordData> {
  const found = await load(work.client, record, work.caller.principal, name, true);
  if (!found) stop(notFound(record.definition, name));
  if (expectedVersion !== undefined) await refuseOtherVersion(work, found, expectedVersion);
  return found;
}

/** Locks a record that another's act reaches, whether or not the actor may see it (a provider's internal record, say). */
export async function lockUnscoped<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  id: string,
): Promise<RecordOf<D>>;
export async function lockUnscoped(work: Work, record: ServerRecord, id: string): Promise<RecordData> {
  const { principal } = work.caller;
  const found = await load(work.client, record, { ...principal, kind: 'system' }, id, true);
  if (!found) throw new Error(`${record.definition.type} ${id} is gone`);
  return found;
}

/** Locks headers in id order, so that two pieces of work over the same records cannot wait for each other. */
export async function lockAll(work: Work, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await work.client.query(
    'select 1 from core.record where provider_id = $1 and id = any($2::uuid[]) order by id for update',
    [work.caller.principal.providerId, ids],
  );
}

/** The header of any record by id or reference, if the principal may see it. */
export async function loadHeader(
  client: Queryable,
  principal: Principal,
  name: string,
): Promise<(Header & { lineage: string }) | undefined> {
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query({
    text: `select ${headerColumns}, r.lineage_id as lineage
      from core.record r
      where ${identified(name, 1)} and ${scope.sql}`,
    values: [name, ...scope.values],
  });
  return rows[0] as (Header & { lineage: string }) | undefined; // the select list is the header
}
