// The figures that stand beside the records of a thread: what a record of a measured kind last showed.
import { columnsOf } from '../record/define/row.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Header } from '../record/define/data.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { serverRecord } from '../record/define/work.ts';
import type { FigureFields, Registry, ServerRecord } from '../record/define/work.ts';

export interface Measured {
  value: number;
  unit: string;
  /** The day or instant that the value belongs to. */
  at: string;
}

/** The figures of those records whose type declares one, a statement for each such type; with `asOf`, none of later. */
export async function figuresOf(
  client: Queryable,
  registry: Registry,
  providerId: string,
  headers: readonly Header[],
  asOf: string | undefined,
): Promise<Map<string, Measured>> {
  const found = new Map<string, Measured>();
  for (const record of registry.records.values()) {
    const ids = headers.filter(({ type }) => type === record.definition.type).map(({ id }) => id);
    if (!record.figure || !ids.length) continue;
    const { rows } = await client.query({
      text: statement(registry, record, record.figure),
      values: [providerId, ids],
    });
    for (const { id, ...measured } of rows as (Measured & { id: string })[]) // the select list
      if (asOf === undefined || Date.parse(measured.at) <= Date.parse(asOf)) found.set(id, measured);
  }
  return found;
}

function statement(registry: Registry, { definition }: ServerRecord, { value, unit, at }: FigureFields): string {
  const own = (name: string) => `t.${column(definition, name)}`;
  const through = typeof unit === 'string' ? undefined : referred(registry, definition, unit.through);
  const unitColumn = typeof unit === 'string' ? own(unit) : `o.${column(through, unit.field)}`;
  const join =
    typeof unit === 'string' || !through
      ? ''
      : ` join ${through.table} o on o.provider_id = t.provider_id and o.id = ${own(unit.through)}`;
  return `select t.id, ${own(value)} as value, coalesce(${unitColumn}, '') as unit, ${own(at)} as at
    from ${definition.table} t${join}
    where t.provider_id = $1
      and t.id = any($2::uuid[])
      and ${own(value)} is not null
      and ${own(at)} is not null`;
}

function column(definition: RecordDefinition | undefined, name: string): string {
  const field = definition?.fields[name];
  const found = field && columnsOf(name, field)[0];
  if (!found) throw new Error(`${definition?.type}: the figure names ${name}, which is no field`);
  return found.name;
}

function referred(registry: Registry, definition: RecordDefinition, name: string): RecordDefinition {
  const field = definition.fields[name];
  const type = field?.kind === 'reference' ? field.types[0] : undefined;
  if (type === undefined) throw new Error(`${definition.type}: ${name} refers to no record`);
  return serverRecord(registry, type).definition;
}
