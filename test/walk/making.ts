// What a walk makes anew: records of every type that somebody makes, and rights.
import type { Answer } from '../support/client.ts';
import { oddValue, sensibleFields } from './values.ts';
import type { Seen, World } from './world.ts';

/** How often a record of a type is made; those that the thread grows by. */
const often: Readonly<Record<string, number>> = {
  'business-requirement': 3,
  outcome: 4,
  'outcome-amendment': 6,
  'service-package': 3,
  'design-package': 2,
  release: 2,
  change: 2,
  'early-life-support': 2,
  'criterion-waiver': 3,
};

export async function create(world: World): Promise<Answer | undefined> {
  const { chance, registry, around } = world;
  const types = [...registry.records.values()]
    .map(({ definition }) => definition)
    .filter(({ lifecycle, type }) => lifecycle.create.who.some((role) => role !== 'system') && !isParty(type));
  const definition = chance.weighed(types, ({ type }) => often[type] ?? 0.5);
  if (!definition) return undefined;
  const by = world.somebody(definition.lifecycle.create.who);
  const about = by.customer ?? around.customers[0] ?? '';
  const body: Record<string, unknown> = {
    title: `Made at ${around.now}`,
    ...(chance.isOne(4) ? {} : { customers: chance.isOne(6) ? [...around.customers] : [about] }),
    ...(chance.isOne(2) ? { profile: 'light' } : {}),
    ...sensibleFields(definition.fields, around, 0.6),
    ...(await given(world, definition.type)),
  };
  if (chance.isOne(12)) {
    const name = chance.pick(Object.keys(body));
    if (name !== undefined) body[name] = oddValue(chance);
  }
  return by.post(`/${definition.path}`, body);
}

const isParty = (type: string): boolean => ['person', 'team', 'customer', 'role-grant', 'delegation'].includes(type);

/** What makes sense together, where fields alone do not say it. */
async function given(world: World, type: string): Promise<object> {
  const { chance } = world;
  if (type === 'outcome-amendment') {
    const outcome = chance.pick(
      world.records.filter((each: Seen) => each.type === 'outcome' && each.state === 'agreed'),
    );
    const what = { target: chance.below(9), ...(chance.isOne(3) ? { attainBy: '2017-06-30' } : {}) };
    return { ...(outcome ? { outcome: outcome.id } : {}), kind: chance.isOne(3) ? 'give_up' : 'amend', ...what };
  }
  if (type === 'criterion-waiver') {
    const { rows } = await world.pool.query<{ subject: string; criterion: string }>(
      `select t.id as subject, c ->> 'criterion' as criterion
       from (select id, criteria from transition.release union all select id, criteria from transition.early_life_support) t,
         jsonb_array_elements(t.criteria) c
       order by 1, 2`,
    );
    return { ...chance.pick(rows) };
  }
  if (type === 'outcome') return { direction: 'lower', baseline: 10, target: 2, weight: 1 };
  return {};
}

/** Gives a right, or ends one, of those who walk. */
export async function grant(world: World): Promise<Answer | undefined> {
  const { chance, grounds } = world;
  const to = chance.pick(grounds.walkers);
  const by = world.somebody(['ADM', 'CAD']);
  const role = chance.pick([...world.registry.roles.keys()]);
  const held = chance.pick(
    world.records.filter((each) => each.type === 'role-grant' && each.state === 'active' && each.customers.length > 0),
  );
  if (held && chance.isOne(3))
    return by.post(`/role-grants/${held.id}/moves/revoke`, { expectedVersion: held.version, reason: 'They left.' });
  return by.post('/role-grants', {
    title: `${role}`,
    person: to?.id,
    role,
    ...(to?.customer ? { customer: to.customer, customers: [to.customer] } : {}),
  });
}

/** Lends a right for some days. */
export async function lend(world: World): Promise<Answer | undefined> {
  const { chance, grounds, around } = world;
  const [from, to] = [chance.pick(grounds.walkers), chance.pick(grounds.walkers)];
  const until = new Date(Date.parse(around.now) + 5 * 86_400_000).toISOString();
  return from?.post('/delegations', {
    title: 'While away',
    delegator: from.id,
    delegate: to?.id,
    role: chance.pick(from.roles),
    ...(from.customer ? { customer: from.customer, customers: [from.customer] } : {}),
    validFrom: around.now,
    validTo: until,
  });
}
