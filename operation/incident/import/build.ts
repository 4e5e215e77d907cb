// From the rows of one incident to its observed record. Pure but for the ids it asks for.
import { observedId } from '../../../core/record/observe.ts';
import type { ObservedRecord, ObservedStep } from '../../../core/record/observe.ts';
import type { FieldValues } from '../../../core/record/row.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import type { ColumnRule, Mapping } from './mapping.ts';
import type { SourceRow } from './read.ts';

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
  states: { state: string; pendingReason: string | null; at: string }[];
  fields: FieldValues;
}

export interface Builder {
  providerId: string;
  mapping: Mapping;
  columns: ReadonlyMap<string, number>;
  readTime: (text: string) => string | undefined;
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
  const read = rows
    .flatMap((row) => readRow(builder, key, row, reject))
    .toSorted((a, b) => (a.at === b.at ? a.order - b.order || a.line - b.line : a.at < b.at ? -1 : 1));
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
    const values = Object.fromEntries(
      Object.entries(row.values).filter(([name, value]) => (standing[name] ?? null) !== value),
    );
    Object.assign(standing, values);
    steps.push({ occurredAt: row.at, to: to === state ? null : to, move: known ?? null, values, by: row.by });
    if (to !== state) states.push({ state: to, pendingReason: row.pendingReason, at: row.at });
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
  };
}

interface ReadRow {
  line: number;
  order: number;
  at: string;
  state: string | null;
  pendingReason: string | null;
  values: FieldValues;
  by: string | null;
}

function readRow(
  builder: Builder,
  key: string,
  { line, cells }: SourceRow,
  reject: (found: Reject) => void,
): ReadRow[] {
  const { mapping, columns, readTime } = builder;
  const refuse = (reason: string): [] => {
    reject({ line, key, reason });
    return [];
  };
  if (cells.length !== columns.size) return refuse(`${cells.length} columns instead of ${columns.size}`);
  const cell = (column: string): string | null => {
    const text = cells[columns.get(column) ?? -1] ?? '';
    return text === '' || mapping.missing.includes(text) ? null : text;
  };
  const at = readTime(cell(mapping.occurredAt) ?? '');
  if (!at) return refuse(`${mapping.occurredAt} is no time: ${cell(mapping.occurredAt) ?? 'nothing'}`);
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
    const value = valueOf(builder, rule, cell(rule.column));
    if (value === undefined) return refuse(`${rule.column} cannot be read: ${cell(rule.column)}`);
    values[name] = value;
  }
  if (told.state === 'resolved' || told.state === 'closed') values['resolvedAt'] = values['serviceRestoredAt'] ?? at;
  const by = mapping.by ? valueOf(builder, mapping.by, cell(mapping.by.column)) : null;
  return [
    {
      line,
      order: Number(mapping.order ? cell(mapping.order) : 0) || 0,
      at,
      state: told.state,
      pendingReason: told.pendingReason ?? null,
      values,
      by: typeof by === 'string' ? by : null,
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
