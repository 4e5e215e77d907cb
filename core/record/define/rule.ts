// A rule is a pure check, named in a lifecycle, with the facts it needs declared so that they are read in one statement.
import { lookup } from '../../names/lookup.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { Grant } from '../../permission/principal.ts';
import type { RecordData } from './data.ts';
import type { FieldsOf, RecordDefinition, RuleName, StateName } from './define.ts';

/** Facts by name, of any type. */
export type AnyFacts = Readonly<Record<string, unknown>>;

/** Typed by what the record holds, what is known of it, and its states. */
export interface RuleContext<
  F extends object = Record<string, unknown>,
  X extends object = AnyFacts,
  S extends string = string,
> {
  record: RecordData<F, S>;
  /** Values after the move's asked fields are taken in. */
  values: F;
  facts: Readonly<X>;
  actor: {
    id: string;
    kind?: 'person' | 'system';
    grants: readonly Grant[];
    /** Of an API key: what it may do. */
    keyScopes?: readonly string[] | null;
  };
  /** ISO instant. */
  now: string;
}

export interface Rule<
  F extends object = Record<string, unknown>,
  X extends object = AnyFacts,
  S extends string = string,
> {
  /** The requirement in words, as a precondition's line on a screen. */
  sentence: string;
  /** Names of facts. */
  needs?: readonly (keyof X & string)[];
  /** Codes of the refusals it gives: what an operation may answer with stands in its description. */
  gives: readonly string[];
  /**
   * The refusals it gives; empty when it holds. A method, so that a rule typed by its record stands among those of all:
   * the registry hands it records of its own type.
   */
  check(this: void, context: RuleContext<F, X, S>): Refusal[];
}

/** A rule of a record type, typed by what such records hold and by the facts that its store gives. */
export type RuleOn<D extends RecordDefinition, X extends object = AnyFacts> = Rule<FieldsOf<D>, X, StateName<D>>;
/** What such a rule is given. */
export type ContextOn<D extends RecordDefinition, X extends object = AnyFacts> = RuleContext<
  FieldsOf<D>,
  X,
  StateName<D>
>;
/** By the names that its lifecycle gives them. */
export type RulesOn<D extends RecordDefinition, X extends object = AnyFacts> = Readonly<
  Record<RuleName<D>, RuleOn<D, X>>
>;

/**
 * Gives each rule that a record's lifecycle names its check; a name without one does not compile, nor does a field or a fact
 * that is misspelt in it.
 * @example rulesOf<typeof freezeRecord, FreezeFacts>({ 'excepted-in-time': { sentence: '...', needs: ['changes'], check: ({ values, facts }) => [] } })
 */
export function rulesOf<D extends RecordDefinition, X extends object = object>(rules: RulesOn<D, X>): RulesOn<D, X> {
  return lookup(rules);
}
