// The clocks and the fact of a record whose course a source told. Pure but for the ids of clocks.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import type { Json } from '../journal/format/hash.ts';
import { copyLine, copyLines } from '../record/define/copy.ts';
import type { MeasuredTrait, RecordDefinition } from '../record/define/define.ts';
import type { FieldValues } from '../record/define/row.ts';
import { cancelled, isLive, summary, withBreach } from '../trait/clocks/clock.ts';
import type { RecordClock } from '../trait/clocks/clock.ts';
import { clocksOfCourse, reachedAt } from '../trait/clocks/course.ts';
import { clockColumns, clockValues, saveClocks, toldClock } from '../trait/clocks/store.ts';
import { caseFactColumns, caseFactValues } from '../trait/measured/fact.ts';
import type { CaseFact } from '../trait/measured/fact.ts';
import { minutesOfClocks } from '../trait/measured/minutes.ts';
import { keepFact } from '../trait/measured/store.ts';
import type { Course, TermsAt } from '../record/define/observing.ts';

export interface Measuring {
  definition: RecordDefinition;
  given: Readonly<FieldValues>;
  customer: string | null;
  /** ISO instant of the import. */
  now: string;
  termsAt: TermsAt | undefined;
}

/** What is kept of an observed record beside it. */
export interface Kept {
  id: string;
  isKnown: boolean;
  fact: CaseFact | null;
  /** Of one that may still go on; what is over for good has its minutes in its fact. */
  clocks: readonly RecordClock[];
}

