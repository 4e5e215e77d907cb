// Compiles a metric's formula to aggregates over the rows of its source.
import type { Condition, FieldOf, Formula, MeasuredMetric, Quantity, SourceName } from '../../metric/define.ts';
import { sourceRows } from './sources.ts';

/** Four SQL expressions: cases, numerator, denominator, value. Null where they do not apply. */
export interface Aggregates {
  n: string;
  numerator: string;
  denominator: string;
  value: string;
}

/** The aggregates of a metric. @throws when a formula names a field that its source does not have */
export function compile({ source, formula }: MeasuredMetric): Aggregates {
  return formula.kind === 'ratio'
    ? ratio(source, formula)
    : formula.kind === 'percentile'
      ? percentile(source, formula)
      : counted(source, formula.of);
}

function ratio(source: SourceName, { over, under, times = 1 }: Extract<Formula, { kind: 'ratio' }>): Aggregates {
  const [numerator, denominator] = [quantity(source, over), quantity(source, under)];
  return {
    n: casesOf(source, over, under),
    numerator,
    denominator,
    value: `${times}::double precision * ${numerator} / nullif(${denominator}, 0)`,
  };
}

function percentile(
  source: SourceName,
  { at, of, dividedBy = 1, where }: Extract<Formula, { kind: 'percentile' }>,
): Aggregates {
  const filter = filtered(source, [...(where ?? []), { field: of, is: 'known' }]);
  const column = columnOf(source, of);
  // percentile_cont interpolates linearly; it is computed from the cases of each period, never from other percentiles.
  return {
    n: `count(*)${filter}`,
    numerator: 'null::double precision',
    denominator: 'null::double precision',
    value: `percentile_cont(${at}) within group (order by ${column})${filter} / ${dividedBy}`,
  };
}

function counted(source: SourceName, of: Quantity): Aggregates {
  const value = quantity(source, of);
  return { n: 'count(*)', numerator: value, denominator: 'null::double precision', value };
}

/** What a ratio's n counts: the cases below its line. */
function casesOf(source: SourceName, over: Quantity, under: Quantity): string {
  if ('distinct' in under) return quantity(source, over);
  if ('count' in under || source === 'steps' || source === 'observed') return quantity(source, under);
  return `count(*)${filtered(source, [...(under.where ?? []), { field: under.sum, is: 'known' }])}`;
}

function quantity(source: SourceName, of: Quantity): string {
  if ('count' in of) return `(count(*)${filtered(source, of.count)})::double precision`;
  if ('distinct' in of)
    return `(count(distinct ${columnOf(source, of.distinct)})${filtered(source, of.where ?? [])})::double precision`;
  return `coalesce(sum(${columnOf(source, of.sum)})${filtered(source, of.where ?? [])}, 0)::double precision`;
}

function filtered(source: SourceName, conditions: readonly Condition[]): string {
  return conditions.length ? ` filter (where ${conditions.map((each) => condition(source, each)).join(' and ')})` : '';
}

const signs = { equal: '=', 'at most': '<=', above: '>' } as const;

function condition(source: SourceName, each: Condition): string {
  const column = columnOf(source, each.field);
  if (each.is === 'known') return `${column} is not null`;
  return `${column} ${signs[each.is]} ${'toField' in each ? columnOf(source, each.toField) : literal(each.to)}`;
}

const literal = (value: number | string) =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

function columnOf(source: SourceName, field: FieldOf): string {
  const column = sourceRows[source].columns[field];
  if (!column) throw new Error(`the source ${source} has no field ${field}`);
  return `f.${column}`;
}
