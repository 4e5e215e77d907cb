import { isDeepStrictEqual } from 'node:util';
import { neededFacts, roleRefusals, ruleRefusals } from '../define/decide.ts';
import { factSource, loadFacts } from './facts.ts';
import { leadsToEdit } from '../../lifecycle/leads-to-edit.ts';
import { refuseOverlap } from '../read/altered.ts';
import { rightsOver } from '../../permission/principal.ts';
import { scopeOf } from '../../permission/scope.ts';
import { withArticle } from '../../refusal/article.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { Principal } from '../../permission/principal.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { RecordData } from '../define/data.ts';
import { asked } from '../../lifecycle/lifecycle.ts';
import { givenFields } from '../define/define.ts';
import type { RecordDefinition } from '../define/define.ts';
import { judgedNow } from './judged-now.ts';
import { rememberSide } from './lineage.ts';
import { lock } from '../read/load.ts';
import { namedRecords } from '../read/names.ts';
import { altered, derivedEdits } from './derived.ts';
import { ownerRefusals, references, unknownReferences } from '../define/references.ts';
import type { Known, Wanted } from '../define/references.ts';
import { normalise } from '../define/row.ts';
import type { FieldValues } from '../define/row.ts';
import { unusedReferences } from '../define/in-use.ts';
import { save } from './save.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export interface EditInput {
  expectedVersion: number;
  title?: string;
  owner?: string | null;
  [field: string]: unknown;
}

/** Why this principal may not edit the record's fields now; empty when it may. */
export function editRefusals(
  { definition, rules }: ServerRecord,
  record: RecordData,
  principal: Pick<Principal, 'id' | 'kind' | 'grants'>,
  { facts, now }: { facts: Readonly<Record<string, unknown>>; now: string },
): Refusal[] {
  const refusals = roleRefusals(
    definition.lifecycle.edit.who,
    rightsOver(principal.grants, record.customers),
    `edit ${withArticle(definition.label)}`,
  );
  const state = definition.lifecycle.states[record.state];
  if (!state?.editable)
    refusals.push(
      refusal(
        'record.frozen',
        `${record.ref} is ${(state?.label ?? record.state).toLowerCase()}: its fields are frozen.`,
        state?.instead ??
          (leadsToEdit(definition.lifecycle, record.state)
            ? 'Move it back to a state in which it may be edited.'
            : 'It stays as it stands: nothing leads from here to where it may be edited.'),
      ),
    );
  const context = { record, values: record.fields, facts, actor: principal, now };
  return [...refusals, ...ruleRefusals(definition.lifecycle.edit.rules ?? [], rules, context)];
}

/** Edits the fields of a record; what others edited elsewhere in it meanwhile stays. What stays the same is no edit: nothing is written then. Refuses by `stop`. */
export async function edit(call: Work, record: ServerRecord, name: string, input: EditInput): Promise<RecordData> {
  const before = await lock(call, record, name);
  const work = await judgedNow(call, record.definition);
  const needed = neededFacts(record.definition.lifecycle.edit.rules ?? [], record.rules);
  const facts = needed.length ? await loadFacts(factSource(work), record, before, needed) : {};
  const refusals = editRefusals(record, before, work.caller.principal, { facts, now: work.now });
  if (refusals.length) stop(refuse('forbidden', ...refusals));
  const patch = changed(record, before, input);
  const fixed = fixedRefusals(record, before, Object.keys(patch.fields));
  if (fixed.length) stop(refuse('refused', ...fixed));
  await refuseOverlap(work, before, {
    version: input.expectedVersion,
    parts: [...Object.keys(patch.fields), ...['title', 'owner'].filter((part) => part in patch)],
  });
  patch.fields = { ...patch.fields, ...derivedEdits(record, before.fields, patch.fields) };
  if (!Object.keys(patch.fields).length && patch.title === undefined && patch.owner === undefined) return before;
  const known = await checkReferences(work, record, input, before.fields);
  const outside = ownerRefusals(patch.owner, known, { customers: before.customers, actor: work.caller.principal.id });
  if (outside.length) stop(refuse('invalid', ...outside));
  const sided = await rememberSide(work, before, record.definition.lifecycle.edit.who);
  const draft = draftOf(before, patch);
  const also = await record.commands?.editing?.(work, { before, after: draft });
  const after = await save(work, record, before, {
    ...patch,
    fields: { ...patch.fields, ...altered(before.fields, also?.fields) },
    extra: { ...sided, ...also?.extra },
    entry: { kind: 'edited' },
    last: !record.commands?.edited && !also?.afterwards,
  });
  await also?.afterwards?.(work, after);
  await record.commands?.edited?.(work, after, before);
  return after;
}

