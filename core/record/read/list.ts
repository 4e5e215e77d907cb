import { z } from 'zod';
import { dateText, idText, instantText } from '../../names/forms.ts';
import { customersOf, scopeOf, seesProvider } from '../../permission/scope.ts';
import { readBy, withheld } from '../define/within.ts';
import { namesHidden } from './veil.ts';
import type { Principal } from '../../permission/principal.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import { recordColumns, toHeader } from '../define/data.ts';
import type { RecordData } from '../define/data.ts';
import type { RecordDefinition } from '../define/define.ts';
import { snakeCase } from '../define/define.ts';
import type { Queryable } from '../../database/queryable.ts';
import { mostGathered, paged } from '../define/paged.ts';
import type { Order } from '../define/paged.ts';
import { columnsOf, fromRow, selectFields } from '../define/row.ts';
import { searchTerms } from '../define/words.ts';
import type { ServerRecord } from '../define/work.ts';
import { lookup } from '../../names/lookup.ts';

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
  /** Of the header or of the row. */
  by: 'r' | 't';
  /** What parts rows of one sort key, in the sort's own direction, so that one index serves both ways. */
  tie: string;
}

/** One page of a record type's list by keyset, in one statement on an index made for its order or its filter. Refuses by `stop`. */
export async function list(
  client: Queryable,
  { definition }: ServerRecord,
  principal: Principal,
  query: ListQuery,
): Promise<{ items: ListRow[]; nextCursor: string | null }> {
  const sort = sortOf(definition, query.sort ?? '-number', principal);
  const { cursor: _cursor, q: _words, ...filters } = query;
  if (await namesHidden(client, principal, Object.values(filters).map(valuesIn)))
    return { items: [], nextCursor: null };
  const scope = scopeOf(principal, 2);
  const values: unknown[] = [definition.type, ...scope.values];
  const bind = (value: unknown) => {
    values.push(value);
    return `$${values.length}`;
  };
  const { ways, found, where } = asked(definition, query, { bind, by: sort.by });
  if (query.cursor) where[sort.by].push(after(sort, readCursor(query.cursor, sort), bind));
  if (!ways.length && !seesProvider(principal)) ways.push(withinScope(principal, bind));
  const fields = selectFields(definition, 't', definition.columns);
  const { rows } = await client.query({
    text: paged({
      table: definition.table,
      ways,
      seen: ['r.type = $1', scope.sql],
      found,
      where,
      columns: `${recordColumns}${fields ? `, ${fields}` : ''}, ${sort.expression} as sort_key`,
      order: orderOf(sort),
      limit: query.limit + 1,
    }),
    values,
  });
  const page = rows.slice(0, query.limit) as (RecordData & Record<string, unknown>)[];
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...toHeader(row),
      contentHash: row.contentHash,
      fields: readBy(definition, principal, fromRow(definition, row, definition.columns)),
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last['sort_key'], last.id]) : null,
  };
}

const valuesIn = (given: unknown): unknown => (typeof given === 'string' ? given.split(',') : null);

type Bind = (value: unknown) => string;

interface AskedRows {
  ways: string[];
  found: string[];
  where: { r: string[]; t: string[] };
}

/** What rows are asked for, and the indexes that know a way to them. */
function asked(
  definition: RecordDefinition,
  query: ListQuery,
  { bind, by }: { bind: Bind; by: Sort['by'] },
): AskedRows {
  const where: AskedRows['where'] = { r: [], t: [] };
  const ways: string[] = [];
  const found: string[] = [];
  const onHeader = (condition: string) => {
    found.push(condition);
    ways.push(`select r.id from core.record r where ${condition}`);
  };
  if (query.q) onHeader(`r.search @@ ${bind(searchTerms(query.q))}::tsquery`);
  if (query.owner) onHeader(`r.owner_id = ${bind(query.owner)}`);
  if (query.customer) onHeader(`r.customers @> array[${bind(query.customer)}::uuid]`);
  const filters = (definition.filters ?? []).flatMap((name) => {
    const field = definition.fields[name];
    const column = field ? columnsOf(name, field)[0] : undefined;
    return column && typeof query[name] === 'string' ? [filterOf(column, query[name], bind)] : [];
  });
  // Header and row have the same state: an index that begins with something of theirs goes on by that.
  const state = query.state ? [filterOf({ name: 'state', type: 'text' }, query.state, bind)] : [];
  if (filters.length) ways.push(wayByFields(definition.table, filters, state));
  found.push(...filters.map((each) => conditionOf('t', each)));
  where[by].push(...state.map((each) => conditionOf(by, each)));
  return { ways, found, where };
}

interface Filter {
  column: string;
  type: string;
  /** The parameter that holds the values asked for. */
  values: string;
  isOne: boolean;
}

