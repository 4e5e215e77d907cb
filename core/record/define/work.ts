import type { Breaks } from './break.ts';
import type pg from 'pg';
import type { Caller } from '../../permission/principal.ts';
import type { MoveInput } from './decide.ts';
import type { ClockAct } from '../../lifecycle/outcome.ts';
import type { AnyFacts, RulesOn } from './rule.ts';
import type { Calendar } from '../../clock/calendar.ts';
import type { Terms } from '../../clock/terms.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { Gate } from '../../lifecycle/gate.ts';
import type { Observing } from './observing.ts';
import type { RoleDefinition } from '../../permission/principal.ts';
import type { Beside } from './beside.ts';
import type { ChecklistDefinition } from './checklist.ts';
import type { Consequence } from './consequence.ts';
import type { RecordData, RecordOf } from './data.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { EveryFact, Fact, FactsFor } from './fact.ts';
import type { FieldsOf, MoveName, RecordDefinition } from './define.ts';
import type { Entries } from '../../journal/format/entry.ts';
import type { Linked, LinkType } from './link.ts';

/**
 * What an edit makes happen besides: runs inside the same transaction, through the same door. Its hooks are methods, so that
 * those typed by their record stand among those of all.
 * @example const freezeCommands: Commands<typeof freezeRecord> = { moved: async (work, freeze, move) => { if (move === 'except') ... } }
 */
export interface Commands<D extends RecordDefinition = RecordDefinition> {
  /** Ids of further records that a move will alter, so that all rows are locked in id order. */
  locks?(this: void, work: Work, record: RecordOf<D>, move: MoveName<D>): Promise<string[]>;
  /** Fills fields before a new record is judged and saved. */
  prepare?(this: void, work: Work, values: FieldsOf<D>): Promise<Partial<FieldsOf<D>>>;
  /** Derived fields that follow from other fields alone: worked out at creation, and when one of those is altered. */
  derive?: readonly Derivation<D>[];
  /** What a move alters besides on the record itself, beyond what its lifecycle says; known before the one save. */
  moving?(this: void, work: Work, moving: Moving<D>): Promise<Also<D>>;
  /** As `moving`, for an edit. */
  editing?(this: void, work: Work, editing: Pick<Moving<D>, 'before' | 'after'>): Promise<Also<D>>;
  /** As `moving`, for a new record. */
  creating?(this: void, work: Work, record: RecordOf<D>): Promise<Omit<Also<D>, 'afterwards'>>;
  created?(this: void, work: Work, record: RecordOf<D>): Promise<void>;
  edited?(this: void, work: Work, record: RecordOf<D>, before: RecordOf<D>): Promise<void>;
  moved?(this: void, work: Work, record: RecordOf<D>, move: MoveName<D>): Promise<void>;
  /** Links were made that begin or end at records of this type: what follows for those records. */
  linked?(this: void, work: Work, links: Linked): Promise<void>;
  /** After `moved` and all that the chain brings about: what tells how everything stands then. */
  settled?(this: void, work: Work, record: RecordOf<D>, move: MoveName<D>): Promise<void>;
}

/** Pure. What a source says of a derived field stands until one of the fields is altered that it follows from. */
export interface Derivation<D extends RecordDefinition = RecordDefinition> {
  from: readonly (keyof FieldsOf<D> & string)[];
  values(this: void, fields: Readonly<FieldsOf<D>>): Partial<FieldsOf<D>>;
}

/** A move about to be saved. */
export interface Moving<D extends RecordDefinition = RecordDefinition> {
  before: RecordOf<D>;
  /** As it will stand: state, and the fields that were asked for and are set. */
  after: RecordOf<D>;
  move: MoveName<D>;
  input: MoveInput;
  clocks: readonly ClockAct[];
  /** What its clocks measure by is decided anew. */
  measures: boolean;
}

