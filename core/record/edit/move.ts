import { decide, neededFacts, outcomeOf } from '../define/decide.ts';
import type { Ask, Judgement, MoveInput, PastActors } from '../define/decide.ts';
import { asked } from '../../lifecycle/lifecycle.ts';
import type { Move } from '../../lifecycle/lifecycle.ts';
import type { MoveOutcome } from '../../lifecycle/outcome.ts';
import type { NewEntry } from '../../journal/format/entry.ts';
import type { Json } from '../../journal/format/hash.ts';
import { eachMoveTold } from '../../journal/format/made.ts';
import { kindOf, refuse, stop } from '../../refusal/refusal.ts';
import { judgedNow } from './judged-now.ts';
import { nextMoveOf } from './next-move.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { RecordData, RecordOf } from '../define/data.ts';
import type { MoveName, RecordDefinition } from '../define/define.ts';
import { checkReferences } from './edit.ts';
import { altered, derivedEdits } from './derived.ts';
import { factSource, loadFacts } from './facts.ts';
import { rememberSide } from './lineage.ts';
import { effectsOf, lockWithTargets, targetsOf } from './consequence.ts';
import { inKnownWords } from '../read/veil.ts';
import { load, lock, lockUnscoped } from '../read/load.ts';
import { normalise } from '../define/row.ts';
import { save } from './save.ts';
import { serverRecord } from '../define/work.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export interface MoveRequest extends MoveInput {
  expectedVersion?: number | undefined;
}

/** Makes a move of a record: lock, facts, judgement, save, command. Refuses by `stop` with all refusals together. */
export async function move<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  name: string,
  moveName: MoveName<D>,
  input: MoveRequest,
): Promise<RecordOf<D>>;
export async function move(
  call: Work,
  record: ServerRecord,
  name: string,
  moveName: string,
  input: MoveRequest,
): Promise<RecordData> {
  await lockRelated(call, record, name, [moveName]);
  const before = await lock(call, record, name, input.expectedVersion);
  const work = await judgedNow(call, record.definition);
  await checkReferences(work, record, input, before.fields);
  const by = work.caller.principal.kind === 'system' ? 'system' : 'person';
  const judged = await judge(work, record, before, { moveName, input, by });
  if (!judged.ok) stop(refuse(kindOf(judged.refusals), ...judged.refusals));
  const extra = by === 'person' ? await rememberSide(work, before, moveOf(record, moveName).who) : {};
  const last = !record.commands?.moved && !record.commands?.settled && !effectsOf(work, before.type, moveName).length;
  return make(work, record, before, { moveName, input, outcome: judged.outcome, extra, last });
}

export interface Intended {
  moveName: string;
  input: MoveInput;
  by: Ask['by'];
}

/** Judges a move of a locked record, with the facts its rules need read inside the lock. */
export async function judge(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  intended: Intended,
): Promise<Judgement> {
  const declared = record.definition.lifecycle.moves[intended.moveName];
  const facts = await loadFacts(factSource(work), record, before, neededFacts(declared?.rules ?? [], record.rules));
  const pastActors = declared?.separation?.length ? await pastActorsOf(work.client, before, declared) : {};
  const judged = decide(askOf(work, record, before, { ...intended, facts, pastActors }));
  if (judged.ok) return judged;
  return { ok: false, refusals: await inKnownWords(work.client, work.caller.principal, judged.refusals) };
}

function askOf(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  { moveName, input, by, facts, pastActors }: Intended & { facts: Record<string, unknown>; pastActors: PastActors },
): Ask {
  const given = askedValues(record, record.definition.lifecycle.moves[moveName], input);
  const values = { ...before.fields, ...given, ...derivedEdits(record, before.fields, given) };
  return {
    lifecycle: record.definition.lifecycle,
    moveName,
    input,
    context: { record: before, values, facts, actor: work.caller.principal, now: work.now },
    rules: record.rules,
    pastActors,
    by,
  };
}

export interface Making {
  moveName: string;
  input: MoveInput;
  /** What the judgement gave; of a move that a decision or another record's act makes, what its lifecycle says. */
  outcome?: MoveOutcome;
  /** What the entry says where it does not say "moved". */
  entry?: Partial<NewEntry>;
  extra?: Record<string, Json>;
  /** The act ends with this move. */
  last?: boolean;
}

/**
 * Makes a judged move: all that it comes to is known before the one save of row, header and entry; then what it brings
 * about in other records.
 */
