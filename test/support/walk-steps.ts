// One step of a walk: a move made by somebody who may, with what it asks for, or a fresh record brought to a state step by step.
import { asked } from '../../core/lifecycle/lifecycle.ts';
import type { Move } from '../../core/lifecycle/lifecycle.ts';
import type { Field, ReferenceField } from '../../core/record/define/fields.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { move as makeMove } from '../../core/record/edit/move.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Work } from '../../core/record/define/work.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import { roles } from '../../handover/roles.ts';
import type { Client } from './client.ts';
import type { Scene } from './exploration.ts';
import { creations } from './walk-creations.ts';
import { recipes } from './walk-recipes.ts';

/** Where the example's clock stands when it has been walked. */
const now = '2016-02-27T12:00:00.000Z';

/** Shortest paths to each state from the initial one: by moves that a person makes, and only beyond those by what happens by itself. */
export function shortestPaths({ lifecycle }: RecordDefinition): Map<string, string[]> {
  const paths = new Map<string, string[]>([[lifecycle.initial, []]]);
  for (const withSystem of [false, true])
    for (const [state, path] of paths)
      for (const [name, { from, to, gate, who }] of Object.entries(lifecycle.moves))
        if (
          to !== 'same' &&
          from.includes(state) &&
          !paths.has(to) &&
          (withSystem || gate || who.some((role) => role !== 'system'))
        )
          paths.set(to, [...path, name]);
  return paths;
}

/** A fresh record, brought to a state. */
export async function bring(scene: Scene, definition: RecordDefinition, state: string): Promise<string> {
  const { type } = definition;
  const path = recipes.path[`${type} ${state}`] ?? shortestPaths(definition).get(state) ?? [];
  let id = await (creations[`${type} ${state}`] ?? creations[type])?.(scene);
  if (!id) throw new Error(`there is no recipe that creates a ${type}`);
  for (const name of path) {
    await recipes.before[`${type} ${name}`]?.(scene, id);
    id = await step(scene, definition, id, name);
  }
  return id;
}

export async function pass(scene: Scene, type: string, gate: string): Promise<void> {
  const { definition } = serverRecord(scene.app.application.registry, type);
  const { moves, stands = {} } = definition.lifecycle;
  const make = async (id: string, name: string) => {
    await recipes.before[`${type} ${name}`]?.(scene, id);
    await step(scene, definition, id, name);
  };
  const standing = stands[gate];
  if (standing) {
    const id = await bring(scene, definition, standing.in[0] ?? '');
    if (standing.askedBy) await make(id, standing.askedBy);
    await (scene.app.application.registry.gates.get(gate)?.side === 'B' ? scene.business : scene.provider).decide(
      gate,
      id,
    );
    return;
  }
  const [name, move] =
    Object.entries(moves).find(([, each]) => each.gate === gate && (each.on ?? 'approve') === 'approve') ?? [];
  if (!name || !move) return;
  if (recipes.path[`${type} ${move.to}`]?.at(-1) === name) await bring(scene, definition, move.to);
  else await make(await bring(scene, definition, move.from[0] ?? ''), name);
}

export async function step(scene: Scene, definition: RecordDefinition, id: string, name: string): Promise<string> {
  const declared = definition.lifecycle.moves[name];
  if (!declared) throw new Error(`no move ${name}`);
  const reason = 'Walked.';
  if (!declared.gate && declared.who.every((role) => role === 'system')) {
    await bySystem(scene, definition.type, id, name, reason);
    return id;
  }
  const by = recipes.by[`${definition.type} ${name}`]?.(scene) ?? personFor(scene, declared);
  if (declared.gate) {
    const findings =
      declared.on === 'reject' ? { findings: [{ itemRef: 'X-1', severity: 'must', text: 'It is not said who.' }] } : {};
    const outcome = declared.on ?? 'approve';
    await personFor(scene, declared).decide(declared.gate, id, {
      outcome,
      reason,
      ...(declared.on === 'reject' ? { variant: name } : {}),
      ...findings,
      ...recipes.decision[`${definition.type} ${name}`],
    });
    return id;
  }
  const values: Record<string, unknown> = { reason };
  for (const { field } of asked(declared)) {
    const kind = definition.fields[field];
    if (kind) values[field] = await valueOf(scene, kind);
  }
  Object.assign(values, await recipes.values[`${definition.type} ${name}`]?.(scene));
  await onDay(scene, recipes.on[`${definition.type} ${name}`], () => by.move(definition.path, id, name, values));
  return id;
}

/** Does something on another day of the scenario, which then goes on where it was. */
async function onDay(
  { app, providerId }: Scene,
  instant: string | undefined,
  make: () => Promise<unknown>,
): Promise<void> {
  if (instant === undefined) return void (await make());
  const { ownerPool } = app.database;
  const set = (to: unknown) =>
    ownerPool.query('update core.provider set scenario_now = $2 where id = $1', [providerId, to]);
  const { rows } = await ownerPool.query('select scenario_now as "was" from core.provider where id = $1', [providerId]);
  await set(instant);
  await make().finally(() => set(rows[0].was));
}

/** What happens by itself: as a job or the chain does it. */
export async function bySystem(
  scene: Pick<Scene, 'app' | 'providerId'>,
  type: string,
  id: string,
  name: string,
  reason: string,
): Promise<void> {
  const record = serverRecord(scene.app.application.registry, type);
  const at = recipes.on[`${type} ${name}`];
  await asSystem(scene, name, async (work) => (await makeMove(work, record, id, name, { reason })).id, at);
}

export async function asSystem(
  { app, providerId }: Pick<Scene, 'app' | 'providerId'>,
  command: string,
  make: (work: Work) => Promise<string>,
  at = now,
): Promise<string> {
  const caller = { principal: systemPrincipal(providerId, 'walk', at), channel: 'job', requestId: 'walk' } as const;
  const outcome = await act(app.application, caller, { command }, async (work) => ({ id: await make(work) }));
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ code, sentence }) => `${code}: ${sentence}`).join(' | '));
  return outcome.value.id;
}

function personFor({ business, provider, app }: Scene, { gate, who }: Move): Client {
  const side = gate
    ? app.application.registry.gates.get(gate)?.side
    : who.map((role) => roles.get(role)?.side).find((each) => each === 'B' || each === 'P');
  return side === 'B' ? business : provider;
}

async function valueOf(scene: Scene, field: Field): Promise<unknown> {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return 'Walked.'.slice(0, field.max);
    case 'choice':
      return Object.keys(field.options)[0];
    case 'integer':
    case 'decimal':
      return Math.max(1, field.min ?? 1);
    case 'money':
      return { minor: 100_000, currency: 'GBP' };
    case 'boolean':
      return true;
    case 'date':
      return '2030-01-01';
    case 'instant':
      return now;
    case 'json':
      return {};
    case 'list':
      return [];
    case 'person':
      return scene.provider.id;
    case 'team':
      return scene.any('team');
    case 'customer':
      return scene.customer;
    case 'reference':
      return namedBy(scene, field);
  }
}

/** A record that such a field may name now. */
export async function namedBy(scene: Scene, { types, whileIn }: ReferenceField): Promise<string> {
  const [type = ''] = types;
  const states = whileIn?.states[type];
  return (states && (await scene.standing(type, states))[0]) ?? scene.any(type);
}
