import { fieldWords, isMeasured, sources } from './define.ts';
import type { Condition, Formula, MetricDefinition, Quantity } from './define.ts';

/** A metric's formula as a sentence, from the tree that is executed. */
export function formulaInWords(metric: MetricDefinition): string {
  if (!isMeasured(metric)) return metric.formulaWords;
  return `${inWords(metric.formula)}, of ${sources[metric.source].words}`;
}

function inWords(formula: Formula): string {
  if (formula.kind === 'count') return quantity(formula.of);
  if (formula.kind === 'ratio') {
    const times = formula.times === undefined || formula.times === 1 ? '' : ` × ${formula.times}`;
    const complete = formula.complete ? `, where no ${fieldWords[formula.complete]} lacks its value` : '';
    return `${quantity(formula.over)} ÷ ${quantity(formula.under)}${times}${complete}`;
  }
  const rank = formula.at === 0.5 ? 'median' : `${Math.round(formula.at * 100)}th percentile`;
  const divided = formula.dividedBy ? ` ÷ ${formula.dividedBy}` : '';
  return `${rank} of ${fieldWords[formula.of]}${divided}${where(formula.where)}`;
}

function quantity(of: Quantity): string {
  if ('sum' in of) return `sum of ${fieldWords[of.sum]}${where(of.where)}`;
  if ('distinct' in of) return `number of ${fieldWords[of.distinct]}${where(of.where)}`;
  return `number of cases${where(of.count)}`;
}

function where(conditions: readonly Condition[] | undefined): string {
  return conditions?.length ? ` with ${conditions.map(condition).join(' and ')}` : '';
}

function condition(each: Condition): string {
  const name = fieldWords[each.field];
  if (each.is === 'known') return `${name} known`;
  if (each.is === 'true') return name;
  const to = 'toField' in each ? fieldWords[each.toField] : String(each.to);
  return each.is === 'equal' ? `${name} ${to}` : `${name} ${each.is} ${to}`;
}