export async function make(
  work: Work,
  record: ServerRecord,
  before: RecordData,
  { moveName, input, outcome: judged, entry = {}, extra = {}, last = false }: Making,
): Promise<RecordData> {
  const declared = moveOf(record, moveName);
  const ask = askOf(work, record, before, { moveName, input, by: 'decision', facts: {}, pastActors: {} });
  const outcome = judged ?? outcomeOf(ask, declared);
  const draft: RecordData = {
    ...before,
    state: outcome.to,
    fields: { ...ask.context.values, ...outcome.sets },
  };
  const also = await record.commands?.moving?.(work, {
    before,
    after: draft,
    move: moveName,
    input,
    clocks: outcome.clocks,
    measures: outcome.measures,
  });
  const given = {
    ...askedValues(record, declared, input),
    ...altered(before.fields, { ...outcome.sets, ...also?.fields }),
  };
  const next = await nextMoveOf(work, record, before, draft);
  const after = await save(work, record, before, {
    fields: { ...given, ...derivedEdits(record, before.fields, given) },
    state: outcome.to,
    extra: { ...extra, ...outcome.extra, ...also?.extra, ...next.told },
    next: next.move,
    reasserts: true,
    last: last && !also?.afterwards,
    entry: {
      kind: 'moved',
      move: moveName,
      from: before.state,
      to: outcome.to,
      reason: input.reason ?? null,
      reasonCode: input.reasonCode ?? null,
      ...entry,
    },
  });
  await also?.afterwards?.(work, after);
  await record.commands?.moved?.(work, after, moveName);
  await bringAbout(work, after, moveName);
  await record.commands?.settled?.(work, after, moveName);
  return after;
}

/** Makes what the chain says this move brings about. */
async function bringAbout(work: Work, after: RecordData, moveName: string): Promise<void> {
  for (const effect of effectsOf(work, after.type, moveName)) {
    // Read effect by effect: an earlier one may have moved a later one's target already.
    for (const target of (await targetsOf(work, after, effect)).filter((each) => effect.from.includes(each.state))) {
      const record = serverRecord(work.application.registry, effect.type);
      await moveBecause(work, record, target.id, effect.move, {
        reason: `${after.ref}: ${moveName.replaceAll('-', ' ')}`,
      });
    }
  }
}

/** Moves a record because another record's act causes it; judged like a system's move. A refusal there stops the whole act. */
export async function moveBecause<D extends RecordDefinition>(
  work: Work,
  record: ServerRecord<D>,
  id: string,
  moveName: MoveName<D>,
  input?: MoveInput,
): Promise<RecordOf<D>>;
export async function moveBecause(
  work: Work,
  record: ServerRecord,
  id: string,
  moveName: string,
  input: MoveInput = {},
): Promise<RecordData> {
  const before = await lockUnscoped(work, record, id);
  const judged = await judge(work, record, before, { moveName, input, by: 'system' });
  if (!judged.ok) stop(refuse('refused', ...judged.refusals));
  return make(work, record, before, { moveName, input, outcome: judged.outcome });
}

export function moveOf(record: ServerRecord, moveName: string): Move {
  const declared = record.definition.lifecycle.moves[moveName];
  if (!declared) throw new Error(`${record.definition.type} has no move called ${moveName}`);
  return declared;
}

function askedValues(
  { definition }: ServerRecord,
  declared: Move | undefined,
  input: MoveInput,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { field } of declared ? asked(declared) : []) {
    const kind = definition.fields[field];
    if (kind && field in input && input[field] !== undefined) values[field] = normalise(kind, input[field]);
  }
  return values;
}

/** Locks first all that the moves will touch; nothing is asked where a move stands alone. */
export async function lockRelated(
  work: Work,
  record: ServerRecord,
  name: string,
  moves: readonly string[],
): Promise<void> {
  const { locks } = record.commands ?? {};
  if (!locks && !moves.some((each) => effectsOf(work, record.definition.type, each).length)) return;
  const seen = await load(work.client, record, work.caller.principal, name);
  if (!seen) return;
  const further = [];
  for (const each of locks ? moves : []) further.push(...((await locks?.(work, seen, each)) ?? []));
  await lockWithTargets(work, seen, moves, further);
}

/** Who made the moves that bar, as the journal tells. */
export async function pastActorsOf(
  client: Queryable,
  record: Pick<RecordData, 'providerId' | 'id'>,
  declared: Pick<Move, 'separation'>,
): Promise<PastActors> {
  const names = [...new Set((declared.separation ?? []).flatMap((each) => each.notActorOf))];
  if (!names.length) return {};
  const { rows } = await client.query(
    `select d.name, array_agg(distinct coalesce(j.on_behalf_of, j.actor_id)) || array_agg(distinct j.actor_id) as actors
     from core.journal j
     cross join lateral (
       select m.name
       from (select) x ${eachMoveTold}
       union all
       select 'create'
       where j.kind = 'created') d
     where j.provider_id = $1 and j.record_id = $2 and d.name = any($3)
     group by d.name`,
    [record.providerId, record.id, names],
  );
  return Object.fromEntries((rows as { name: string; actors: string[] }[]).map(({ name, actors }) => [name, actors]));
}
