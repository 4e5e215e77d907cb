// A record's state as its journal tells it.
import type { RecordDefinition } from '../record/define/define.ts';
import type { ItemData } from '../record/define/checklist.ts';
import type { Beside, BesideElement } from '../record/define/beside.ts';
import type { RecordData } from '../record/define/data.ts';
import { isEdit } from '../record/act/entries.ts';
import { entryHash } from './format/hash.ts';
import type { Json } from './format/hash.ts';
import { isCommitment } from './as-of.ts';
import { compare } from './compare.ts';
import { leniencyMs } from './leniency.ts';
import type { ClockTold } from './leniency.ts';

export interface FullEntry {
  seq: number;
  providerId: string;
  recordedAt: string;
  occurredAt: string;
  recordId: string;
  recordType: string;
  version: number;
  kind: string;
  actorId: string | null;
  actorKind: string;
  onBehalfOf: string | null;
  channel: string;
  move: string | null;
  from: string | null;
  to: string | null;
  edits: Record<string, Json>;
  reasonCode: string | null;
  reason: string | null;
  cause: string | null;
  decisionId: string | null;
  source: string | null;
  contentHash: string;
  previousHash: string | null;
  hash: string;
}

export interface PersonalRow {
  commitment: string;
  field: string;
  salt: string | null;
  value: Json;
  erasedAt: string | null;
}

export interface LinkRow {
  id: string;
  type: string;
  to: string;
  fromHash: string;
  toHash: string;
  assertedBy: string | null;
  assertedAt: string;
  withdrawnAt: string | null;
}

export interface ConditionRow {
  id: string;
  state: string;
  metBy: string | null;
  metAt: string | null;
  evidence: string | null;
  remindedAt: string | null;
  lapsedAt: string | null;
}

export interface EndRow {
  decision: string;
  state: string;
  reason: string;
  at: string;
}

/** All that stands in tables about one record. */
export interface Standing {
  record: RecordData;
  items: ItemData[];
  links: LinkRow[];
  evidence: { id: string; hash: string }[];
  decisions: { id: string; hash: string }[];
  /** Ends of its decisions. */
  ends: EndRow[];
  conditions: ConditionRow[];
  personal: PersonalRow[];
  /** Sides of people on its lineage: person and side. */
  sides: { person: string; side: string; since: string }[];
  searchText: string;
  /** Of each list that is kept beside the record: its elements. */
  beside: readonly BesideStanding[];
}

export interface BesideStanding {
  told: string;
  what: string;
  elements: readonly BesideElement[];
  completed?: Beside['completed'];
}

export interface Difference {
  record: string;
  what: string;
}

export interface Shadow {
  values: Record<string, Json>;
  state: string | null;
  version: number;
  items: Map<string, ItemData>;
  links: Map<string, LinkRow>;
  evidence: Map<string, string>;
  decisions: Map<string, string>;
  /** Decisions whose end, if it comes, an entry tells. */
  endTold: Set<string>;
  ends: Map<string, EndRow>;
  conditions: Map<string, ConditionRow>;
  sides: { person: string | null; side: string; since: string }[];
  /** By the key of a list kept beside the record: its elements as last told. */
  beside: Map<string, Map<string, BesideElement>>;
  /** Every commitment that entries tell, with the field it was made for and when it was erased. */
  personal: Map<string, { field: string; erasedAt: string | null }>;
  createdAt: string;
  updatedAt: string;
  head: string | null;
  contentHash: string;
}

/**
 * Folds the entries of one record and compares every column, header, link, item and decision. No difference: an empty list. The
 * order of its instants is judged where it is told when the clock was set back; an example's clock is its own.
 */
export function verifyRecord(
  definition: RecordDefinition,
  entries: readonly FullEntry[],
  standing: Standing,
  clock?: ClockTold,
): Difference[] {
  const found: Difference[] = [];
  const ref = standing.record.ref;
  const differ = (what: string) => found.push({ record: ref, what });
  const shadow: Shadow = {
    values: {},
    state: null,
    version: 0,
    items: new Map(),
    links: new Map(),
    evidence: new Map(),
    decisions: new Map(),
    endTold: new Set(),
    ends: new Map(),
    conditions: new Map(),
    sides: [],
    beside: new Map(standing.beside.map(({ told }) => [told, new Map()])),
    personal: new Map(),
    createdAt: '',
    updatedAt: '',
    head: null,
    contentHash: '',
  };
  const completed = new Map(standing.beside.map((each) => [each.told, each.completed]));
  for (const [index, entry] of entries.entries()) {
    checkEntry(entry, shadow, differ);
    if (clock) checkOrder(entries[index - 1], entry, clock, differ);
    apply(shadow, entry, completed);
  }
  if (!entries.length) differ('has no journal entry');
  else compare(definition, shadow, standing, differ);
  return found;
}

/** Checks the journal of a record that was taken back, of which nothing else stands: each entry, and that nothing followed. */
export function verifyTakenBack(id: string, entries: readonly FullEntry[]): Difference[] {
  const found: Difference[] = [];
  const differ = (what: string) => found.push({ record: id, what });
  let head: string | null = null;
  for (const entry of entries) {
    checkEntry(entry, { head }, differ);
    head = entry.hash;
  }
  if (!entries.at(-1)?.edits['_takenBack']) differ('was taken back, and something was told of it afterwards');
  return found;
}

