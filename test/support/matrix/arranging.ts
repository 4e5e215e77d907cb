// How single things that a rule asks for are brought about.
import type { Planted } from '../planted.ts';
import type { Ground } from './ground.ts';

/** Who is about to act, and on which side. */
export interface By {
  id: string;
  side: 'B' | 'P';
}

export type Arrange = (ground: Ground, record: Planted, by: By) => Promise<unknown>;

export const later = '2026-12-31T09:00:00.000Z';

/** Who owns what the business owns: of the other customer's, its own person. */
export const businessOf = ({ near, far }: Ground, { audience }: Planted): string =>
  audience === 'foreign' ? far : near;

export const set =
  (fields: Readonly<Record<string, unknown>>): Arrange =>
  (ground, record) =>
    ground.set(record, fields);

export const saidInAll: Arrange = ({ sql, desk }, { id }) =>
  sql(
    `update core.item
     set state = 'accepted', statement = 'It is said.', drafted_by = $2, accepted_by = $2
     where record_id = $1`,
    [id, desk],
  );

/** Nothing of it is with the stage that receives it. */
export const neverHandedOver =
  (table: string): Arrange =>
  ({ sql }, { id }) =>
    sql(`update ${table} set state = 'withdrawn' where subject = $1`, [id]);

export const measurable = async (ground: Ground, requirement: Planted) => {
  const outcome = ground.beside(requirement, 'outcome');
  await ground.state(outcome, 'stated');
  await ground.owner(outcome, businessOf(ground, requirement));
  await ground.set(outcome, {
    baseline: 9,
    target: 3,
    unit: '%',
    measure: 'missed / all',
    source: 'The log',
    weight: 1,
    attainBy: '2026-11-30',
    attainedPeriods: 12,
    sustainPeriods: 3,
  });
  await ground.link('expects', requirement, outcome);
};

export const covers: Arrange = async (ground, record) => {
  const requirement = ground.beside(record, 'business-requirement');
  await ground.state(requirement, 'agreed');
  await ground.unlinked('packagedIn', { to: record });
  await ground.link('packagedIn', requirement, record);
  await measurable(ground, requirement);
};

export const contains: Arrange = async (ground, record) => {
  const component = ground.beside(record, 'component');
  await ground.state(component, 'baselined');
  await ground.link('contains', record, component);
};

export const assembled: Arrange = async (ground, record, by) => {
  await contains(ground, record, by);
  const { id, ref } = ground.beside(record, 'component');
  const hash = await ground.hash(ground.beside(record, 'component'));
  await ground.set(record, { manifest: [{ component: id, ref, hash }] });
};

export const changed: Arrange = async (ground, record) => {
  const change = ground.beside(record, 'change');
  await ground.state(change, 'implementing');
  await ground.link('authorisedBy', record, change);
};

export const fixed: Arrange = async (ground, record) => {
  const change = ground.beside(record, 'change');
  await ground.state(change, 'closed_successful');
  await ground.link('resolvedBy', record, change);
};

/** A window around now, in which nothing else happens. */
export const windowAlone: Arrange = async (ground, record) => {
  await ground.set(record, {
    windowFrom: '2026-03-01T09:00:00.000Z',
    windowTo: '2026-03-04T09:00:00.000Z',
    windowZone: 'Europe/London',
    backOutLatest: '2026-03-03T09:00:00.000Z',
    reviewCriteria: 'Calls are taken.',
  });
  await ground.sql(
    `update transition.freeze
     set freeze_from = '2027-01-01', freeze_to = '2027-01-02'
     where id <> $1`,
    [record.id],
  );
  await ground.sql('update transition.change set window_from = null, window_to = null where id <> $1', [record.id]);
};

export const withImprovement: Arrange = (ground, record) =>
  ground.link('relatesTo', record, ground.beside(record, 'improvement'));

/** Each part that a hand-over must have, as it stands. */
export const manifest =
  (parts: Readonly<Record<string, string>>): Arrange =>
  async (ground, record) => {
    const contents = [];
    for (const [role, type] of Object.entries(parts)) {
      const { id, ref } = ground.beside(record, type);
      const contentHash = await ground.hash(ground.beside(record, type));
      contents.push({ role, id, ref, type, version: 1, contentHash, title: 'As it stands' });
    }
    await ground.set(record, { contents });
  };

export const noIncidents: Arrange = (ground, record) => ground.unlinked('causedBy', { to: record });

/** An outcome that whoever acts measures, of a service that was live for its customers all the time. */
export const measuredBy = async (ground: Ground, outcome: Planted, by: By) => {
  await ground.owner(outcome, by.id);
  await ground.sql(
    `insert into handover.live_interval (
       provider_id, subscription_id, service_version_id, service_id, customer_id, lineage_id, from_at)
     select r.provider_id, r.id, $3, $2, c.id, r.lineage_id, '2015-01-01'
     from core.record r
     cross join unnest(r.customers) c (id)
     where r.id = $1
     on conflict do nothing`,
    [outcome.id, ground.beside(outcome, 'service').id, ground.beside(outcome, 'service-version').id],
  );
};
export const namedFix = set({ problem: null, fixedVersion: '2.1', defect: 'D-12' });
export const sourced = (sourcing: string): Arrange => set({ sourcing });
