// The statement of one page of a list. Its plan must hold whatever the statistics say: after an import they are wrong for a while.

/** An order by the columns in hand, and the same one by those of the page. */
export interface Order {
  inside: string;
  outside: string;
  /** Whose columns those are: the header's `r` or the row's `t`. */
  by: 'r' | 't';
}

interface Page {
  table: string;
  /** Ways to find the rows by an index of their own, each as a select of ids; any one holds all rows that are asked for. */
  ways: readonly string[];
  /** What is to be seen of the header at all: of the type, and within the reader's scope. Without a way that is everything. */
  seen: readonly string[];
  /** What the ways go by. */
  found: readonly string[];
  /** What else the rows asked for fulfil, by what it looks at. */
  where: { r: readonly string[]; t: readonly string[] };
  columns: string;
  order: Order;
  limit: number;
}

/**
 * How many rows are gathered and sorted at the most. What more fit are so many that a page of them is soon met in the list's
 * own order; which of the two it is, is counted and not guessed.
 */
export const mostGathered = 2000;

/**
 * Where a way is known to the few rows that fit, they are gathered and sorted; else the list is walked in its own order.
 * `offset 0` and `limit` keep each step what it is written as: a look-up by key, a walk along one index; `is true` keeps an index
 * from being asked for all of the many. $2 is the provider.
 */
export function paged({ ways, ...page }: Page): string {
  if (!ways.length) return walk(page, []);
  const gathered = ways.map((way, index) => `found${index} as materialized (${way} limit ${mostGathered + 1})`);
  const few = (index: number) => `(select count(*) from found${index}) <= ${mostGathered}`;
  const many = (index: number) => `(select count(*) from found${index}) > ${mostGathered}`;
  const before = ways.map((_, index) => ways.slice(0, index).map((_way, other) => many(other)));
  const sorted = ways.map((_, index) => gather(page, index, [...(before[index] ?? []), few(index)]));
  const all = ways.map((_, index) => many(index)).join(' and ');
  return `with ${gathered.join(', ')} select * from (
    ${[...sorted, `(${walk(page, [all, ...page.found.map((each) => `(${each}) is true`)])})`].join('\n union all\n ')}
  ) page order by ${page.order.outside} limit ${page.limit}`;
}

type Walked = Omit<Page, 'ways'>;

const conditions = ({ seen, where }: Walked) => [...seen, ...where.r, ...where.t];
const end = ({ order, limit }: Walked) => `order by ${order.inside} limit ${limit}`;

const rowOf = (table: string, alias: string, of: string) =>
  `cross join lateral (select * from ${table} x where x.provider_id = $2 and x.id = ${of}.id offset 0) ${alias}`;

function gather(page: Walked, index: number, only: readonly string[]): string {
  return `(select ${page.columns} from found${index} f ${rowOf('core.record', 'r', 'f')} ${rowOf(page.table, 't', 'f')}
    where ${[...only, ...page.found, ...conditions(page)].join(' and ')} ${end(page)})`;
}

/**
 * Along the index of the order, and the other table's row looked up for each met, until there is a page. Where nothing is asked
 * of what is looked up, the page is known before. `only` is asked of both.
 */
function walk(page: Walked, only: readonly string[]): string {
  const { table, seen, where, columns, order } = page;
  const isByHeader = order.by === 'r';
  const one = isByHeader
    ? 'core.record r where r.provider_id = $2 and r.type = $1'
    : `${table} t where t.provider_id = $2`;
  const taken = [one, ...where[order.by]].join(' and ');
  const other = isByHeader ? rowOf(table, 't', 'r') : rowOf('core.record', 'r', 't');
  const after = [...only, ...seen, ...where[isByHeader ? 't' : 'r']];
  const isPage = after.length === seen.length;
  const walked = isPage ? end(page) : `order by ${order.inside} offset 0`;
  return `select ${columns}
    from (select * from ${taken} ${walked}) ${order.by} ${other}
    where ${after.join(' and ')} ${end(page)}`;
}
