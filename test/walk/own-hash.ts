// The hash of a record's content, computed from its row by the format that ADR 3 fixes, and not by the program's own code.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type pg from 'pg';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Field } from '../../core/record/define/fields.ts';
import type { Registry } from '../../core/record/define/work.ts';

interface Row {
  id: string;
  row: Record<string, unknown>;
  title: string;
  customers: string[];
  owner: string | null;
  profile: string | null;
  commitments: Record<string, string>;
  items: { item: string; fileHash: string | null }[];
}

export async function contentHashes(
  { pool, registry }: { pool: pg.Pool; registry: Registry },
  of: readonly { id: string; type: string }[],
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const type of new Set(of.map((each) => each.type))) {
    const definition = registry.records.get(type)?.definition;
    if (!definition) continue;
    const { rows } = await pool.query<Row>(
      `select r.id, to_jsonb(t) as row, r.title, r.customers, r.owner_id as owner, r.profile, r.commitments,
         coalesce(
           (
             select jsonb_agg(
               jsonb_build_object(
                 'item', i.item, 'applicable', i.applicable, 'notApplicableReason', i.not_applicable_reason,
                 'statement', i.statement, 'fileHash', i.file_hash)
               order by i.item collate "C")
             from core.item i
             where i.record_id = r.id),
           '[]') as items
       from core.record r
       join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id
       where r.id = any($1)`,
      [of.filter((each) => each.type === type).map(({ id }) => id)],
    );
    for (const row of rows) hashes.set(row.id, hashOf(definition, row));
  }
  return hashes;
}

const column = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function hashOf(
  definition: RecordDefinition,
  { id, row, title, customers, owner, profile, commitments, items }: Row,
): string {
  const declared: [string, Field][] = Object.entries(definition.fields);
  const fields = Object.fromEntries(
    declared
      .filter(([, field]) => !field.unhashed && !field.personal)
      .map(([name, field]) => [name, valueOf(field, column(name), row)]),
  );
  const personal = Object.fromEntries(
    Object.entries(commitments).filter(([name]) => !definition.fields[name]?.unhashed),
  );
  const content = {
    format: 1,
    type: definition.type,
    id,
    fields: {
      ...fields,
      _customers: customers.toSorted(),
      _owner: owner,
      _profile: profile,
      ...(definition.personalTitle ? {} : { _title: title }),
      ...(definition.checklist
        ? { _items: items.map(({ fileHash, ...item }) => ({ ...item, ...(fileHash === null ? {} : { fileHash }) })) }
        : {}),
    },
    personal,
  };
  return createHash('sha256')
    .update(canonicalize(content) ?? '', 'utf8')
    .digest('hex');
}

function valueOf(field: Field, name: string, row: Record<string, unknown>): unknown {
  if (field.kind === 'money') {
    const minor = row[`${name}_minor`] ?? null;
    return minor === null ? null : { minor, currency: row[`${name}_currency`] };
  }
  const value = row[name] ?? null;
  return field.kind === 'instant' && typeof value === 'string' ? new Date(value).toISOString() : value;
}
