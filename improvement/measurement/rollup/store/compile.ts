// Compiles a metric's formula to aggregates over the rows of its source.
import type { Condition, FieldOf, Formula, MeasuredMetric, Quantity, SourceName } from '../../metric/define.ts';
import { sourceRows } from './sources.ts';
import { lookup } from '../../../../core/names/lookup.ts';

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

function ratio(source: SourceName, formula: Extract<Formula, { kind: 'ratio' }>): Aggregates {
  const { over, under, times = 1, complete } = formula;
  const [numerator, denominator] = [quantity(source, over), quantity(source, under)];
  const value = `${times}::double precision * ${numerator} / nullif(${denominator}, 0)`;
  return {
    n: numberOf(source, formula),
    numerator,
    denominator,
    value: complete ? `case when max(${columnOf(source, complete)}) = 0 then ${value} end` : value,
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

/**
 * What a metric's n counts: of a ratio the cases below its line, of a percentile those that have the value. Null where n counts
 * steps, of which a row may hold several.
 */
export function casesOf({ source, formula }: Pick<MeasuredMetric, 'source' | 'formula'>): readonly Condition[] | null {
  if (formula.kind === 'count') return [];
  if (formula.kind === 'percentile') return [...(formula.where ?? []), { field: formula.of, is: 'known' }];
  const { over, under } = formula;
  if ('distinct' in under) return 'count' in over ? over.count : null;
  if ('count' in under) return under.count;
  if (source === 'steps' || source === 'observed') return null;
  return [...(under.where ?? []), { field: under.sum, is: 'known' }];
}

/** The number of the cases, or of the steps. */
function numberOf(source: SourceName, formula: Extract<Formula, { kind: 'ratio' }>): string {
  const cases = casesOf({ source, formula });
  return cases ? `count(*)${filtered(source, cases)}` : quantity(source, formula.under);
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

const signs = lookup({ equal: '=', 'at most': '<=', above: '>' } as const);

const condition = (source: SourceName, each: Condition): string =>
  conditionOf(each, (field) => columnOf(source, field));

/** A condition as SQL, over the columns that `column` names. */
export function conditionOf(each: Condition, column: (field: FieldOf) => string): string {
  const named = column(each.field);
  if (each.is === 'known') return `${named} is not null`;
  if (each.is === 'true') return `${named} is true`;
  return `${named} ${signs[each.is]} ${'toField' in each ? column(each.toField) : literal(each.to)}`;
}

const literal = (value: number | string) =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

function columnOf(source: SourceName, field: FieldOf): string {
  const column = sourceRows[source].columns[field];
  if (!column) throw new Error(`the source ${source} has no field ${field}`);
  return `f.${column}`;
}
