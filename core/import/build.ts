// From the rows of one record to its observed steps, begun or continued. Pure.
import { isReached } from '../trait/clocks/course.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import type { ObservedStep } from '../record/observe/observe.ts';
import type { FieldValues } from '../record/define/row.ts';
import type { Mapping } from './mapping.ts';
import type { Observing, PlacedState } from '../record/define/observing.ts';
import { Mention } from './read.ts';
import type { ReadRow } from './read.ts';

export interface Building {
  definition: RecordDefinition;
  mapping: Mapping;
  observing: Observing;
  /** Set on each record, whatever the rows say. */
  given: Readonly<FieldValues>;
  idOf: (mention: Mention) => string;
}

/** How far a record was told. */
export interface Told {
  /** Null before its first step. */
  state: string | null;
  /** With its title. */
  fields: FieldValues;
  states: PlacedState[];
  /** How many steps were told. */
  steps: number;
}

export const untold = (): Told => ({ state: null, fields: {}, states: [], steps: 0 });

export interface Built extends Told {
  fresh: ObservedStep[];
  /** Steps that the lifecycle does not know, by what they were. */
  deviations: Record<string, number>;
}

/** The name of the lifecycle's move between two states; undefined for a step that it does not know. */
export function moveBetween({ moves }: Lifecycle, from: string, to: string): string | undefined {
  return Object.entries(moves).find(([, move]) => move.from.includes(from) && move.to === to)?.[0];
}

const words = (state: string | null): string => String(state).replaceAll('_', ' ');

/** Takes rows in, in the order in which they happened. */
export function build(building: Building, before: Told, rows: readonly ReadRow[]): Built {
  const { definition, observing, mapping } = building;
  const { lifecycle } = definition;
  const deviations: Record<string, number> = {};
  const count = (what: string) => {
    deviations[what] = (deviations[what] ?? 0) + 1;
  };
  const fresh: ObservedStep[] = [];
  const states = [...before.states];
  const standing: FieldValues = { ...before.fields };
  let { state } = before;
  for (const row of rows) {
    const to: string = row.state ?? state ?? lifecycle.initial;
    const known = state === null || to === state ? null : moveBetween(lifecycle, state, to);
    if (state === null && to !== lifecycle.initial) count(`begins ${words(to)}`);
    if (known === undefined) count(`${words(state)} → ${words(to)}`);
    if (row.state === null) count('a state without a meaning');
    const values = valuesOf(building, row);
    const place = placed(definition, row, { to, values, mapping, step: before.steps + fresh.length });
    if (isAnew(lifecycle, row, { state, to, place, last: states.at(-1) })) states.push(place);
    const fills = (field: string) => Object.hasOwn(mapping.fields, field);
    const step = { at: row.at, from: state, to, tellsState: row.state !== null, values, standing, states, fills };
    Object.assign(values, observing.tells?.(step));
    const altered = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => (standing[name] ?? null) !== value),
    );
    Object.assign(standing, altered);
    const by = row.by && building.idOf(row.by);
    fresh.push({ occurredAt: row.at, to: to === state ? null : to, move: known ?? null, values: altered, by });
    state = to;
  }
  return { state, fields: standing, states, steps: before.steps + fresh.length, fresh, deviations };
}

/** What a row gives, with ids for whom it speaks of. */
function valuesOf({ definition, given, idOf }: Building, { state, besides, values }: ReadRow): FieldValues {
  const { clocks } = definition.lifecycle;
  const read: FieldValues = { ...given };
  for (const [name, value] of Object.entries(values)) read[name] = value instanceof Mention ? idOf(value) : value;
  for (const [name, value] of Object.entries(besides)) read[name] = asField(definition, name, value);
  // What it waits for is told anew by each row: it is nothing where it does not wait.
  if (clocks?.pausedFor !== undefined && !waits(definition.lifecycle, state)) read[clocks.pausedFor] = null;
  else if (clocks?.pausedFor !== undefined) read[clocks.pausedFor] = besides[clocks.pausedFor] ?? null;
  return read;
}

/** A word of the mapping as its field's value; it was judged before. */
function asField({ fields }: RecordDefinition, name: string, value: string): unknown {
  const kind = fields[name]?.kind;
  if (kind === 'integer' || kind === 'decimal') return Number(value);
  return kind === 'boolean' ? value === 'true' : value;
}

const waits = ({ states }: Lifecycle, state: string | null): boolean =>
  state !== null && states[state]?.clocks === 'pause';

function placed(
  { lifecycle, traits }: RecordDefinition,
  row: ReadRow,
  { to, values, mapping, step }: { to: string; values: FieldValues; mapping: Mapping; step: number },
): PlacedState {
  const { pausedFor = '', stoppedAt: stops = {} } = lifecycle.clocks ?? {};
  const field = Object.values(stops)[0];
  const isDone = traits?.clocks !== undefined && isReached(lifecycle, row.state ?? undefined);
  const told = field !== undefined && Object.hasOwn(mapping.fields, field) ? values[field] : row.at;
  return {
    state: to,
    pausedFor: row.besides[pausedFor] ?? null,
    at: row.at,
    stoppedAt: isDone && typeof told === 'string' ? told : null,
    step,
  };
}

interface Anew {
  state: string | null;
  to: string;
  place: PlacedState;
  last: PlacedState | undefined;
}

/** Another state, or another reason of the same wait. */
const isAnew = (lifecycle: Lifecycle, row: ReadRow, { state, to, place, last }: Anew): boolean =>
  to !== state || (waits(lifecycle, row.state) && place.pausedFor !== last?.pausedFor);
