// A record's state as its journal tells it, and where the tables say something else.
import { isDeepStrictEqual } from 'node:util';
import { fieldsOf } from '../record/define.ts';
import type { RecordDefinition } from '../record/define.ts';
import { hashContent } from '../record/content.ts';
import type { ItemData } from '../record/checklist.ts';
import type { RecordData } from '../record/data.ts';
import { commitment as commitTo, entryHash } from './hash.ts';
import type { Json } from './hash.ts';
import { isCommitment } from './as-of.ts';

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
  withdrawn: boolean;
}

/** All that stands in tables about one record. */
export interface Standing {
  record: RecordData;
  items: ItemData[];
  links: LinkRow[];
  evidence: { id: string; hash: string }[];
  decisions: { id: string; hash: string }[];
  conditions: { id: string; state: string }[];
  personal: PersonalRow[];
}

export interface Difference {
  record: string;
  what: string;
}

interface Shadow {
  values: Record<string, Json>;
  state: string | null;
  version: number;
  items: Map<string, ItemData>;
  links: Map<string, LinkRow>;
  evidence: Map<string, string>;
  decisions: Map<string, string>;
  conditions: Map<string, string>;
  head: string | null;
  contentHash: string;
}

/** Folds the entries of one record and compares every column, header, link, item and decision. No difference: an empty list. */
export function verifyRecord(
  definition: RecordDefinition,
  entries: readonly FullEntry[],
  standing: Standing,
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
    conditions: new Map(),
    head: null,
    contentHash: '',
  };
  for (const entry of entries) {
    checkEntry(entry, shadow, differ);
    apply(shadow, entry);
  }
  if (!entries.length) differ('has no journal entry');
  else compare(definition, shadow, standing, differ);
  return found;
}

function checkEntry(entry: FullEntry, shadow: Shadow, differ: (what: string) => void): void {
  const { seq: _seq, hash, ...body } = entry;
  if (entryHash({ format: 1, ...body }) !== hash)
    differ(`journal entry ${entry.seq} was altered: its hash does not fit`);
  if (entry.previousHash !== shadow.head) differ(`the chain is broken before journal entry ${entry.seq}`);
}

function apply(shadow: Shadow, entry: FullEntry): void {
  const { _item, _items, _link, _unlink, _evidence, _decision, _condition, _selfChecked, ...values } =
    entry.edits as Record<string, never>; // the underscored keys are written by the door alone
  Object.assign(shadow.values, values);
  for (const item of (_items ?? []) as ItemData[]) shadow.items.set(item.item, item);
  if (_item) shadow.items.set((_item as ItemData).item, _item);
  if (_link) {
    const link = _link as Omit<LinkRow, 'withdrawn'>;
    shadow.links.set(link.id, { ...link, withdrawn: false });
  }
  if (_unlink) {
    const link = shadow.links.get((_unlink as { id: string }).id);
    if (link) link.withdrawn = true;
  }
  if (_evidence) shadow.evidence.set((_evidence as { id: string }).id, (_evidence as { hash: string }).hash);
  if (_decision && entry.decisionId) shadow.decisions.set(entry.decisionId, (_decision as { hash: string }).hash);
  if (_condition) shadow.conditions.set((_condition as { id: string }).id, (_condition as { state: string }).state);
  if (entry.to !== null) shadow.state = entry.to;
  shadow.version = entry.version;
  shadow.head = entry.hash;
  shadow.contentHash = entry.contentHash;
}

function compare(
  definition: RecordDefinition,
  shadow: Shadow,
  standing: Standing,
  differ: (what: string) => void,
): void {
  const { record } = standing;
  const { values } = shadow;
  const plain = personalReader(standing.personal, differ);
  const same = (what: string, is: unknown, told: unknown) => {
    if (!isDeepStrictEqual(is ?? null, told ?? null))
      differ(`${what} is ${JSON.stringify(is ?? null)}; the journal tells ${JSON.stringify(told ?? null)}`);
  };
  same('state', record.state, shadow.state);
  same('version', record.version, shadow.version);
  same('title', record.title, plain(values['title'], 'title'));
  same('owner', record.owner, values['_owner']);
  same('customers', record.customers, values['_customers']);
  same('reference', record.ref, values['_ref']);
  same('number', record.number, values['_number']);
  same('lineage', record.lineage, values['_lineage']);
  same('profile', record.profile, values['_profile']);
  same('head of the chain', record.headHash, shadow.head);
  same('content hash', record.contentHash, shadow.contentHash);
  for (const [name] of fieldsOf(definition)) same(`field ${name}`, record.fields[name], plain(values[name], name));
  same(
    'commitments',
    record.commitments,
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (isCommitment(value) ? [[name, value.commitment]] : [])),
    ),
  );
  const recomputed = hashContent(definition, { ...record, ...(definition.checklist ? { items: standing.items } : {}) });
  same('recomputed content hash', recomputed, record.contentHash);
  sameSet(
    'item',
    standing.items.map((item) => [item.item, item]),
    shadow.items,
    differ,
  );
  sameSet(
    'link',
    standing.links.map((link) => [link.id, link]),
    shadow.links,
    differ,
  );
  sameSet(
    'attestation',
    standing.evidence.map(({ id, hash }) => [id, hash]),
    shadow.evidence,
    differ,
  );
  sameSet(
    'decision',
    standing.decisions.map(({ id, hash }) => [id, hash]),
    shadow.decisions,
    differ,
  );
  for (const [id, state] of shadow.conditions)
    same(`condition ${id}`, standing.conditions.find((each) => each.id === id)?.state, state);
  for (const condition of standing.conditions)
    if (condition.state !== 'open' && !shadow.conditions.has(condition.id))
      differ(`condition ${condition.id} is ${condition.state}; the journal tells nothing of it`);
}

function sameSet(
  what: string,
  standing: readonly [string, unknown][],
  told: ReadonlyMap<string, unknown>,
  differ: (what: string) => void,
): void {
  const seen = new Map(standing);
  for (const [id, value] of told) {
    if (!seen.has(id)) differ(`${what} ${id} is missing`);
    else if (!isDeepStrictEqual(comparable(seen.get(id)), comparable(value))) differ(`${what} ${id} was altered`);
  }
  for (const id of seen.keys()) if (!told.has(id)) differ(`${what} ${id} stands without a journal entry`);
}

/** Two spellings of one instant are alike. */
function comparable(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}

/** Reads what stands behind a commitment: the kept value, if it fits; an erased one is told as null. */
function personalReader(
  rows: readonly PersonalRow[],
  differ: (what: string) => void,
): (value: Json | undefined, field: string) => Json {
  return (value, field) => {
    if (!isCommitment(value)) return value ?? null;
    const kept = rows.find((row) => row.commitment === value.commitment);
    if (!kept) {
      differ(`the personal value of ${field} is gone without having been erased`);
      return null;
    }
    if (kept.erasedAt) return null;
    if (kept.salt === null || commitTo(kept.salt, kept.value) !== value.commitment)
      differ(`the personal value of ${field} does not fit its commitment`);
    return kept.value;
  };
}
