// Every key of a lifecycle is obeyed: from a copy without it, some reader of lifecycles gives something else. What nobody reads may
// not be declared. The readers are those of the product; the rules are stand-ins that say their own name.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createRegistry } from '../../app/server/registry.ts';
import { atOnceOf } from '../../core/decision/input-refusals.ts';
import { declaredAt, movesOn } from '../../core/decision/declared.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import { postsIn } from '../../core/decision/open-gates.ts';
import { recordEndpoints } from '../../core/http/record-endpoints.ts';
import { decide } from '../../core/record/define/decide.ts';
import type { Lifecycle } from '../../core/lifecycle/lifecycle.ts';
import type { Rule } from '../../core/record/define/rule.ts';
import { wayOf } from '../../core/lifecycle/way.ts';
import { editRefusals } from '../../core/record/edit/edit.ts';
import { byItselfIn } from '../../core/record/edit/next-move.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { ServerRecord } from '../../core/record/define/work.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import { StatesDrawn } from '../../core/ui/page/lifecycle-bar.tsx';
import { leading } from '../../core/ui/page/leading.ts';
import { StateWord } from '../../core/ui/tone.tsx';
import { declaredView } from '../../core/record/page/read.ts';
import type { MoveView } from '../../core/record/page/read.ts';

const registry = createRegistry();
const records = [...registry.records.values()];
const me = '01990000-0000-7000-8000-000000000000';
const now = '2026-06-05T08:00:00.000Z';

type Path = readonly (string | number)[];

/** Paths of every key below the parts of a lifecycle; lists are values as a whole. */
function keysOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => [[...path, name], ...keysOf(each, [...path, name])]);
}

/** Separations are lists of objects: their keys count too. */
function separationKeys(lifecycle: Lifecycle): Path[] {
  return Object.entries(lifecycle.moves).flatMap(([name, move]) =>
    (move.separation ?? []).flatMap((each, index) =>
      Object.keys(each).map((key) => ['moves', name, 'separation', index, key]),
    ),
  );
}

function without(lifecycle: Lifecycle, path: Path): Lifecycle {
  const copy = structuredClone(lifecycle);
  const last = path.at(-1) ?? '';
  let holder = copy as unknown as Record<string | number, unknown>; // plain data by definition
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>;
  Reflect.deleteProperty(holder, last);
  return copy;
}

/** What a reader gives; a lifecycle that it cannot work with at all counts as read. */
function told(read: () => unknown): string {
  try {
    return JSON.stringify(read()) ?? 'nothing';
  } catch (error) {
    return String(error);
  }
}

/** What the readers make of a lifecycle, over the states of the whole one, and of its moves over those that are named; the dear ones last. */
function readers(record: ServerRecord, lifecycle: Lifecycle, moves: readonly string[]): (() => unknown)[] {
  const definition: RecordDefinition = { ...record.definition, lifecycle };
  const states = Object.keys(record.definition.lifecycle.states);
  const gates = [...registry.gates.values()];
  return [
    () => [lifecycle.initial, lifecycle.create.who, lifecycle.create.rules],
    ...moves.flatMap((name) => states.map((state) => () => judgements(lifecycle, name, state))),
    ...states.flatMap((state) => [
      () => viewsOf(lifecycle, state),
      () => leading(lifecycle, viewsOf(lifecycle, state))?.name,
      () => wayOf(lifecycle, state),
      () => postsIn(lifecycle, state),
      () => byItselfIn(lifecycle, state)?.map((each) => (typeof each === 'string' ? each : each.after)),
      () =>
        [[], allGrants].map((grants) =>
          editRefusals(
            { ...record, definition, rules: namedRules },
            inState(state),
            { id: me, kind: 'person', grants },
            { facts: {}, now },
          ),
        ),
      () => gates.map((gate) => atGate(lifecycle, gate, state)),
      () => renderToStaticMarkup(createElement(StateWord, { lifecycle, state })),
      () => renderToStaticMarkup(createElement(StatesDrawn, { definition, state })),
    ]),
    () =>
      recordEndpoints({ ...record, definition })
        .filter(({ path }) => isAbout(path, moves))
        .map(endpointInWords),
  ];
}

function atGate(lifecycle: Lifecycle, gate: Gate, state: string): unknown {
  const { moves, inState: isOpen, rules, separation } = declaredAt(lifecycle, gate, state);
  const on = (['approve', 'reject', 'withdraw'] as const).map((each) => movesOn(moves, state, each));
  return [isOpen, rules, separation, on, isRework(moves), atOnceOf({ moves })];
}

