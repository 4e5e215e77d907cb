// From the rows of one incident to its observed record. Pure but for the ids it asks for.
import { observedId } from '../../../core/record/observe.ts';
import type { ObservedRecord, ObservedStep } from '../../../core/record/observe.ts';
import type { FieldValues } from '../../../core/record/row.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { isReached, reopeningsOf } from '../../../core/trait/clocks/course.ts';
import type { ObservedState } from '../../../core/trait/clocks/course.ts';
import type { ColumnRule, Mapping } from './mapping.ts';
import { placedRows } from './order.ts';
import type { PlacedRow } from './order.ts';
import type { SourceRow } from './read.ts';
import type { TimeReader } from './wall-time.ts';

/** People, teams and components that rows speak of, by what the source calls them. */
export interface Parties {
  person: (name: string, side: 'customer' | 'provider') => string;
  team: (name: string) => string;
  component: (name: string) => string;
}

export interface Reject {
  line: number;
  key: string;
  reason: string;
}
export interface Built {
  record: Omit<ObservedRecord, 'number'>;
  deviations: Record<string, number>;
  /** Its states, and changes of what it waits for, each with the place of its step. */
  states: (ObservedState & { step: number })[];
  fields: FieldValues;
  openedAt: string;
  priority: string | null;
}

export interface Builder {
  providerId: string;
  mapping: Mapping;
  columns: ReadonlyMap<string, number>;
  readTime: TimeReader;
  serviceId: string | null;
  customerId: string | null;
  parties: Parties;
}

const moves = Object.entries(incidentLifecycle.moves);

/** The name of the lifecycle's move between two states; undefined for a step that it does not know. */
export function moveBetween(from: string, to: string): string | undefined {
  return moves.find(([, move]) => (move.from as readonly string[]).includes(from) && move.to === to)?.[0];
}

