// Figures computed anew beside those that stand, within one transaction that is rolled back.
import type pg from 'pg';

/** Sets what stands aside, for the comparison. Refusals are read by time: what they give stays. */
export async function keepFigures(client: pg.PoolClient): Promise<void> {
  await client.query('lock table improvement.cursor in exclusive mode');
  await client.query('create temporary table kept_figure on commit drop as select * from improvement.rollup');
  for (const { table } of grounds)
    await client.query(`create temporary table kept_${table} on commit drop as select * from improvement.${table}`);
}

/** What figures are computed from, and the records behind them are listed by, with its key and a record that it is of. */
export const grounds = [
  { table: 'incident_day', what: 'the day of an incident', key: ['record_id'], of: 'record_id' },
  { table: 'gate_wait', what: 'the wait of a decision', key: ['decision_id'], of: 'subject_id' },
  {
    table: 'step_day',
    what: 'the moves of a day',
    key: ['day', 'service_id', 'lineage_id', 'customer_id', 'stage'],
    of: 'service_id',
  },
  { table: 'attained', what: 'the attainment of a measurement', key: ['measurement_id'], of: 'measurement_id' },
] as const;

/** Rows of a ground as they are compared; where a day has no moves any more there is nothing to tell. */
export const groundRows = ({ table, key, of }: (typeof grounds)[number], from: string): string =>
  `select concat_ws(' ', f.provider_id, ${key.map((column) => `f.${column}`).join(', ')}) as key,
    coalesce(r.ref, f.${of}::text) as told, to_jsonb(f) as value
  from ${from}${table} f
  left join core.record r on r.provider_id = f.provider_id and r.id = f.${of}`;

/** Forgets all that is derived, so that it is read again from the start. Zones stay: days never shift under figures. */
export async function clearFigures(client: pg.PoolClient): Promise<void> {
  for (const table of ['rollup', 'incident_day', 'gate_wait', 'step_day', 'attained', 'touched', 'cursor'])
    await client.query(`delete from improvement.${table}`);
  await client.query(
    `insert into improvement.touched (provider_id, source, day)
     select distinct provider_id, 'refusals', (at at time zone 'UTC')::date
     from core.refusal
     where provider_id is not null
     on conflict do nothing`,
  );
}

/** Figures by their key, told in words; sums of fractions differ by the order they are added in, so they are compared to nine digits. */
const figures = (
  table: string,
) => `select concat_ws(' ', f.provider_id, f.service_id, f.customer_id, f.metric, f.grain, f.day) as key,
    concat_ws(' ', f.metric, f.grain, f.day, r.ref) as told,
    jsonb_build_object(
      'n', f.n,
      'value', to_char(f.value, '9.99999999EEEE'),
      'numerator', to_char(f.numerator, '9.99999999EEEE'),
      'denominator', to_char(f.denominator, '9.99999999EEEE')) as value
  from ${table} f
  left join core.record r on r.provider_id = f.provider_id and r.id = f.service_id`;

export const standingFigures = figures('improvement.rollup');
export const keptFigures = figures('kept_figure');
