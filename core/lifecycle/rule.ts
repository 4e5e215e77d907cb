// A rule is a pure check, named in a lifecycle, with the facts it needs declared so that they are read in one statement.
import type { Refusal } from '../refusal/refusal.ts';
import type { Grant } from '../permission/principal.ts';
import type { RecordData } from '../record/data.ts';
import type { Lifecycle, RuleOf } from './lifecycle.ts';

export interface RuleContext {
  record: RecordData;
  /** Values after the move's asked fields are taken in. */
  values: Record<string, unknown>;
  facts: Readonly<Record<string, unknown>>;
  actor: { id: string; kind?: 'person' | 'system'; grants: readonly Grant[] };
  /** ISO instant. */
  now: string;
}

export interface Rule {
  /** The requirement in words, as a precondition's line on a screen. */
  sentence: string;
  /** Names of facts. */
  needs?: readonly string[];
  /** The refusals it gives; empty when it holds. */
  check: (context: RuleContext) => Refusal[];
}

/** Gives each rule that a lifecycle names its check; a name without one does not compile. */
export function implement<const L extends Lifecycle>(
  _lifecycle: L,
  rules: Readonly<Record<RuleOf<L>, Rule>>,
): Readonly<Record<string, Rule>> {
  return rules;
}
