import { z } from 'zod';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { recordColumns, toHeader } from './data.ts';
import type { RecordData } from './data.ts';
import type { RecordDefinition } from './define.ts';
import { snakeCase } from './define.ts';
import type { Queryable } from './queryable.ts';
import { columnsOf, fromRow, selectFields } from './row.ts';
import type { ServerRecord } from './work.ts';

export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  sort?: string | undefined;
  state?: string | undefined;
  owner?: string | undefined;
  customer?: string | undefined;
  q?: string | undefined;
  [filter: string]: unknown;
}

export interface ListRow extends Pick<RecordData, 'fields' | 'contentHash'> {
  [header: string]: unknown;
}

interface Sort {
  key: string;
  expression: string;
  type: string;
  descending: boolean;
  /** What parts rows of one sort key, in the sort's own direction, so that one index serves both ways. */
  tie: string;
}

/** One page of a record type's list by keyset, in one statement on an index made for its order. Refuses by `stop`. */
export async function list(
  client: Queryable,
  { definition }: ServerRecord,
  principal: Principal,
  query: ListQuery,
): Promise<{ items: ListRow[]; nextCursor: string | null }> {
  const sort = sortOf(definition, query.sort ?? '-number');
  const scope = scopeOf(principal, 2);
  const values: unknown[] = [definition.type, ...scope.values];
  const where = ['r.type = $1', scope.sql];
  const bind = (value: unknown) => {
    values.push(value);
    return `$${values.length}`;
  };
  if (query.state) where.push(`r.state = any(${bind(query.state.split(','))}::text[])`);
  if (query.owner) where.push(`r.owner_id = ${bind(query.owner)}`);
  if (query.customer) where.push(`r.customers @> array[${bind(query.customer)}::uuid]`);
  if (query.q) where.push(`r.search @@ ${prefixQuery(bind(searchTerms(query.q)))}`);
  for (const name of definition.filters ?? []) {
    const field = definition.fields[name];
    const column = field ? columnsOf(name, field)[0] : undefined;
    if (column && typeof query[name] === 'string')
      where.push(`t.${column.name} = any(${bind(query[name].split(','))}::${column.type}[])`);
  }
  if (query.cursor) where.push(after(sort, readCursor(query.cursor, sort), bind));
  const direction = sort.descending ? 'desc' : 'asc';
  const order = sort.key === 'number' ? [sort.expression] : [sort.expression, sort.tie];
  const fields = selectFields(definition, 't', definition.columns);
  const { rows } = await client.query({
    text: `select ${recordColumns}${fields ? `, ${fields}` : ''}, ${sort.expression} as sort_key from core.record r
      join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id where ${where.join(' and ')}
      order by ${order.map((by) => `${by} ${direction}`).join(', ')} limit ${query.limit + 1}`,
    values,
  });
  const page = rows.slice(0, query.limit) as (RecordData & Record<string, unknown>)[];
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...toHeader(row),
      contentHash: row.contentHash,
      fields: fromRow(definition, row, definition.columns),
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last['sort_key'], last.id]) : null,
  };
}

/** By column type, the value that empty ones sort as: the greatest. An index for a sort is made on the same expression. */
const lastOf: Readonly<Record<string, string>> = {
  timestamptz: "'infinity'",
  date: "'infinity'",
  integer: '2147483647',
  bigint: '9007199254740991',
  'double precision': '1e308',
};

function sortOf(definition: RecordDefinition, given: string): Sort {
  const descending = given.startsWith('-');
  const key = given.replace(/^-/, '');
  if (key === 'number') return { key, expression: 'r.number', type: 'bigint', descending, tie: 'r.id' };
  if (key === 'updatedAt') return { key, expression: 'r.updated_at', type: 'timestamptz', descending, tie: 'r.id' };
  const field = definition.sorts?.includes(key) ? definition.fields[key] : undefined;
  const column = field ? columnsOf(key, field)[0] : undefined;
  if (!column)
    stop(
      refuse(
        'invalid',
        refusal(
          'list.sort',
          `${definition.plural} cannot be sorted by ${key}.`,
          `Sort by: number, updatedAt${(definition.sorts ?? []).map((name) => `, ${name}`).join('')}.`,
          'sort',
        ),
      ),
    );
  return {
    key,
    expression: `coalesce(t.${snakeCase(key)}, ${lastOf[column.type] ?? "''"})`,
    type: column.type,
    descending,
    tie: 't.id',
  };
}

/** The rows after the last one seen: by sort key, then the tie's id, compared as one row so that the index begins there. */
function after(sort: Sort, [key, id]: [unknown, string], bind: (value: unknown) => string): string {
  const beyond = sort.descending ? '<' : '>';
  const bound = `${bind(key)}::${sort.type}`;
  if (sort.key === 'number') return `${sort.expression} ${beyond} ${bound}`;
  return `(${sort.expression}, ${sort.tie}) ${beyond} (${bound}, ${bind(id)}::uuid)`;
}

/** What a cursor's key may be, by the type of the column it is compared with. */
const keyOf: Readonly<Record<string, z.ZodType>> = {
  text: z.string(),
  timestamptz: z.union([z.iso.datetime({ offset: true }), z.literal('infinity')]),
  date: z.union([z.iso.date(), z.literal('infinity')]),
  integer: z.int32(),
  bigint: z.int(),
  'double precision': z.number(),
};

function writeCursor(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function readCursor(cursor: string, { type }: Sort): [unknown, string] {
  try {
    return z.tuple([keyOf[type] ?? z.never(), z.uuid()]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return stop(
      refuse(
        'invalid',
        refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
      ),
    );
  }
}

/** Words of a search as typed, without what has a meaning to tsquery. */
export function searchTerms(typed: string): string {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  return words
    .slice(0, 8)
    .map((word) => `'${word}':*`)
    .join(' & ');
}

export const prefixQuery = (parameter: string) => `to_tsquery('simple', ${parameter})`;
