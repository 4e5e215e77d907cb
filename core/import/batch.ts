// One batch of records: what is new of them is read, built and sealed; `write.ts` writes it.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import type { Caller } from '../permission/principal.ts';
import { noLines, sealObserved } from '../record/observe/observe.ts';
import type { Lines, ObservedStep } from '../record/observe/observe.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import type { FieldValues } from '../record/define/row.ts';
import { foundBySource, toldSource } from '../trait/source/store.ts';
import type { SourceRow } from '../trait/source/store.ts';
import { build, untold } from './build.ts';
import type { Building, Built } from './build.ts';
import { digestOf, seenIn, together } from './digests.ts';
import type { Mapping } from './mapping.ts';
import { measured as measuredOf } from './measure.ts';
import type { Kept, Measured, Measuring } from './measure.ts';
import type { Observing } from '../record/define/observing.ts';
import { inOrder, isLater } from './order.ts';
import type { Place } from './order.ts';
import type { Newcomer, Parties } from './parties.ts';
import { isFaulty, Mention } from './read.ts';
import type { ReadRow, Reject, RowReader } from './read.ts';
import type { SourceRow as Row } from './rows.ts';
import { mostRows } from './spill.ts';
import type { Group } from './spill.ts';
import { takeNumbers } from './store.ts';
import type { Counts } from './runs.ts';

export interface Writing {
  pool: pg.Pool;
  caller: Caller;
  run: string;
  /** ISO instant of the batch. */
  now: string;
  definition: RecordDefinition;
  observing: Observing;
  mapping: Mapping;
  given: Readonly<FieldValues>;
  customer: string | null;
  reader: RowReader;
  parties: Parties;
  measuring: Measuring;
  isDry: boolean;
}

/** Rows of one record that were not read before, in their order. */
interface Fresh {
  key: string;
  known: SourceRow | undefined;
  rows: ReadRow[];
  /** Of all rows of the file, and of earlier ones. */
  seen: Buffer;
  place: Place;
}

export interface Prepared {
  doneKey: string;
  counts: Counts;
  rejects: Reject[];
  unchanged: SourceRow[];
  newcomers: Newcomer[];
  /** Ids of people and the like that were there already. */
  metAgain: string[];
  fresh: Fresh[];
  building: Building;
  /** Of the newcomers and the records that are new. */
  parts: Map<RecordDefinition, Lines>;
  sources: SourceRow[];
  kept: Kept[];
}

export const noCounts = (): Counts => ({
  rows: 0,
  records: 0,
  made: 0,
  updated: 0,
  unchanged: 0,
  leftOut: 0,
  parties: 0,
  deviations: {},
  firstAt: null,
  lastAt: null,
});

/** Adds a batch to what was counted before. */
export function add(sum: Counts, batch: Counts): void {
  for (const name of ['rows', 'records', 'made', 'updated', 'unchanged', 'leftOut', 'parties'] as const)
    sum[name] += batch[name];
  for (const [what, times] of Object.entries(batch.deviations))
    sum.deviations[what] = (sum.deviations[what] ?? 0) + times;
  if (batch.firstAt && (!sum.firstAt || batch.firstAt < sum.firstAt)) sum.firstAt = batch.firstAt;
  if (batch.lastAt && (!sum.lastAt || batch.lastAt > sum.lastAt)) sum.lastAt = batch.lastAt;
}

/** Reads a batch, and builds and seals what is new in it. Writes nothing. */
export async function prepare(writing: Writing, client: pg.ClientBase, groups: readonly Group[]): Promise<Prepared> {
  const { caller, definition, mapping, customer, given, observing, parties } = writing;
  const of = { type: definition.type, system: mapping.source, customer };
  const found = await foundBySource(
    client,
    caller.principal.providerId,
    of,
    groups.map(({ key }) => key),
  );
  const known = new Map(found.map((each) => [each.key, each]));
  const prepared: Prepared = {
    doneKey: groups.at(-1)?.key ?? '',
    counts: noCounts(),
    rejects: [],
    unchanged: [],
    newcomers: [],
    metAgain: [],
    fresh: [],
    building: { definition, mapping, observing, given, idOf: parties.idOf },
    parts: new Map(),
    sources: [],
    kept: [],
  };
  for (const group of groups) take(writing, prepared, group, known.get(group.key));
  await parties.meet(
    client,
    prepared.fresh.flatMap(({ rows }) => rows.flatMap(mentionsIn)),
  );
  prepared.newcomers = parties.takeNewcomers();
  prepared.metAgain = parties.takeMetAgain();
  prepared.counts.parties = prepared.newcomers.length;
  await sealNew(writing, client, prepared);
  return prepared;
}

const mentionsIn = ({ values, by }: ReadRow): Mention[] =>
  [...Object.values(values), by].filter((value) => value instanceof Mention);