function checkEntry(entry: FullEntry, shadow: Pick<Shadow, 'head'>, differ: (what: string) => void): void {
  const { seq: _seq, hash, ...body } = entry;
  if (entryHash({ format: 1, ...body }) !== hash)
    differ(`journal entry ${entry.seq} was altered: its hash does not fit`);
  if (entry.previousHash !== shadow.head) differ(`the chain is broken before journal entry ${entry.seq}`);
}

/** What follows along a chain was recorded later, unless the clock was evidently set back in between. */
function checkOrder(
  before: FullEntry | undefined,
  entry: FullEntry,
  { setBacks, late }: ClockTold,
  differ: (what: string) => void,
): void {
  if (!before || Date.parse(entry.recordedAt) >= Date.parse(before.recordedAt) - leniencyMs) return;
  if (late.has(entry.seq)) return;
  if (setBacks.some(({ from, to }) => to > before.seq && from < entry.seq)) return;
  differ(
    `journal entry ${entry.seq} was recorded at ${entry.recordedAt}, before the one before it (${before.recordedAt}): it was dated back`,
  );
}

function apply(shadow: Shadow, entry: FullEntry, completed: ReadonlyMap<string, Beside['completed']>): void {
  const told = entry.edits as Told; // the underscored keys are written by the door alone
  const { _item, _items, _links, _unlinks, _evidence, _decision, _ends, _condition, _side, _erased } = told;
  Object.assign(shadow.values, entry.edits);
  for (const item of [...(_items ?? []), ...(_item ? [_item] : [])]) shadow.items.set(item.item, item);
  for (const link of _links ?? [])
    shadow.links.set(link.id, { ...firstAssertion(shadow.links.get(link.id), entry), ...link });
  for (const { id } of _unlinks ?? []) {
    const unlinked = shadow.links.get(id);
    if (unlinked) unlinked.withdrawnAt = entry.recordedAt;
  }
  if (_evidence) shadow.evidence.set(_evidence.id, _evidence.hash);
  if (_decision && entry.decisionId) {
    shadow.decisions.set(entry.decisionId, _decision.hash);
    if (_decision.endTold) shadow.endTold.add(entry.decisionId);
  }
  for (const end of _ends ?? []) shadow.ends.set(end.decision, { ...end, at: entry.recordedAt });
  if (_condition)
    shadow.conditions.set(_condition.id, conditionAfter(shadow.conditions.get(_condition.id), _condition, entry));
  if (_side) shadow.sides.push({ person: entry.actorId, side: _side, since: entry.recordedAt });
  for (const [key, elements] of shadow.beside)
    for (const element of (entry.edits[key] ?? []) as readonly BesideElement[]) // written by the door alone
      elements.set(element.id, completed.get(key)?.(element, entry) ?? element);
  commitments(shadow, entry.edits);
  for (const commitment of _erased ?? []) {
    const value = shadow.personal.get(commitment);
    if (value) value.erasedAt = entry.recordedAt;
  }
  if (!shadow.version) shadow.createdAt = instantOf(entry);
  if (isEdit(entry.kind, entry.edits)) shadow.updatedAt = instantOf(entry);
  if (entry.to !== null) shadow.state = entry.to;
  shadow.version = entry.version;
  shadow.head = entry.hash;
  shadow.contentHash = entry.contentHash;
}

interface Told {
  _item?: ItemData;
  _items?: ItemData[];
  _links?: Pick<LinkRow, 'id' | 'type' | 'to' | 'fromHash' | 'toHash'>[];
  _unlinks?: { id: string }[];
  _evidence?: { id: string; hash: string };
  _decision?: { hash: string; endTold?: boolean };
  _ends?: Omit<EndRow, 'at'>[];
  _condition?: ConditionTold;
  _side?: string;
  /** Commitments whose values an erasure took away. */
  _erased?: string[];
}

/** A field's value, or one inside a list that a module keeps beside the record (`_notes`). */
function commitments(shadow: Shadow, edits: Readonly<Record<string, Json>>): void {
  for (const [name, value] of Object.entries(edits)) {
    if (typeof value !== 'object' || value === null) continue;
    const inside = (Array.isArray(value) ? value : []).flatMap((each: Json) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
    for (const each of isCommitment(value) ? [value] : inside)
      if (isCommitment(each)) shadow.personal.set(each.commitment, { field: name.replace(/^_/, ''), erasedAt: null });
  }
}

/** What was observed elsewhere keeps the source's own time in its header. */
const instantOf = ({ kind, occurredAt, recordedAt }: FullEntry) => (kind === 'observed' ? occurredAt : recordedAt);

/** A link that is asserted anew keeps who asserted it first, and when. */
const firstAssertion = (before: LinkRow | undefined, { actorId, recordedAt }: FullEntry) => ({
  assertedBy: before?.assertedBy ?? actorId,
  assertedAt: before?.assertedAt ?? recordedAt,
  withdrawnAt: null,
});

/** It was met with evidence, its owner was reminded, or its day passed. */
type ConditionTold = Pick<ConditionRow, 'id' | 'state'> & { evidence?: string; reminded?: true };

function conditionAfter(
  before: ConditionRow | undefined,
  { id, state, evidence, reminded }: ConditionTold,
  { actorId, recordedAt }: FullEntry,
): ConditionRow {
  const untouched = { metBy: null, metAt: null, evidence: null, remindedAt: null, lapsedAt: null };
  const row: ConditionRow = { ...untouched, ...before, id, state };
  if (reminded) return { ...row, remindedAt: recordedAt };
  if (state === 'lapsed') return { ...row, lapsedAt: recordedAt };
  return { ...row, metBy: actorId, metAt: recordedAt, evidence: evidence ?? null };
}
