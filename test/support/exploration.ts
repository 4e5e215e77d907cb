// Walks records through their lifecycles by what their data says: shortest path first, each move by somebody who may, with what it asks.
import { randomUUIDv7 } from 'node:crypto';
import { setScene } from '../../examples/harbour/cast.ts';
import type { Scene as Harbour } from '../../examples/harbour/cast.ts';
import { agree, design } from '../../examples/harbour/strategy.ts';
import { transition } from '../../examples/harbour/transition.ts';
import { supplied } from './supply.ts';
import { keyOf } from './keys.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Work } from '../../core/record/define/work.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import { roles } from '../../handover/roles.ts';
import type { TestApplication } from './application.ts';
import { client } from './client.ts';
import type { Client } from './client.ts';
import { groundOf } from './walked.ts';
import { creations } from './walk-creations.ts';
import { recipes } from './walk-recipes.ts';
import { asSystem, bring, bySystem, pass, shortestPaths, step } from './walk-steps.ts';

export interface Exploration {
  scene: Scene;
  /** Walks fresh records of a type as far as its data allows. */
  walk: (type: string) => Promise<void>;
  /** Makes what walking left out: an edit, and every move that no record of the type made yet. */
  everyAct: (type: string) => Promise<void>;
  /** Brings a fresh record of a type to where a gate is decided, and decides it there. */
  pass: (type: string, gate: string) => Promise<void>;
  /** States that records of the type have been in. */
  reached: (type: string) => ReadonlySet<string>;
  /** The last reason why a state was not reached. */
  why: (type: string, state: string) => string;
}

/** People who hold every role of their side, and records of every type to point at. */
export interface Scene {
  app: TestApplication;
  providerId: string;
  /** Another person of the provider with every role, for what the first may not do alone. */
  second: Client;
  bySystem: (type: string, id: string, move: string) => Promise<void>;
  /** What no person does: a job's own work. Returns the id that it gives. */
  asSystem: (make: (work: Work) => Promise<string>) => Promise<string>;
  /** The people of the example. */
  cast: Harbour['cast'];
  business: Client;
  provider: Client;
  customer: string;
  /** The newest record of a type. */
  any: (type: string) => Promise<string>;
  /** The oldest record of a type: the example's own. */
  first: (type: string) => Promise<string>;
  /** All records of a type, newest first. */
  all: (type: string) => Promise<string[]>;
  /** Records of a type that stand in one of some states, newest first. */
  standing: (type: string, states: readonly string[]) => Promise<string[]>;
}

/** The example's thread, and people who may do anything on it. */
export async function exploredScene(app: TestApplication): Promise<Scene> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const stage = await setScene(groundOf(app), url, '2015-09-07T12:00:00.000Z', '2017-03-01T12:00:00.000Z');
  const agreed = await agree(stage);
  await transition(stage, agreed, await design(stage, agreed));
  return sceneOf(app, stage.providerId, stage.customerId, stage.cast);
}

/** The example's thread is walked first: the states on its way need the whole of it. */
export async function exploration(app: TestApplication): Promise<Exploration> {
  const scene = await exploredScene(app);
  const reasons = new Map<string, string>();
  const seen = new Map<string, Set<string>>();
  const look = async () => {
    const { rows } = await app.database.ownerPool.query<{ type: string; state: string }>(
      'select distinct record_type as type, to_state as state from core.journal where to_state is not null',
    );
    for (const { type, state } of rows) seen.set(type, (seen.get(type) ?? new Set()).add(state));
  };
  await look();
  return {
    scene,
    walk: async (type) => {
      await walkType(scene, type, seen.get(type) ?? new Set(), reasons);
      await look();
    },
    pass: (type, gate) => pass(scene, type, gate),
    everyAct: (type) => everyAct(scene, type, reasons),
    reached: (type) => seen.get(type) ?? new Set(),
    why: (type, state) => reasons.get(`${type} ${state}`) ?? 'no move that a person may make leads there',
  };
}

async function sceneOf(
  app: TestApplication,
  providerId: string,
  customer: string,
  cast: Harbour['cast'],
): Promise<Scene> {
  const every = async (side: 'B' | 'P'): Promise<Client> => {
    const by = side === 'B' ? cast.customerAdministrator : cast.administrator;
    const of = side === 'B' ? { customer, customers: [customer] } : {};
    const { id } = await by.create('people', { title: `All of ${side}`, ...of });
    for (const { code } of [...roles.values()].filter((role) => role.side === side))
      await by.create('role-grants', {
        title: code,
        person: id,
        role: code,
        ...of,
        ...(code === 'BEX' ? { limit: { minor: 1_000_000_000, currency: 'GBP' } } : {}),
      });
    const key = await keyOf(app, id, 'walk');
    return client(app.server, id, key, { supply });
  };
  // Whoever may do anything on a side states what a gate asks of it.
  const supply = supplied(async (_role, of) => (of === null ? provider : business));
  const found = async (type: string, more: string, values: unknown[] = []): Promise<string[]> => {
    const { rows } = await app.database.ownerPool.query<{ id: string }>(
      `select id from core.record where provider_id = $1 and type = $2 ${more}`,
      [providerId, type, ...values],
    );
    return rows.map(({ id }) => id);
  };
  const business = await every('B');
  const provider = await every('P');
  return {
    app,
    business,
    provider,
    second: await every('P'),
    providerId,
    cast,
    bySystem: (type, id, name) => bySystem({ app, providerId }, type, id, name, 'Walked.'),
    asSystem: (make) => asSystem({ app, providerId }, 'walk', make),
    customer,
    any: async (type) => (await found(type, 'order by number desc limit 1'))[0] ?? randomUUIDv7(),
    first: async (type) => (await found(type, 'order by number limit 1'))[0] ?? randomUUIDv7(),
    all: (type) => found(type, 'order by number desc'),
    standing: (type, states) => found(type, 'and state = any($3) order by number desc limit 5', [states]),
  };
}

