// What a walk sees of the world: the records as they stand, those likelier that are under way.
import type pg from 'pg';
import type { Registry } from '../../core/record/define/work.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Chance } from './chance.ts';
import type { Grounds, Walker } from './grounds.ts';
import type { Surroundings } from './values.ts';

export interface Seen {
  id: string;
  ref: string;
  type: string;
  state: string;
  version: number;
  customers: string[];
  profile: string | null;
  definition: RecordDefinition;
}

export interface World {
  chance: Chance;
  registry: Registry;
  pool: pg.Pool;
  grounds: Grounds;
  around: Surroundings;
  records: readonly Seen[];
  /** Reads anew how all records stand. */
  look: () => Promise<void>;
  /** A record that something can still be done with. */
  any: (fits?: (each: Seen) => boolean) => Seen | undefined;
  /** Somebody who holds one of these roles for that record; now and then anybody. */
  somebody: (roles: readonly string[], record?: Seen) => Walker;
}

/** How often records of a type are turned to: the thread's are what this is about. */
const weights: Readonly<Record<string, number>> = {
  'business-requirement': 3,
  outcome: 3,
  'outcome-amendment': 5,
  'service-package': 4,
  'design-package': 4,
  release: 5,
  change: 4,
  'service-version': 5,
  'early-life-support': 4,
  agreement: 2,
  component: 2,
  'criterion-waiver': 4,
  'requirement-back': 0.3,
  'service-package-hand-over': 0.3,
  'service-design-package-hand-over': 0.3,
  'service-release-hand-over': 0.3,
  person: 0.15,
  'role-grant': 0.15,
  team: 0.1,
  customer: 0.3,
};

export async function worldOf(registry: Registry, pool: pg.Pool, grounds: Grounds, chance: Chance): Promise<World> {
  let records: Seen[] = [];
  let isFinal = new Set<string>();
  const weigh = (each: Seen) => (weights[each.type] ?? 1) * (isFinal.has(each.id) ? 0.1 : 1);
  const people = grounds.walkers.map(({ id }) => id);
  const world: World = {
    chance,
    registry,
    pool,
    grounds,
    get records() {
      return records;
    },
    around: {
      chance,
      now: '',
      customers: grounds.customers,
      people,
      some: (types) =>
        chance.weighed(
          records.filter(({ type }) => types.includes(type)),
          weigh,
        )?.id,
    },
    look: async () => {
      const { rows } = await pool.query<Omit<Seen, 'definition'> & { now: string }>(
        `select r.id, r.ref, r.type, r.state, r.version, r.customers, r.profile, p.scenario_now as now
         from core.record r
         join core.provider p on p.id = r.provider_id
         where r.provider_id = $1
         order by r.created_at, r.id`,
        [grounds.providerId],
      );
      records = rows.flatMap(({ now: _now, ...row }) => {
        const definition = registry.records.get(row.type)?.definition;
        return definition ? [{ ...row, definition }] : [];
      });
      isFinal = new Set(
        records.filter(({ definition, state }) => definition.lifecycle.states[state]?.final).map(({ id }) => id),
      );
      world.around.now = rows[0]?.now ?? '';
    },
    any: (fits = () => true) => chance.weighed(records.filter(fits), weigh),
    somebody: (roles, record) => {
      const fitting = grounds.walkers.filter(
        (each) =>
          each.roles.some((role) => roles.includes(role)) &&
          (each.customer === null || record === undefined || record.customers.includes(each.customer)),
      );
      const drawn = fitting.length > 0 && !chance.isOne(8) ? chance.pick(fitting) : chance.pick(grounds.walkers);
      if (!drawn) throw new Error('nobody walks');
      return drawn;
    },
  };
  await world.look();
  return world;
}