/** Sorts the rows of one record into what was read before, what is new, and what comes too late. */
function take(
  { reader, isDry }: Writing,
  prepared: Prepared,
  { key, rows, beyond }: Group,
  known: SourceRow | undefined,
): void {
  const { counts, rejects } = prepared;
  counts.rows += rows.length + beyond;
  counts.records += 1;
  if (beyond)
    rejects.push({
      line: rows.at(-1)?.line ?? 0,
      key,
      reason: `${beyond} further rows: a record may have ${mostRows.toLocaleString('en')}`,
    });
  const seen = seenIn(known?.seen ?? Buffer.alloc(0));
  const digests = new Map<number, Buffer>();
  const unread = rows.filter((row) => {
    const digest = digestOf(row.cells);
    digests.set(row.line, digest);
    return !seen.has(digest.toString('hex'));
  });
  const last = known && { at: known.lastAt ?? '', order: known.lastPlace };
  const read = readInOrder(reader, key, unread, last);
  const later = last ? read.filter((row) => isLater(row, last)) : read;
  const late = read.filter((row) => !later.includes(row));
  rejects.push(
    ...late.map(({ line }) => ({
      line,
      key,
      reason: `tells of a time before what was read of it already${last ? ` (${last.at})` : ''}`,
    })),
  );
  counts.leftOut += beyond + late.length;
  const place = later.at(-1);
  if (!place) {
    counts.unchanged += known ? 1 : 0;
    if (known) prepared.unchanged.push(known);
    return;
  }
  const fresh = together([known?.seen ?? Buffer.alloc(0), ...later.flatMap(({ line }) => digests.get(line) ?? [])]);
  prepared.fresh.push({ key, known, rows: later, seen: fresh, place });
  if (known && isDry) counts.updated += 1;
}

/** They were judged when the file was read: none can be faulty. */
function readInOrder(reader: RowReader, key: string, rows: readonly Row[], after: Place | undefined): ReadRow[] {
  const timed = rows.map((row) => {
    const read = reader.timed(row);
    if (isFaulty(read)) throw new Error(`${key}, line ${row.line}: ${read}`);
    return read;
  });
  return inOrder(timed, reader.readTime, after).map((row) => {
    const read = reader.values(row);
    if (isFaulty(read)) throw new Error(`${key}, line ${row.line}: ${read}`);
    return read;
  });
}

async function sealNew(writing: Writing, client: pg.ClientBase, prepared: Prepared): Promise<void> {
  const { definition, mapping, customer, caller, now, run, isDry } = writing;
  const work = { caller, now, cause: run };
  const all = prepared.fresh
    .filter(({ known }) => !known)
    .map((fresh) => {
      const id = randomUUIDv7();
      const built = build(prepared.building, untold(), fresh.rows);
      countSteps(prepared.counts, built);
      return { fresh, id, built };
    });
  prepared.counts.made = all.length;
  if (isDry) return;
  const numbers = await takeNumbers(client, definition, all.length);
  const lines = linesOf(prepared, definition);
  for (const [index, { fresh, id, built }] of all.entries()) {
    const { system, key } = { system: mapping.source, key: fresh.key };
    const measured = measuredOf(
      writing.measuring,
      { id, steps: built.steps, states: built.states, fields: built.fields, isKnown: false },
      [],
    );
    prepared.kept.push(measured.kept);
    const steps = begun(ended(built.fresh, measured), { _source: [toldSource({ system, key })] });
    const record = {
      id,
      number: numbers[index] ?? 0,
      customers: customer ? [customer] : [],
      steps,
      source: `${system}:${key}`,
    };
    sealObserved(work, definition, record, lines);
    const { at, order } = fresh.place;
    prepared.sources.push({
      type: definition.type,
      system,
      customer,
      key,
      record: id,
      seen: fresh.seen,
      lastAt: at,
      lastPlace: order,
    });
  }
  for (const [type, group] of Map.groupBy(prepared.newcomers, (each) => each.definition)) {
    const taken = await takeNumbers(client, type, group.length);
    group.forEach(({ record }, index) =>
      sealObserved(work, type, { ...record, number: taken[index] ?? 0 }, linesOf(prepared, type)),
    );
  }
  prepared.sources.push(...prepared.newcomers.map(({ source }) => source));
}

export function linesOf({ parts }: Prepared, definition: RecordDefinition): Lines {
  const lines = parts.get(definition) ?? noLines();
  parts.set(definition, lines);
  return lines;
}

export function countSteps(counts: Counts, { deviations, fresh }: Built): void {
  const [firstAt, lastAt] = [fresh[0]?.occurredAt ?? null, fresh.at(-1)?.occurredAt ?? null];
  add(counts, { ...noCounts(), deviations, firstAt, lastAt });
}

/** With what the measuring tells, said by the last step. */
export function ended(steps: readonly ObservedStep[], measured: Measured): ObservedStep[] {
  const last = steps.at(-1);
  if (!last) return [];
  return [
    ...steps.slice(0, -1),
    { ...last, values: { ...last.values, ...measured.values }, beside: { ...last.beside, ...measured.beside } },
  ];
}

function begun(steps: readonly ObservedStep[], beside: NonNullable<ObservedStep['beside']>): ObservedStep[] {
  const [first, ...rest] = steps;
  return first ? [{ ...first, beside: { ...first.beside, ...beside } }, ...rest] : [];
}