/**
 * Alters with whom a locked record is shared, whoever asked and consented before: no edit of the record's own, so that neither a
 * role nor its state bars it. What follows from an edit follows from it.
 */
export async function editCustomers(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  { customers, extra, reason }: { customers: readonly string[]; extra: Record<string, Json>; reason: string },
): Promise<void> {
  const draft = { ...before, customers: customers.toSorted() };
  const also = await record.commands?.editing?.(work, { before, after: draft });
  const after = await save(work, record, before, {
    customers: draft.customers,
    fields: altered(before.fields, also?.fields),
    extra: { ...extra, ...also?.extra },
    entry: { kind: 'edited', reason },
  });
  await also?.afterwards?.(work, after);
  await record.commands?.edited?.(work, after, before);
}

/** What a record belongs to is said once: links, customers and decisions follow from it. */
function fixedRefusals({ definition }: ServerRecord, before: RecordData, names: readonly string[]): Refusal[] {
  return names
    .filter((name) => definition.fields[name]?.fixed && before.fields[name] !== null)
    .map((name) =>
      refusal(
        'record.fixed-field',
        `"${definition.fields[name]?.label ?? name}" of ${before.ref} stays as it was given.`,
        movesAsking(definition, name) || `Withdraw ${before.ref} and make another where it belongs.`,
        name,
      ),
    );
}

/** Where a move alters what no edit does, that is the way. */
function movesAsking({ lifecycle }: RecordDefinition, name: string): string {
  const labels = Object.values(lifecycle.moves)
    .filter((each) => asked(each).some(({ field }) => field === name))
    .map(({ label }) => `"${label}"`);
  return labels.length ? `It is altered by ${labels.join(' or ')} alone.` : '';
}

/** The record as it will stand. */
const draftOf = (before: RecordData, { fields, ...header }: ReturnType<typeof changed>): RecordData => ({
  ...before,
  ...header,
  fields: { ...before.fields, ...fields },
});

function changed({ definition }: ServerRecord, before: RecordData, input: EditInput) {
  const fields = Object.fromEntries(
    givenFields(definition)
      .filter(([name]) => name in input && input[name] !== undefined)
      .map(([name, field]) => [name, normalise(field, input[name])])
      .filter(([name, value]) => !isDeepStrictEqual(value, before.fields[name as string] ?? null)),
  ) as Record<string, unknown>; // names are the fields' own
  return {
    fields,
    ...(input.title !== undefined && input.title !== before.title ? { title: input.title } : {}),
    ...(input.owner !== undefined && input.owner !== before.owner ? { owner: input.owner } : {}),
  };
}

/** References must exist and be visible; what is named anew must be in use where its field asks for that. */
export async function checkReferences(
  work: Work,
  { definition }: ServerRecord,
  input: Readonly<Record<string, unknown>>,
  before: FieldValues,
): Promise<Known[]> {
  const known = await refuseUnknown(work, references(definition, input));
  const unused = unusedReferences(work.application.registry, definition, { given: input, before, known });
  if (unused.length) stop(refuse('refused', ...unused));
  return known;
}

/** Refuses by `stop` what names something that does not exist, is of another type, or may not be seen by the caller. */
export async function refuseUnknown(work: Work, all: readonly Wanted[]): Promise<Known[]> {
  if (!all.length) return [];
  const { principal } = work.caller;
  const scope = scopeOf(principal, 3);
  const { rows } = await work.client.query<Known>(namedRecords(scope.sql, { provider: '$1', ids: '$2' }), [
    principal.providerId,
    all.map((each) => each.id),
    ...scope.values,
  ]);
  const refusals = unknownReferences(all, rows);
  if (refusals.length) stop(refuse('invalid', ...refusals));
  return rows;
}
