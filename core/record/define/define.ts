import { lookup } from '../../names/lookup.ts';
import type { Lifecycle, MoveOf, RuleOf, StateOf } from '../../lifecycle/lifecycle.ts';
import type { Role } from '../../permission/role.ts';
import type { Field, FieldName, Fields, ValuesOf } from './fields.ts';

/** One of the five stages, or `party` for people, organisations and rights. */
export type StageName = 'strategy' | 'design' | 'transition' | 'operation' | 'improvement' | 'party';

/** The stages without the people. */
export type LifecycleStage = Exclude<StageName, 'party'>;

/** How the standard page lays a record out. */
export type Layout = 'case' | 'document' | 'register';

/** What worked records share: each is a folder of `core/trait`. */
export interface Traits<F extends string = string, S extends string = string, M extends string = string> {
  /** Clocks that measure it. Its fields are those of `clockFields`; states and moves of its lifecycle say what they do. */
  clocks?: ClocksTrait<F, S>;
  /** What is said of it: to everybody who sees it, or among the provider's people. */
  notes?: NotesTrait<F, M>;
  /** How figures read it: one fact for each record. */
  measured?: MeasuredTrait<F, S>;
  /** Files that belong to it. */
  files?: true;
  /** What other systems call it by: what they tell of it, by an import, finds it again. */
  source?: SourceTrait<S>;
}

export interface SourceTrait<S extends string = string> {
  /** The state of one that a source only names: it is made by its name. */
  namedIn?: S;
}

export interface ClocksTrait<F extends string = string, S extends string = string> {
  /** The kinds of clock, in the order in which they are shown. */
  kinds: Readonly<Record<string, ClockKind<F, S>>>;
  /** Fields that decide what it is measured by; until all are filled no clock runs. */
  by: readonly F[];
  /** The field with the instant from which it is measured. */
  since: F;
  /** Who may ease a target of which 80 % has elapsed, and the field that names who may not, whatever their roles. */
  eases: { roles: readonly Role[]; notIn: F };
  /** Why no clock runs on it, for its page. */
  without: string;
}

export interface ClockKind<F extends string = string, S extends string = string> {
  label: string;
  /** Met once and for good: the field with that instant, and the states in which it has been. */
  once?: { at: F; in: readonly S[] };
}

/** Which of its fields and states its fact is read from. */
export interface MeasuredTrait<F extends string = string, S extends string = string> {
  /** The field that names what it is about. */
  service: F;
  /** The field with the instant from which it is measured; else it is when the record was made. */
  opened?: F;
  /** Fields of which the first that is filled says when it ended, in the states in which it has. */
  ended: readonly [F, ...F[]];
  endedIn: readonly S[];
  /** The state in which it is over for good. */
  closedIn: S;
  /** The kind of clock whose minutes count. */
  clock?: string;
  priority?: F;
  category?: F;
  team?: F;
  reassignments?: F;
  reopens?: F;
}

export interface NotesTrait<F extends string = string, M extends string = string> {
  /** The move that a customer's answer makes by itself, while the record waits for the customer. */
  answer?: { move: M; whileField: F; is: string; because: string };
}

/** What a definition says by the names of its fields, states and moves. */
interface Names<F extends string = string, S extends string = string, M extends string = string> {
  /** Field names shown as columns after number, title, state. */
  columns: readonly F[];
  /** Sort keys beside `number`; each has an index made for it. */
  sorts?: readonly F[];
  /** Fields that a list may be filtered by, beside state, owner and customer. */
  filters?: readonly F[];
  /** Fields whose text is searched, beside the title. */
  search?: readonly F[];
  /** What is read of it first, where something else rests on it: at a gate, with what stood there before. */
  gist?: readonly F[];
  /** Wherever the customers are not given, they come from the record this field names; of several, the first that is filled. */
  inherits?: F | readonly F[];
  /** It says what shall stand instead of what the record that this field names says: in its fields of the same names. */
  restates?: F;
  /** What it shares with other worked records, and switches on. */
  traits?: Traits<F, S, M>;
}

export interface RecordDefinition<F extends Fields = Fields, L extends Lifecycle = Lifecycle> extends Names {
  /** Kebab-case, singular; the type in the header and the journal. */
  type: string;
  /** Before the number: BR-12. */
  prefix: string;
  stage: StageName;
  /** The URL's plural noun: /api/v1/business-requirements. */
  path: string;
  /** Schema-qualified. */
  table: string;
  label: string;
  plural: string;
  /** One sentence: what such a record is for. Shown on its empty list. */
  purpose: string;
  layout: Layout;
  fields: F;
  lifecycle: L;
  /** Name of the checklist whose items this record carries. */
  checklist?: string;
  /** What it is to make one by hand, where that is not "New <label>": the act, and what it is for. */
  byHand?: { act: string; purpose: string };
  /** What its title is called, where "Title" is not the word: the name of a person. */
  titleLabel?: string;
  /** The title is personal (a person's name): a commitment in hashes. */
  personalTitle?: true;
  /** Seen by every principal of the provider whatever its customers (people, teams, calendars). */
  common?: true;
  /**
   * Says who acts and by which right: its commands say whose it is, so that whom the caller named counts for nothing and no form
   * asks, and it is made and altered by rights that stand at that very moment.
   */
  rights?: true;
}

/**
 * Declares a record type. A name that is no field of it does not compile: as a column, sort or filter, among what its
 * lifecycle asks for and sets, or in a trait.
 * @example defineRecord({ type: 'freeze', ..., fields: { cause: text({ label: 'Cause' }) }, lifecycle: freezeLifecycle, columns: ['cause'] })
 */
export function defineRecord<
  const F extends Fields,
  const S extends string,
  const M extends string,
  R extends string,
  A extends FieldName<F> | `${FieldName<F>}?`,
  W extends FieldName<F>,
>(
  definition: RecordDefinition<F, Lifecycle<S, M, R, A, W>> & Names<FieldName<F>, S, M>,
): RecordDefinition<F, Lifecycle<S, M, R, A, W>> {
  return { ...definition, fields: lookup(definition.fields) };
}

/** What a record of a type holds, as its fields say; of any type, values by name. */
export type FieldsOf<D extends RecordDefinition> = ValuesOf<D['fields']>;
/** The names of its states, its moves and the rules that they need. */
export type StateName<D extends RecordDefinition> = StateOf<D['lifecycle']>;
export type MoveName<D extends RecordDefinition> = MoveOf<D['lifecycle']>;
export type RuleName<D extends RecordDefinition> = RuleOf<D['lifecycle']>;

const entries = new WeakMap<Fields, readonly [string, Field][]>();

/** Fields of a definition as name and field, in declared order. Listed once: every row of a list asks. */
export function fieldsOf({ fields }: RecordDefinition): readonly [string, Field][] {
  const known = entries.get(fields) ?? Object.entries(fields);
  entries.set(fields, known);
  return known;
}

/** Fields that a caller may give. */
export function givenFields(definition: RecordDefinition): readonly [string, Field][] {
  return fieldsOf(definition).filter(([, field]) => !field.derived);
}

const columnNames = new Map<string, string>();

/** A field's name as its column's; the names are those of the definitions, a few hundred. */
export function snakeCase(name: string): string {
  const column = columnNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(name, column);
  return column;
}