/** What an act alters besides on the record itself. */
export interface Also<D extends RecordDefinition = RecordDefinition> {
  fields?: Partial<FieldsOf<D>>;
  customers?: string[];
  /** Beside the fields, in its journal entry. */
  extra?: Record<string, Json>;
  /** What follows the save, about this record too. */
  afterwards?(this: void, work: Work, after: RecordOf<D>): Promise<unknown>;
}

/** Records whose content a gate's decision also binds to. */
export interface EvidenceLink {
  type: string;
  direction: 'out' | 'in';
  /** The kind of evidence that a record there is, while it stands in one of those states. */
  gives?: { kind: string; in: readonly string[] };
}

/** A figure that was computed from records, and stands in the record that a gate decides on. */
export interface MeasuredFigure {
  /** The kind of evidence that it is. */
  kind: string;
  label: string;
  value: number;
  unit: string | null;
  /** The days that it was computed over, and how many values those are. */
  from: string;
  to: string;
  n: number;
  /** When it was computed. */
  at: string;
  /** Where the records behind it are listed. */
  records: string | null;
}

/** Names of the fields that hold a figure; its unit may stand in the record that a reference names. */
export interface FigureFields<F extends string = string> {
  value: F;
  unit: F | { through: F; field: string };
  at: F;
}

/** What a record keeps of a person. */
export interface PersonalKept {
  id: string;
  commitments: string[];
}

export type PersonalOf = (client: Queryable, providerId: string, person: string) => Promise<PersonalKept[]>;

/**
 * What goes with personal values of a locked record as they are erased, by their commitments; gives what the erasure's entry
 * tells of it, if anything.
 */
export type Erasing = (
  work: Work,
  record: RecordData,
  commitments: readonly string[],
) => Promise<Record<string, Json> | undefined>;

export interface ServerRecord<D extends RecordDefinition = RecordDefinition, X extends object = AnyFacts> {
  definition: D;
  rules: RulesOn<D, X>;
  facts?: FactsFor<D, X>;
  commands?: Commands<D>;
  /** Codes of refusals that its commands give beside its rules. */
  gives?: readonly string[];
  /** Moves that its commands make, of its own records or others: their rules may refuse as well. */
  brings?: readonly { type: string; move: string }[];
  /** Per gate, the links whose other ends are evidence. */
  evidence?: Readonly<Record<string, readonly EvidenceLink[]>>;
  /** At a gate, the figures of the record that were computed and not given by anybody. */
  measured?(this: void, gate: string, record: RecordOf<D>): MeasuredFigure[];
  /** Per gate, the facts that a policy's rule may use. */
  policyFacts?: Readonly<Record<string, Fact>>;
  /** What a day of waiting costs: an SQL expression over $1 = provider and $2 = record that gives Money or null. */
  delayCost?: string;
  /** The measured value that a record of this type shows beside its title in a thread. */
  figure?: FigureFields<keyof FieldsOf<D> & string>;
  /** What records of this type keep of a person, by commitment: erased with the person. */
  personalOf?: readonly PersonalOf[];
  /** What else goes when personal values of such a record are erased. */
  erasing?: readonly Erasing[];
  /** What records of this type keep beside their row, told by their entries. */
  beside?: readonly Beside[];
  /** What it alone knows of what a source tells of it. */
  observing?: Observing;
  judging?: Judging;
  /** What its clocks measure by, once the fields are filled that decide it; nothing where nothing holds. */
  terms?(this: void, client: Queryable, record: RecordOf<D>): Promise<Terms | undefined>;
  /** When the service that a record belongs to is open: service days are counted by it. */
  serviceHours?(this: void, client: Queryable, record: RecordOf<D>): Promise<Calendar | undefined>;
  /** A field that holds its last day: a decision made on it before is asked about again when that day is over. */
  endsOn?: keyof FieldsOf<D> & string;
  /** The amount a decision at this gate commits (for money limits), as a field name. */
  amount?: Readonly<Record<string, keyof FieldsOf<D> & string>>;
}