function filterOf({ name, type }: { name: string; type: string }, given: string, bind: Bind): Filter {
  const values = [...new Set(given.split(','))];
  return { column: name, type, values: bind(values), isOne: values.length === 1 };
}

/** One value is asked for as one: only then does an index that goes on by another column give its rows in that one's order. */
const conditionOf = (alias: string, { column, type, values, isOne }: Filter) =>
  `${alias}.${column} = ${isOne ? `(${values}::${type}[])[1]` : `any(${values}::${type}[])`}`;

/**
 * Each value by itself, so that its rows come from the index of the field, whatever is believed of how many have it. Field and
 * state are compared as one: an index of another field and the state is then no way to them.
 */
function wayByFields(table: string, filters: readonly Filter[], [state]: readonly Filter[]): string {
  const values = [...filters, ...(state ? [state] : [])].map(
    (each) => `unnest(${each.values}::${each.type}[]) as of_${each.column} (value)`,
  );
  const same = filters.map(({ column }) => {
    if (!state) return `t.${column} = of_${column}.value`;
    const [pair, wanted] = [`(t.${column}, t.state)`, `(of_${column}.value, of_state.value)`];
    return `${pair} >= ${wanted} and ${pair} <= ${wanted}`;
  });
  return `select t.id
    from ${values.join(' cross join ')}
    cross join lateral (select t.id from ${table} t where ${same.join(' and ')} limit ${mostGathered + 1}) t`;
}

/** The way to what somebody sees who does not see all: each part of the scope on its own index. */
function withinScope(principal: Principal, bind: Bind): string {
  const customers = bind(customersOf(principal));
  const person = bind(principal.id);
  const part = (condition: string) => `(select r.id from core.record r where ${condition} limit ${mostGathered + 1})`;
  return `select id from (${[
    part(`r.customers && ${customers}::uuid[]`),
    part(`r.owner_id = ${person}::uuid`),
    part(`r.provider_id = $2 and r.id = any(${customers}::uuid[] || ${person}::uuid)`),
  ].join(' union ')}) s`;
}

/** By column type, the value that empty ones sort as: the greatest. An index for a sort is made on the same expression. */
const lastOf: Readonly<Record<string, string>> = lookup({
  timestamptz: "'infinity'",
  date: "'infinity'",
  integer: '2147483647',
  bigint: '9007199254740991',
  'double precision': '1e308',
});

function sortOf(definition: RecordDefinition, given: string, principal: Principal): Sort {
  const descending = given.startsWith('-');
  const key = given.replace(/^-/, '');
  if (key === 'number') return { key, expression: 'r.number', type: 'bigint', descending, by: 'r', tie: 'r.id' };
  if (key === 'updatedAt')
    return { key, expression: 'r.updated_at', type: 'timestamptz', descending, by: 'r', tie: 'r.id' };
  const sorts = (definition.sorts ?? []).filter((name) => !withheld(definition, principal).includes(name));
  const field = sorts.includes(key) ? definition.fields[key] : undefined;
  const column = field ? columnsOf(key, field)[0] : undefined;
  if (!column)
    stop(
      refuse(
        'invalid',
        refusal(
          'list.sort',
          `${definition.plural} cannot be sorted by ${key}.`,
          `Sort by: number, updatedAt${sorts.map((name) => `, ${name}`).join('')}.`,
          'sort',
        ),
      ),
    );
  return {
    key,
    expression: `coalesce(t.${snakeCase(key)}, ${lastOf[column.type] ?? "''"})`,
    type: column.type,
    descending,
    by: 't',
    tie: 't.id',
  };
}

function orderOf({ key, by, expression, tie, descending }: Sort): Order {
  const direction = descending ? 'desc' : 'asc';
  return key === 'number'
    ? { by, inside: `${expression} ${direction}`, outside: `sort_key ${direction}` }
    : {
        by,
        inside: `${expression} ${direction}, ${tie} ${direction}`,
        outside: `sort_key ${direction}, id ${direction}`,
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
const keyOf: Readonly<Record<string, z.ZodType>> = lookup({
  // What no text of a record can hold stands in no cursor of ours.
  text: z.string().refine((text) => text.isWellFormed() && !text.includes('\u0000')),
  timestamptz: z.union([instantText, z.literal('infinity')]),
  date: z.union([dateText, z.literal('infinity')]),
  integer: z.int32(),
  bigint: z.int(),
  'double precision': z.number(),
});

function writeCursor(parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function readCursor(cursor: string, { type }: Sort): [unknown, string] {
  try {
    return z.tuple([keyOf[type] ?? z.never(), idText]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return stop(
      refuse(
        'invalid',
        refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
      ),
    );
  }
}