/** What its last step tells besides, and what is kept of it. */
export interface Measured {
  values: FieldValues;
  beside: Readonly<Record<string, Json>>;
  kept: Kept;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** @param before its clocks as an earlier import left them */
export function measured(measuring: Measuring, course: Course, before: readonly RecordClock[]): Measured {
  const { definition, now, termsAt } = measuring;
  const { clocks: clocksTrait, measured: trait } = definition.traits ?? {};
  const { id, states, fields, isKnown } = course;
  const at = Date.parse(now);
  const opened = clocksTrait?.since ?? trait?.opened;
  const openedAt = (opened === undefined ? null : textOf(fields[opened])) ?? states[0]?.at ?? '';
  const { lifecycle } = definition;
  const made = clocksTrait
    ? clocksOfCourse({
        lifecycle,
        kinds: clocksTrait.kinds,
        newId: randomUUIDv7,
        openedAt,
        states,
        terms: termsAt?.(openedAt, fields) ?? null,
        whenCancelled: `${definition.label.toLowerCase()} cancelled`,
      })
    : [];
  // What the source no longer tells anything to measure by is not measured: clocks that stood end where they began.
  const clocks = made.length
    ? asBefore(inOrder(made.map((clock) => withBreach(clock, at))), before)
    : before.map((clock) => (isLive(clock) ? cancelled(clock, Date.parse(openedAt), 'replaced') : clock));
  const fact = trait ? factOf(measuring, course, { trait, openedAt, clocks }) : null;
  const isOver = lifecycle.states[states.at(-1)?.state ?? '']?.final === true;
  const kept = isOver && before.length === 0 ? [] : clocks;
  return {
    values: made.length ? shownOf(clocks, { at, isKnown }) : before.length ? { breached: null, nextDueAt: null } : {},
    beside: {
      ...(fact ? { _measured: toldFact(fact) } : {}),
      ...(kept.length ? { _clocks: kept.map((clock) => toldClock(clock, at)) } : {}),
    },
    kept: { id, isKnown, fact, clocks: kept },
  };
}

/** What was measured elsewhere stands in the last entry: nothing but the source can tell it again. */
function toldFact({ recordId: _record, recordType: _type, serviceId: _service, ...measure }: CaseFact): Json {
  return { ...measure };
}

function shownOf(clocks: readonly RecordClock[], { at, isKnown }: { at: number; isKnown: boolean }): FieldValues {
  const { nextDueAt, breached } = summary([...clocks], at);
  return { breached, ...(nextDueAt === null && !isKnown ? {} : { nextDueAt }) };
}

/** Clocks are read in the order of their ids, and ids made in one millisecond have none of their own. */
function inOrder(clocks: readonly RecordClock[]): RecordClock[] {
  const ids = clocks.map(({ id }) => id).toSorted();
  return clocks.map((clock, index) => ({ ...clock, id: ids[index] ?? clock.id }));
}

/** The clocks that stood go on under their own ids, each kind in its order. */
function asBefore(clocks: readonly RecordClock[], before: readonly RecordClock[]): RecordClock[] {
  const ids = Map.groupBy(before, ({ kind }) => kind);
  return clocks.map((clock) => ({ ...clock, id: ids.get(clock.kind)?.shift()?.id ?? clock.id }));
}

interface Of {
  trait: MeasuredTrait;
  openedAt: string;
  clocks: readonly RecordClock[];
}

/** The measured side of an observed record, by its clocks. */
function factOf({ definition, given, customer }: Measuring, course: Course, { trait, openedAt, clocks }: Of): CaseFact {
  const { id, fields, states } = course;
  const of = (field: string | undefined) => (field === undefined ? null : textOf(fields[field] ?? given[field]));
  const count = (field: string | undefined) => (field === undefined ? 0 : Number(fields[field] ?? 0));
  const last = states.at(-1);
  const { at: endedAt, isKnown } = endsWithClock(definition, trait)
    ? reachedAt(definition.lifecycle, states, openedAt)
    : endOf(trait, course);
  const minutes = minutesOfClocks(clocks, trait.clock);
  return {
    recordId: id,
    recordType: definition.type,
    serviceId: of(trait.service),
    customerId: customer,
    state: last?.state ?? definition.lifecycle.initial,
    priority: of(trait.priority),
    category: of(trait.category),
    teamId: of(trait.team),
    openedAt,
    endedAt,
    closedAt: last?.state === trait.closedIn ? last.at : null,
    reassignments: count(trait.reassignments),
    reopens: count(trait.reopens),
    entries: touchesOf(trait, course),
    ...(isKnown || endedAt === null ? minutes : { ...minutes, workedMinutes: null, waitedMinutes: 0 }),
  };
}

const isEnded = ({ endedIn }: MeasuredTrait, state: string | undefined): boolean =>
  state !== undefined && endedIn.includes(state);

/** Its clock stops at an instant that the source may tell apart: that is when the record ended. */
const endsWithClock = ({ traits, lifecycle }: RecordDefinition, { clock }: MeasuredTrait): boolean =>
  traits?.clocks !== undefined && clock !== undefined && clock in (lifecycle.clocks?.stoppedAt ?? {});

/** When any other record ended. */
function endOf(trait: MeasuredTrait, { states, fields }: Course): { at: string | null; isKnown: boolean } {
  const last = states.at(-1);
  if (!isEnded(trait, last?.state)) return { at: null, isKnown: true };
  const told = trait.ended.map((field) => textOf(fields[field])).find((at) => at !== null);
  return { at: told ?? last?.at ?? null, isKnown: true };
}

/** Steps of its handling, up to the one that ended it for good; what is written after that touches nobody. */
function touchesOf(trait: MeasuredTrait, { steps, states }: Course): number {
  if (!isEnded(trait, states.at(-1)?.state)) return steps;
  const lastOpen = states.findLastIndex(({ state }) => !isEnded(trait, state));
  const ending = states[lastOpen + 1];
  return ending ? ending.step + 1 : steps;
}

/** Writes facts and clocks of a batch; what stood is written over. */
export async function writeMeasured(
  client: pg.ClientBase,
  { providerId, now }: { providerId: string; now: string },
  kept: readonly Kept[],
): Promise<void> {
  const at = Date.parse(now);
  const fresh = kept.filter(({ isKnown }) => !isKnown);
  const facts = fresh.flatMap(({ fact }) => (fact ? [copyLine(caseFactValues(providerId, fact))] : []));
  await copyLines(client, 'core.case_fact', caseFactColumns, facts);
  const clocks = fresh.flatMap(({ id, clocks: own }) =>
    own.map((clock) => copyLine(clockValues({ providerId, id }, clock, at))),
  );
  await copyLines(client, 'core.clock', clockColumns.join(', '), clocks);
  for (const { id, fact, clocks: own, isKnown } of kept) {
    if (!isKnown) continue;
    // What the source tells anew counts, whatever was measured before.
    if (fact) await keepFact(client, providerId, { fact, measured: true });
    await saveClocks(
      client,
      { providerId, id },
      own.map((clock) => ({ ...clock, touched: true })),
      at,
    );
  }
}