/** Builds one incident from its rows, in the order they happened; a row that cannot be read is rejected with its reason, the rest stands. */
export function buildIncident(
  builder: Builder,
  key: string,
  rows: readonly SourceRow[],
  reject: (found: Reject) => void,
): Built | undefined {
  const read = placedRows(builder, key, rows, reject).flatMap((row) => readRow(builder, key, row, reject));
  if (!read.length) return undefined;
  const deviations: Record<string, number> = {};
  const count = (what: string) => {
    deviations[what] = (deviations[what] ?? 0) + 1;
  };
  const steps: ObservedStep[] = [];
  const states: Built['states'] = [];
  const standing: FieldValues = {};
  let state: string | null = null;
  for (const row of read) {
    const to: string | null = row.state ?? state ?? incidentLifecycle.initial;
    const known = state === null || to === state ? null : moveBetween(state, to);
    if (state === null && to !== incidentLifecycle.initial) count(`begins ${to.replaceAll('_', ' ')}`);
    if (known === undefined) count(`${state?.replaceAll('_', ' ')} → ${to.replaceAll('_', ' ')}`);
    if (row.state === null) count('a state without a meaning');
    const isAnew = to !== state || (row.state === 'pending' && row.pendingReason !== states.at(-1)?.pausedFor);
    const { pendingReason: pausedFor, at, restoredAt: stoppedAt } = row;
    if (isAnew) states.push({ state: to, pausedFor, at, stoppedAt, step: steps.length });
    Object.assign(row.values, countsOf(builder, { row, standing, states, state, to }));
    const values = Object.fromEntries(
      Object.entries(row.values).filter(([name, value]) => (standing[name] ?? null) !== value),
    );
    Object.assign(standing, values);
    steps.push({ occurredAt: row.at, to: to === state ? null : to, move: known ?? null, values, by: row.by });
    state = to;
  }
  const { customerId } = builder;
  return {
    record: {
      id: observedId(builder.providerId, builder.mapping.source, key),
      customers: customerId ? [customerId] : [],
      steps,
      source: `${builder.mapping.source}:${key}`,
    },
    deviations,
    states,
    fields: standing,
    openedAt: textOf(standing['loggedAt']) ?? states[0]?.at ?? '',
    priority: textOf(standing['priority']),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What this system counts by itself, where the source does not tell it: first response, reopenings, changes of team. */
function countsOf(
  { mapping: { fields } }: Builder,
  {
    row,
    standing,
    states,
    state,
    to,
  }: { row: ReadRow; standing: FieldValues; states: Built['states']; state: string | null; to: string },
): FieldValues {
  const counted: FieldValues = {};
  if (!fields['reopenCount'] && isReached(incidentLifecycle, state ?? undefined) && !isReached(incidentLifecycle, to))
    counted['reopenCount'] = reopeningsOf(incidentLifecycle, states);
  const { team } = row.values;
  if (!fields['reassignmentCount'] && team && standing['team'] && team !== standing['team'])
    counted['reassignmentCount'] = Number(standing['reassignmentCount'] ?? 0) + 1;
  const isAnswer = to === 'in_progress' || to === 'pending' || isReached(incidentLifecycle, to);
  if (isAnswer && !standing['respondedAt']) counted['respondedAt'] = row.at;
  return counted;
}

interface ReadRow {
  at: string;
  state: string | null;
  pendingReason: string | null;
  restoredAt: string | null;
  values: FieldValues;
  by: string | null;
}

function readRow(
  builder: Builder,
  key: string,
  { line, cell, at }: PlacedRow,
  reject: (found: Reject) => void,
): ReadRow[] {
  const { mapping } = builder;
  const refuse = (reason: string): [] => {
    reject({ line, key, reason });
    return [];
  };
  const told = mapping.state.values[cell(mapping.state.column) ?? ''];
  if (!told)
    return refuse(
      `${mapping.state.column} has a value that the mapping does not know: ${cell(mapping.state.column) ?? 'nothing'}`,
    );
  const values: FieldValues = {
    service: builder.serviceId,
    title: titleOf(mapping, cell),
    pendingReason: told.state === 'pending' ? (told.pendingReason ?? null) : null,
  };
  for (const [name, rule] of Object.entries(mapping.fields)) {
    if (rule.inStates && !(told.state && rule.inStates.includes(told.state))) continue;
    const text = cell(rule.column);
    // The same words at the same moment say the same instant, in the hour that comes twice as well.
    const isNow = rule.as === 'instant' && text !== null && text === cell(mapping.occurredAt);
    const value = isNow ? at : valueOf(builder, rule, text);
    if (value === undefined) return refuse(`${rule.column} cannot be read: ${text}`);
    values[name] = value;
  }
  const isDone = isReached(incidentLifecycle, told.state ?? undefined);
  if (isDone) values['resolvedAt'] = values['serviceRestoredAt'] ?? at;
  const by = mapping.by ? valueOf(builder, mapping.by, cell(mapping.by.column)) : null;
  return [
    {
      at,
      state: told.state,
      pendingReason: told.pendingReason ?? null,
      restoredAt: isDone ? (mapping.fields['serviceRestoredAt'] ? textOf(values['serviceRestoredAt']) : at) : null,
      values,
      by: textOf(by),
    },
  ];
}

function titleOf(mapping: Mapping, cell: (column: string) => string | null): string {
  const filled = mapping.title.replace(/\{(\w+)\}/g, (_all, column: string) => cell(column) ?? '–');
  return filled.slice(0, 300);
}

/** A cell by its rule; undefined when it cannot be read. */
function valueOf({ readTime, parties }: Builder, rule: ColumnRule, text: string | null): unknown {
  if (text === null) return null;
  if (rule.values) return rule.values[text];
  switch (rule.as) {
    case 'integer':
      return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
    case 'instant':
      return readTime(text);
    case 'customer_person':
      return parties.person(text, 'customer');
    case 'provider_person':
      return parties.person(text, 'provider');
    case 'team':
      return parties.team(text);
    case 'component':
      return parties.component(text);
    case 'text':
      return text;
  }
}
