// Compares the fold of a record's journal with every column, header, link, item and decision that stands in tables.
import { isDeepStrictEqual } from 'node:util';
import { fieldsOf } from '../record/define/define.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { hashContent, searchText, tombstone } from '../record/define/content.ts';
import { commitment as commitTo, isSalt } from './format/hash.ts';
import type { Json } from './format/hash.ts';
import { isCommitment } from './as-of.ts';
import type { ConditionRow, PersonalRow, Shadow, Standing } from './fold.ts';

/** Tells where the tables say something else than the fold of a record's journal. */
export function compare(
  definition: RecordDefinition,
  shadow: Shadow,
  standing: Standing,
  differ: (what: string) => void,
): void {
  const { record } = standing;
  const { values } = shadow;
  const plain = personalReader(standing.personal, shadow.personal, differ);
  const same = (what: string, is: unknown, told: unknown) => {
    if (!isDeepStrictEqual(is ?? null, told ?? null))
      differ(`${what} is ${JSON.stringify(is ?? null)}; the journal tells ${JSON.stringify(told ?? null)}`);
  };
  same('state', record.state, shadow.state);
  same('version', record.version, shadow.version);
  const erased = isCommitment(values['title']) && shadow.personal.get(values['title'].commitment)?.erasedAt;
  same('title', record.title, erased ? tombstone : plain(values['title']));
  same('owner', record.owner, values['_owner']);
  same('customers', record.customers, values['_customers']);
  same('reference', record.ref, values['_ref']);
  same('number', record.number, values['_number']);
  same('stage', record.stage, definition.stage);
  same('lineage', record.lineage, values['_lineage']);
  same('profile', record.profile, values['_profile']);
  same('next move', record.next, values['_next']);
  same('head of the chain', record.headHash, shadow.head);
  same('content hash', record.contentHash, shadow.contentHash);
  same('created', record.createdAt, shadow.createdAt);
  same('updated', record.updatedAt, shadow.updatedAt);
  same('search text', standing.searchText, searchText(definition, record.ref, record.title, record.fields));
  for (const [name] of fieldsOf(definition)) same(`field ${name}`, record.fields[name], plain(values[name]));
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
  same(
    'order of items',
    standing.items.map(({ item }) => item),
    [...shadow.items.keys()],
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
  const untouched = ({ id: _id, state, ...happened }: ConditionRow) =>
    state === 'open' && Object.values(happened).every((value) => value === null);
  sameSet(
    'condition',
    standing.conditions
      .filter((each) => shadow.conditions.has(each.id) || !untouched(each))
      .map((each) => [each.id, each]),
    shadow.conditions,
    differ,
  );
  sameSet(
    'end of decision',
    standing.ends
      .filter(({ decision }) => shadow.endTold.has(decision) || shadow.ends.has(decision))
      .map((end) => [end.decision, end]),
    shadow.ends,
    differ,
  );
  for (const { told, what, elements } of standing.beside) {
    sameSet(
      what,
      elements.map((each) => [each.id, each]),
      shadow.beside.get(told) ?? new Map(),
      differ,
    );
  }
  for (const told of shadow.sides)
    if (!standing.sides.some((each) => isDeepStrictEqual(each, told)))
      differ(`the side ${told.side} that ${told.person} first acted for on its lineage stands otherwise`);
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

/**
 * Checks each personal value against its commitment, and that only an entry erases one. Gives what reads the value behind
 * a commitment; an erased one is told as null.
 */
function personalReader(
  rows: readonly PersonalRow[],
  told: Shadow['personal'],
  differ: (what: string) => void,
): (value: Json | undefined) => Json {
  const kept = new Map(rows.map((row) => [row.commitment, row]));
  for (const [commitment, { field, erasedAt }] of told) {
    const row = kept.get(commitment);
    if (!row) differ(`the personal value of ${field} is gone without having been erased`);
    else if (row.field !== field || row.erasedAt !== erasedAt || !fits(row))
      differ(`the personal value of ${field} does not fit its commitment, or what the journal tells of its erasure`);
  }
  for (const row of rows)
    if (!told.has(row.commitment)) differ(`a personal value of ${row.field} stands without a journal entry`);
  return (value) => (isCommitment(value) ? (kept.get(value.commitment)?.value ?? null) : (value ?? null));
}

/** An erased value keeps neither itself nor its salt. */
function fits({ erasedAt, salt, value, commitment }: PersonalRow): boolean {
  if (erasedAt !== null) return salt === null && value === null;
  return salt !== null && isSalt(salt) && commitTo(salt, value) === commitment;
}