/** What a record type brings to the server; a fact that its rules need and its store does not give does not compile. */
export function served<D extends RecordDefinition, X extends object>(
  record: ServerRecord<D, X> & (object extends FactsFor<D, X> ? unknown : { facts: FactsFor<D, X> }),
): ServerRecord {
  return record;
}

/** What the composition puts on every record type: SQL that tells of what changes where no record of its own does. */
export interface Judging {
  /** Of `core.record r`: from when on it counts as evidence no more; a timestamptz or null. */
  runsOut: string;
  /** Of `core.decision d`: rules that bind it now and that it was not judged by, or a waiver that ended since. */
  rebound: string;
}

export interface Registry {
  records: ReadonlyMap<string, ServerRecord>;
  gates: ReadonlyMap<string, Gate>;
  roles: ReadonlyMap<string, RoleDefinition>;
  checklists: ReadonlyMap<string, ChecklistDefinition>;
  links: ReadonlyMap<string, LinkType>;
  /** Facts of every record, of whatever type: its decisions. */
  known?: Readonly<Record<string, EveryFact>>;
  /** What moves bring about in other records. */
  chain: readonly Consequence[];
  /** What follows from all that an act told, before its entries are written. */
  watch?: (work: Work) => Promise<void>;
  /**
   * Results of the provider's and customers' policies at a gate, as they bind who decides for that customer (null: for the
   * provider, whom all of them bind); set by the module that owns policies.
   */
  policies?: (work: Work, gate: Gate, subject: RecordData, customer: string | null) => Promise<PolicyResult[]>;
  /**
   * By which rule several customers decide together, as they agreed: it is kept with a record of the type `from`, and holds
   * for what came from that. SQL over the id of it that gives jsonb (`Terms`, that id as `origin`, and the customers that use already what
   * came of it as `uses`) or null; set by the module that keeps what was agreed.
   */
  terms?: { from: string; sql: (of: { provider: string; id: string }) => string };
  /** As `Judging.rebound`; set by the module that owns policies. */
  rebound?: string;
  /** Where the thread of what is in use is broken; set by the module that knows what is in use. */
  breaks?: Breaks;
}

export interface PolicyResult {
  id: string;
  title: string;
  rule: string;
  effect: 'block' | 'waivable' | 'advise';
  verdict: 'met' | 'not_met' | 'undecided' | 'waived';
  sentence: string;
}

export interface Application {
  pool: pg.Pool;
  registry: Registry;
  /** Milliseconds since 1970: the machine's clock, or a test's own. */
  clock: () => number;
  limits?: Limits;
}

/** How much one may give; what stands here is the operator's word against the default. */
export interface Limits {
  fileBytes?: number;
  filesOnRecord?: number;
}

/** One piece of work: a transaction, the caller, and the instant it happens at. */
export interface Work {
  application: Application;
  client: pg.PoolClient;
  caller: Caller;
  /** ISO instant of the provider's clock (the scenario clock, where the provider has one). */
  now: string;
  /** Joins the entries that one act causes. */
  cause: string;
  /** What the act tells of each record it alters: one entry each, written when it is done. */
  entries: Entries;
}

export function nowOf(application: Application, caller: Caller): string {
  return caller.principal.scenarioNow ?? new Date(application.clock()).toISOString();
}

/** A record type as the server has it: by its definition, so that what is read and moved of it is typed, or by its name. */
export function serverRecord<D extends RecordDefinition>(registry: Registry, named: D): ServerRecord<D>;
export function serverRecord(registry: Registry, named: string): ServerRecord;
export function serverRecord({ records }: Registry, named: string | RecordDefinition): ServerRecord {
  const type = typeof named === 'string' ? named : named.type;
  const record = records.get(type);
  if (!record) throw new Error(`no record type called ${type}`);
  return record;
}