/** Endpoints of the moves named, and those that no move has. */
const isAbout = (path: string, moves: readonly string[]) => {
  const move = path.split('/moves/')[1];
  return move === undefined || moves.includes(move);
};

const isRework = (moves: Lifecycle['moves']) =>
  Object.entries(moves).flatMap(([name, { back }]) => (back ? [name] : []));

const endpointInWords = (endpoint: ReturnType<typeof recordEndpoints>[number]) => [
  endpoint.method,
  endpoint.path,
  endpoint.summary,
  endpoint.body ? z.toJSONSchema(endpoint.body, { unrepresentable: 'any', io: 'input' }) : null,
];

const allGrants = [...registry.roles.values()].map(({ code, side }) => ({
  role: code,
  side,
  customer: null,
  limit: null,
  onBehalfOf: null,
  delegationId: null,
  id: me,
}));

const inState = (state: string, profile: RecordData['profile'] = 'standard'): RecordData => ({
  id: me,
  type: 'x',
  ref: 'X-1',
  number: 1,
  title: 'X',
  state,
  stage: 'strategy',
  version: 1,
  customers: [],
  owner: null,
  createdAt: now,
  updatedAt: now,
  providerId: me,
  lineage: me,
  profile,
  contentHash: '',
  headHash: '',
  commitments: {},
  next: null,
  fields: {},
});

/** A rule of any name, that refuses by its name. */
const namedRules = new Proxy<Record<string, Rule>>(
  {},
  { get: (_, name) => ({ sentence: String(name), check: () => [refusal(`rule.${String(name)}`, 'No.', 'No.')] }) },
);
const noRules = new Proxy<Record<string, Rule>>({}, { get: () => ({ sentence: '', check: () => [] }) });

/** Everybody who ever made any move is the actor: every separation bars. */
const pastActors = new Proxy<Record<string, string[]>>({}, { get: () => [me] });

function judgements(lifecycle: Lifecycle, moveName: string, state: string): unknown[] {
  return (['person', 'decision', 'system'] as const).flatMap((by) =>
    [{}, { reason: 'So.', reasonCode: Object.keys(lifecycle.moves[moveName]?.reasonCodes ?? {})[0] }].flatMap((input) =>
      [
        { rules: namedRules, grants: [], values: {}, past: {} },
        { rules: noRules, grants: allGrants, values: filled, past: {} },
        { rules: noRules, grants: allGrants, values: filled, past: pastActors },
      ].map(({ rules, grants, values, past }) => {
        const context = { record: inState(state, 'regulated'), values, facts: {}, actor: { id: me, grants }, now };
        return decide({ lifecycle, moveName, input, rules, pastActors: past, by, context });
      }),
    ),
  );
}

/** Any field holds something that can be told from "now", a count and a person. */
const filled = new Proxy<Record<string, unknown>>({}, { get: () => '2020-02-02T02:02:02.000Z' });

const viewsOf = (lifecycle: Lifecycle, state: string): MoveView[] =>
  Object.entries(lifecycle.moves)
    .filter(([, { from }]) => from.includes(state))
    .map(([name, move]) => ({ ...declaredView(name, move, state), allowed: true, refusals: [] }));

it.each(records.map((record) => ({ type: record.definition.type, record })))(
  'every key of the lifecycle of $type is obeyed',
  ({ record }) => {
    const { lifecycle } = record.definition;
    const known = new Map<string, string>();
    const isUnread = (path: Path) => {
      // A key of a move concerns what is made of that move.
      const moves = path[0] === 'moves' && path.length > 2 ? [String(path[1])] : Object.keys(lifecycle.moves);
      const whole = readers(record, lifecycle, moves);
      const ofWhole = (index: number) => {
        const key = `${moves.join()} ${index}`;
        const found = known.get(key) ?? told(whole[index] ?? (() => undefined));
        known.set(key, found);
        return found;
      };
      const copy = readers(record, without(lifecycle, path), moves);
      return copy.every((read, index) => told(read) === ofWhole(index));
    };
    const unread = [...keysOf(lifecycle), ...separationKeys(lifecycle)].filter(isUnread);
    expect(unread.map((path) => path.join('.'))).toEqual([]);
  },
);
