// Walks over every lifecycle, generated from its data: as a graph, and through the API from creation to each state by the shortest path.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked, leadsTo } from '../../core/lifecycle/lifecycle.ts';
import type { Lifecycle } from '../../core/lifecycle/lifecycle.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { exploration } from '../support/exploration.ts';
import type { Exploration } from '../support/exploration.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { reachedElsewhere } from './reached-elsewhere.ts';

const types = [...createRegistry().records.values()].map(({ definition }) => ({
  type: definition.type,
  lifecycle: definition.lifecycle,
  fields: definition.fields,
}));

/** States that some moves lead to from the given ones. */
function reachable({ moves }: Lifecycle, from: readonly string[]): Set<string> {
  const found = new Set(from);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const move of Object.values(moves))
      for (const state of move.from) if (found.has(state)) found.add(leadsTo(move, state));
  }
  return found;
}

describe('a lifecycle as a graph', () => {
  it.each(types)(
    'of $type has no state that nothing leads to, and no dead end but its final states',
    ({ lifecycle }) => {
      const states = Object.keys(lifecycle.states);
      expect(states.filter((state) => !reachable(lifecycle, [lifecycle.initial]).has(state))).toEqual([]);
      const leads = (state: string) => Object.values(lifecycle.moves).some((move) => move.from.includes(state));
      expect(states.filter((state) => leads(state) === (lifecycle.states[state]?.final === true))).toEqual([]);
      const finals = states.filter((state) => lifecycle.states[state]?.final);
      if (finals.length)
        expect(states.filter((state) => !finals.some((final) => reachable(lifecycle, [state]).has(final)))).toEqual([]);
    },
  );

  it.each(types)(
    'of $type asks only for its own fields, and for a decision only at gates that there are',
    ({ lifecycle, fields }) => {
      const { gates, roles } = createRegistry();
      for (const [name, move] of Object.entries(lifecycle.moves)) {
        expect([name, asked(move).filter(({ field }) => !(field in fields))]).toEqual([name, []]);
        expect([
          name,
          move.gate === undefined || gates.has(move.gate),
          (move.gate === undefined) === (move.on === undefined),
        ]).toEqual([name, true, true]);
        expect([name, move.who.filter((role) => !roles.has(role) && role !== 'system' && role !== '*')]).toEqual([
          name,
          [],
        ]);
        expect([name, move.who.length > 0 || move.gate !== undefined]).toEqual([name, true]);
      }
    },
  );
});

it.each(
  Object.entries(reachedElsewhere).flatMap(([type, states]) =>
    Object.entries(states).map(([state, where]) => ({ type, state, ...where })),
  ),
)('$type $state is reached by $file', ({ file, move }) => {
  expect(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')).toContain(`'${move}'`);
});

describe('a lifecycle through the API', () => {
  let app: TestApplication;
  let explored: Exploration;
  beforeAll(async () => {
    app = await createTestApplication();
    explored = await exploration(app);
  }, 120_000);
  afterAll(() => app.close());

  it.each(types)(
    'of $type is walked to each of its states',
    async ({ type, lifecycle }) => {
      await explored.walk(type);
      const missing = Object.keys(lifecycle.states).filter(
        (state) => !explored.reached(type).has(state) && !reachedElsewhere[type]?.[state],
      );
      expect(missing.map((state) => `${type} ${state}: ${explored.why(type, state)}`)).toEqual([]);
    },
    60_000,
  );
});
