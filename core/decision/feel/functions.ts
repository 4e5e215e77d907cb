// The functions a rule may call. Left out on purpose: `now` and `today` (a decision must be repeatable from its facts),
// `get value` (a name hidden in a text escapes the check), `sort` (takes a function), `replace` and `split` (the RE2
// engine in use can only say whether a text matches, and the built-in ones can be made to run for ever).

import { RE2JS } from '@bufbuild/re2';
import { lookup } from '../../names/lookup.ts';

export const allowedFunctions: ReadonlySet<string> = new Set([
  'not',
  'number',
  'string',
  'string length',
  'upper case',
  'lower case',
  'substring',
  'substring before',
  'substring after',
  'contains',
  'starts with',
  'ends with',
  'matches',
  'count',
  'min',
  'max',
  'sum',
  'mean',
  'median',
  'all',
  'any',
  'list contains',
  'distinct values',
  'flatten',
  'concatenate',
  'append',
  'union',
  'index of',
  'abs',
  'floor',
  'ceiling',
  'modulo',
  'round half up',
  'round half down',
  'round up',
  'round down',
  'date',
  'time',
  'date and time',
  'duration',
  'years and months duration',
  'day of week',
  'month of year',
  'is defined',
]);

/** Why a function that FEEL has is not among them. */
export const refusedFunctions: Readonly<Record<string, string>> = lookup({
  now: 'A rule must give the same answer whenever it is evaluated: use a date among the facts.',
  today: 'A rule must give the same answer whenever it is evaluated: use a date among the facts.',
  replace: 'Use matches, contains or substring instead.',
  split: 'Use matches, contains or substring before and after instead.',
});

/** Functions that stand in place of FEEL's own. */
export const ownFunctions = { matches };

/** The RE2 flags of FEEL's `i`, `s` and `m`. Throws on another flag and on a pattern that RE2 cannot read. */
export function compilePattern(pattern: string, flags = ''): RE2JS {
  const known: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, s: RE2JS.DOTALL, m: RE2JS.MULTILINE };
  let bits = 0;
  for (const flag of flags) {
    const bit = known[flag];
    if (bit === undefined) throw new RangeError(`the flag "${flag}" is not one of i, s and m`);
    bits |= bit;
  }
  return RE2JS.compile(pattern, bits);
}

/** True when the pattern is found in the text; linear in its length, whatever the pattern (RE2). Null, thus undecided, for anything but texts. */
function matches(input: unknown, pattern: unknown, flags: unknown): boolean | null {
  if (typeof input !== 'string' || typeof pattern !== 'string') return null;
  return compilePattern(pattern, typeof flags === 'string' ? flags : '').test(input);
}