async function walkType(
  scene: Scene,
  type: string,
  reached: ReadonlySet<string>,
  reasons: Map<string, string>,
): Promise<void> {
  const record = scene.app.application.registry.records.get(type);
  if (!record) throw new Error(`no type ${type}`);
  const { definition } = record;
  const visited = new Set(reached);
  for (const [state, shortest] of [...shortestPaths(definition)].toSorted(([, a], [, b]) => b.length - a.length)) {
    if (visited.has(state)) continue;
    const path = recipes.path[`${type} ${state}`] ?? shortest;
    try {
      let id = await (creations[`${type} ${state}`] ?? creations[type])?.(scene);
      if (!id) throw new Error(`there is no recipe that creates a ${type}`);
      for (const name of path) {
        await recipes.before[`${type} ${name}`]?.(scene, id);
        id = await step(scene, definition, id, name);
      }
      visited.add(state);
    } catch (error) {
      reasons.set(`${type} ${state}`, error instanceof Error ? error.message : String(error));
    }
  }
  for (const state of Object.keys(definition.lifecycle.states))
    if (!visited.has(state) && (await fromWhereRecordsStand(scene, definition, state, reasons))) visited.add(state);
}

/** Where the way from creation leads over moves that happen by themselves: the last step alone, from a record that stands before it. */
async function fromWhereRecordsStand(
  scene: Scene,
  definition: RecordDefinition,
  state: string,
  reasons: Map<string, string>,
): Promise<boolean> {
  for (const [name, move] of Object.entries(definition.lifecycle.moves)) {
    if (move.to !== state) continue;
    for (const id of await scene.standing(definition.type, move.from)) {
      try {
        await recipes.before[`${definition.type} ${name}`]?.(scene, id);
        await step(scene, definition, id, name);
        return true;
      } catch (error) {
        reasons.set(`${definition.type} ${state}`, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return false;
}

async function everyAct(scene: Scene, type: string, reasons: Map<string, string>): Promise<void> {
  const { definition } = serverRecord(scene.app.application.registry, type);
  const { rows } = await scene.app.database.ownerPool.query<{ name: string }>(
    `select distinct coalesce(move, kind) as name from core.journal where record_type = $1`,
    [type],
  );
  const made = new Set(rows.map(({ name }) => name));
  const tried = async (name: string, make: () => Promise<unknown>) => {
    if (made.has(name)) return;
    try {
      await make();
    } catch (error) {
      reasons.set(`${type} ${name}`, error instanceof Error ? error.message : String(error));
    }
  };
  const states = Object.entries(definition.lifecycle.states).filter(([, state]) => state.editable);
  if (states.length)
    await tried('edited', () =>
      editOne(
        scene,
        definition,
        states.map(([name]) => name),
      ),
    );
  for (const name of Object.keys(definition.lifecycle.moves)) await tried(name, () => moveOne(scene, definition, name));
}

async function editOne(scene: Scene, definition: RecordDefinition, states: readonly string[]): Promise<void> {
  const fresh = await creations[definition.type]?.(scene);
  const told: string[] = [];
  for (const id of [...(fresh ? [fresh] : []), ...(await scene.standing(definition.type, states))])
    for (const by of [scene.business, scene.provider]) {
      const read = await by.get(`/${definition.path}/${id}`);
      if (!read.body.canEdit) continue;
      const body = { expectedVersion: read.body.record.version, title: `${read.body.record.title}, edited` };
      const answer = await by.patch(`/${definition.path}/${id}`, body);
      if (answer.status === 200) return;
      told.push(JSON.stringify(answer.body));
    }
  throw new Error(told.join(' | ') || 'nobody may edit one that stands');
}

/** A move from where some record of the type stands, or else from where a fresh one is brought. */
async function moveOne(scene: Scene, definition: RecordDefinition, name: string): Promise<void> {
  const { from } = definition.lifecycle.moves[name] ?? { from: [] };
  const told: string[] = [];
  const attempt = async (id: string): Promise<boolean> => {
    try {
      await recipes.before[`${definition.type} ${name}`]?.(scene, id);
      await step(scene, definition, id, name);
      return true;
    } catch (error) {
      told.push(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  for (const state of from) {
    for (const id of await scene.standing(definition.type, [state])) if (await attempt(id)) return;
    const brought = await bring(scene, definition, state).catch((error: unknown) => {
      told.push(error instanceof Error ? error.message : String(error));
      return undefined;
    });
    if (brought && (await attempt(brought))) return;
  }
  throw new Error([...new Set(told)].join(' | '));
}
