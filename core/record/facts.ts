import type pg from 'pg';
import type { RecordData } from './data.ts';
import type { ServerRecord } from './work.ts';

/** Reads the named facts in one statement. A name without an expression is a bug. */
export async function loadFacts(client: Pick<pg.ClientBase, 'query'>, record: ServerRecord, data: Pick<RecordData, 'id' | 'providerId'>, names: readonly string[]): Promise<Record<string, unknown>> {
  if (!names.length) return {};
  const { rows } = await client.query<Record<string, unknown>>(`select ${factSelect(record, names)}`, [data.providerId, data.id]);
  return rows[0] ?? {};
}

/** `<expression> as "name"` for each fact, over $1 = provider id and $2 = record id. */
export function factSelect(record: ServerRecord, names: readonly string[]): string {
  return names.map((name) => {
    const expression = record.facts?.[name];
    if (!expression) throw new Error(`${record.definition.type}: a rule needs the fact ${name}, which its store does not give`);
    return `(${expression}) as "${name}"`;
  }).join(', ');
}
