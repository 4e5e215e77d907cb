// How the database answers what the application asks: the plan of every statement of an act, judged by rows and never by time.
import pg from 'pg';
import { z } from 'zod';

interface Plan {
  'Node Type': string;
  Schema?: string | undefined;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Actual Rows'?: number | undefined;
  'Actual Loops'?: number | undefined;
  'Rows Removed by Filter'?: number | undefined;
  'Rows Removed by Join Filter'?: number | undefined;
  'Rows Removed by Index Recheck'?: number | undefined;
  Plans?: Plan[] | undefined;
}

const plan: z.ZodType<Plan> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    Schema: z.string().optional(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Actual Rows': z.number().optional(),
    'Actual Loops': z.number().optional(),
    'Rows Removed by Filter': z.number().optional(),
    'Rows Removed by Join Filter': z.number().optional(),
    'Rows Removed by Index Recheck': z.number().optional(),
    Plans: z.array(plan).optional(),
  }),
);
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: plan })]) })]);

export interface Explained {
  text: string;
  plan: Plan;
  /** Rows that its scans gave, and rows that filters, joins and rechecks threw away. */
  touched: number;
  /** Tables that were read from end to end. */
  sequential: string[];
}

type Query = (...given: unknown[]) => unknown;
const planned = /^\s*\(*\s*(?:select|with|insert|update|delete)\b/i;

/**
 * Does something and gives the plans of all statements it sent, each explained where and when it was sent: within its transaction,
 * taken back, and then really run.
 */
export async function plansOf(act: () => Promise<unknown>): Promise<Explained[]> {
  const found: Explained[] = [];
  const within = new WeakSet<object>();
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the client as its `this`, below
  const query = pg.Client.prototype.query as Query;
  pg.Client.prototype.query = function watched(this: pg.Client, ...given: unknown[]): unknown {
    const statement = statementOf(given);
    if (!statement) return query.apply(this, given);
    if (/^begin/i.test(statement.text)) within.add(this);
    if (/^(?:commit|rollback)$/i.test(statement.text)) within.delete(this);
    if (!planned.test(statement.text)) return query.apply(this, given);
    const ask = (text: string, values?: unknown[]) =>
      query.call(this, { text, values: values ?? [] }) as Promise<pg.QueryResult>; // without a callback it answers by promise
    return explain(ask, statement, within.has(this))
      .then(
        (answer) => found.push(answer),
        () => undefined, // what is wrong with it, its caller hears
      )
      .then(() => query.apply(this, given));
  } as typeof pg.Client.prototype.query;
  try {
    await act();
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
  return found;
}

interface Statement {
  text: string;
  values: unknown[];
}

function statementOf([first, second]: readonly unknown[]): Statement | undefined {
  const config = typeof first === 'string' ? { text: first } : (first as Partial<Statement>); // pg's query config, or a stream
  if (typeof config.text !== 'string') return undefined;
  return { text: config.text, values: config.values ?? (Array.isArray(second) ? second : []) };
}

async function explain(
  ask: (text: string, values?: unknown[]) => Promise<pg.QueryResult>,
  { text, values }: Statement,
  isWithin: boolean,
): Promise<Explained> {
  await ask(isWithin ? 'savepoint plan' : 'begin');
  try {
    const { rows } = await ask(`explain (analyze, verbose, timing off, format json) ${text}`, values);
    const [row] = explained.parse(rows);
    const [{ Plan: top }] = row['QUERY PLAN'];
    return { text, plan: top, ...judge(top) };
  } finally {
    await ask(isWithin ? 'rollback to savepoint plan' : 'rollback');
  }
}

const isScan = (node: Plan): boolean =>
  /^(?:Parallel )?(?:Seq|Index|Index Only|Bitmap Heap|Bitmap Index|Tid|Tid Range|Sample) Scan$/.test(node['Node Type']);

function judge(node: Plan): Pick<Explained, 'touched' | 'sequential'> {
  const loops = node['Actual Loops'] ?? 0;
  // What a filter over a subquery or a `with` throws away was counted where it was scanned.
  const given = isScan(node)
    ? (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
    : 0;
  const removed = node['Rows Removed by Join Filter'] ?? 0;
  const isWhole = node['Node Type'].endsWith('Seq Scan') && loops > 0;
  const below = (node.Plans ?? []).map(judge);
  return {
    touched: Math.round((given + removed) * loops) + below.reduce((sum, each) => sum + each.touched, 0),
    sequential: [
      ...(isWhole ? [`${node.Schema}.${node['Relation Name']}`] : []),
      ...below.flatMap(({ sequential }) => sequential),
    ],
  };
}

/** A plan in lines, for somebody who must see what went wrong. */
export function drawn(node: Plan, depth = 0): string {
  const removed = node['Rows Removed by Filter'] ? `, ${node['Rows Removed by Filter']} removed` : '';
  const line = `${'  '.repeat(depth)}${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}: ${node['Actual Rows']} rows x ${node['Actual Loops']}${removed}`;
  return [line, ...(node.Plans ?? []).map((each) => drawn(each, depth + 1))].join('\n');
}

/** How many rows a table holds that `Explained` names, counted once. */
export async function rowsOf(owner: pg.Pool): Promise<(table: string) => number> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement')`,
  );
  const counted = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await owner.query<{ count: number }>(`select count(*)::int as count from ${name}`);
    counted.set(name, rows[0]?.count ?? 0);
  }
  return (table) => counted.get(table) ?? 0;
}
