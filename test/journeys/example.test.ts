// The example with its own small log: what a newcomer is told must be true, and worth doing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setScene } from '../../examples/harbour/cast.ts';
import { logOf } from '../../examples/harbour/log.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { amendedOutcome } from '../support/thread.ts';
import type { Body, Client } from '../support/client.ts';
import { playedExample } from '../support/played.ts';
import type { Played } from '../support/played.ts';
import { groundOf } from '../support/walked.ts';

let app: TestApplication;
let played: Played;
let manager: Client;
let owner: Client;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-example-'));

beforeAll(async () => {
  app = await createTestApplication({ startAt: new Date().toISOString() });
  played = await playedExample(app, logOf(undefined, folder));
  manager = await played.as('Cleo Sinclair');
  owner = await played.as('Bea Marsh');
  await manager.post('/measurement/rollups/catch-up');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const improvements = async (): Promise<Body[]> => {
  const { items } = (await manager.get('/improvements?limit=50&sort=number')).body;
  const read = await Promise.all(items.map(({ id }: Body) => manager.get(`/improvements/${id}`)));
  return read.map(({ body }) => body).toSorted((one, other) => one.record.number - other.record.number);
};
const metricOf = async (words: string): Promise<Body> =>
  (await manager.get('/measurement/metrics')).body.items.find(({ id, label }: Body) => `${id} ${label}` === words);

describe('the example', () => {
  it('misses no link of its thread', () => {
    expect(played.broken).toBe(0);
  });

  it('finds what its log was made with: hand-overs, and the day of the outage', async () => {
    const found = (await improvements()).map(({ record }) => [record.fields.detector, record.fields.metric]);
    expect(found).toEqual([
      ['pareto', 'PE-5 Hand-overs per incident'],
      ['xmr', 'SF-4 Restored within target'],
      ['xmr', 'PE-5 Hand-overs per incident'],
    ]);
    for (const { record } of (await improvements()).slice(1))
      expect(record.fields.description).toContain('1 time of 63: 2016-04-14 (');
  });

  it('aims at a better value of the very metric that was found, wherever it aims', async () => {
    const aimed = (await improvements()).filter(({ record }) => typeof record.fields.targetValue === 'number');
    expect(aimed.map(({ record }) => record.state)).toEqual(['implementing', 'justified']);
    for (const { record } of aimed) {
      const { metric, unit, baselineValue, targetValue } = record.fields;
      const { direction, unit: own } = await metricOf(metric);
      expect(unit).toBe(own);
      expect(direction === 'up' ? targetValue > baselineValue : targetValue < baselineValue).toBe(true);
    }
  });

  it('agrees an outcome about that metric, in its unit, from its baseline to its target', async () => {
    const [first] = await improvements();
    const requirement = first.links.find(({ type }: Body) => type === 'feeds').other;
    const { links, record } = (await owner.get(`/business-requirements/${requirement.id}`)).body;
    expect(record.state).toBe('agreed');
    const outcome = links.find(({ type }: Body) => type === 'expects').other;
    const { fields, title } = (await owner.get(`/outcomes/${outcome.id}`)).body.record;
    const { metric, unit, baselineValue, targetValue } = first.record.fields;
    const { id, label } = await metricOf(metric);
    expect(title).toContain(label);
    expect(fields).toMatchObject({ unit, direction: 'lower', target: targetValue });
    expect(fields.measure).toContain(id);
    expect(fields.baseline).toBeCloseTo(baselineValue, 2);
  });
});

interface Point {
  at: string;
  n: number;
}
const endOf = (day: string, grain: string): string => {
  const first = Temporal.PlainDate.from(day);
  const next = grain === 'month' ? first.add({ months: 1 }) : first.add({ days: grain === 'week' ? 7 : 1 });
  return next.subtract({ days: 1 }).toString();
};

/** The records that a link leads to, counted page by page. */
async function countOf(api: string): Promise<number> {
  let [seen, cursor]: [number, string | null] = [0, null];
  do {
    const { items, nextCursor }: Body = (
      await manager.get(`${api}&limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    ).body;
    seen += items.length;
    cursor = nextCursor;
  } while (cursor);
  return seen;
}

describe('every figure of the example', () => {
  it('of n records leads to exactly n', async () => {
    const { items } = (await manager.get('/measurement/metrics')).body;
    const { id: service } = (await manager.get('/services/SVC-1')).body.record;
    const wrong: unknown[] = [];
    let tried = 0;
    for (const { id } of items)
      for (const grain of ['day', 'week', 'month'])
        for (const of of [`&service=${service}`, '']) {
          const { points, records } = (await manager.get(`/measurement/metrics/${id}/series?grain=${grain}${of}`)).body;
          if (!records) continue;
          // Of days every ninth: whichever are wrong, more than one would be.
          for (const { at, n } of (points as Point[]).filter((_, index) => grain !== 'day' || index % 9 === 0)) {
            const query = new URLSearchParams(records.query);
            const day = at.slice(0, 10);
            query.set('from', day);
            query.set('to', endOf(day, grain));
            const listed = await countOf(`${records.api.split('?')[0]}?${query}`);
            tried += 1;
            if (listed !== n) wrong.push([id, grain, day, of, n, listed]);
          }
        }
    expect(tried).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });

  it('of conformance leaves short of all exactly the moves that the import called unknown', async () => {
    const line = played.told.find((each) => each.includes('deviations from the lifecycle')) ?? '';
    const [, unknown = ''] = /: ([\d,]+) moves that it does not know/.exec(line) ?? [];
    const { rows } = await app.database.ownerPool.query<{ unknown: number }>(
      `select sum(r.denominator - r.numerator) as unknown from improvement.rollup r join core.record s on s.id = r.service_id
       where r.provider_id = $1 and r.metric = 'PM-1' and r.grain = 'day' and r.customer_id = '00000000-0000-0000-0000-000000000000'`,
      [played.providerId],
    );
    expect(Number(unknown.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(rows[0]?.unknown).toBe(Number(unknown.replaceAll(',', '')));
  });

  it('of what is always observed stands in its first month too', async () => {
    const { id: service } = (await manager.get('/services/SVC-1')).body.record;
    const of = async (metric: string, grain: string): Promise<Point[]> =>
      (await manager.get(`/measurement/metrics/${metric}/series?service=${service}&grain=${grain}`)).body.points;
    const [{ month }] = (
      await app.database.ownerPool.query<{ month: string }>(
        "select to_char(scenario_now, 'YYYY-MM') as month from core.provider where id = $1",
        [played.providerId],
      )
    ).rows as [{ month: string }];
    const total = (points: readonly Point[]) =>
      points.filter(({ at }) => at.slice(0, 7) < month).reduce((sum, { n }) => sum + n, 0);
    for (const metric of ['SF-1', 'PE-2', 'PE-2-B', 'PE-2-G1', 'PE-2-P10']) {
      const days = await of(metric, 'day');
      expect([metric, total(days) > 0]).toEqual([metric, true]);
      expect([metric, total(await of(metric, 'month'))]).toEqual([metric, total(days)]);
    }
    expect((await of('SF-1', 'month')).map(({ at }) => at.slice(0, 7))).toEqual(['2016-03', '2016-04', '2016-05']);
  });

  it('of attainment counts an outcome to be maintained by its band, shows what was clamped, and none while one is missing', async () => {
    const { id: service } = (await manager.get('/services/SVC-1')).body.record;
    const months = async (metric: string): Promise<number[]> => {
      await manager.post('/measurement/rollups/catch-up');
      const { points } = (await manager.get(`/measurement/metrics/${metric}/series?service=${service}&grain=month`))
        .body;
      return points.map(({ value }: Body) => Math.round(value * 10) / 10);
    };
    const outcome = async (ref: string): Promise<Body> => (await owner.get(`/outcomes/${ref}`)).body.record;
    const values = async (ref: string): Promise<number[]> => {
      const { items } = (await owner.get(`/outcome-measurements?outcome=${(await outcome(ref)).id}&limit=50`)).body;
      const read: Body[] = await Promise.all(items.map(({ id }: Body) => owner.get(`/outcome-measurements/${id}`)));
      return read
        .map(({ body }) => body.record.fields)
        .toSorted((one, other) => (one.periodFrom < other.periodFrom ? -1 : 1))
        .map(({ value }) => value);
    };
    const [hours, handovers] = [await values('OUT-1'), await values('OUT-2')];
    const clamped = (share: number) => Math.max(0, Math.min(1.2, share));
    const rounded = (shares: readonly number[]) => shares.map((share) => Math.round(share * 1000) / 10);
    const first = hours.map((value) => (24 - value) / 16);
    const second = handovers.map((value) => (2 - value) / 1.5);
    const promised = rounded(first.map((each, at) => 0.6 * clamped(each) + 0.4 * clamped(second[at] ?? 0)));
    expect(await months('SF-1')).toEqual(promised);
    expect(await months('SF-1-unclamped')).toEqual(
      rounded(first.map((each, at) => 0.6 * each + 0.4 * (second[at] ?? 0))),
    );
    expect((await outcome('OUT-1')).fields.unclampedAttainment).toBeCloseTo(first.at(-1) ?? 0, 5);

    const { id } = await outcome('OUT-2');
    await amendedOutcome({ owner }, id, { direction: 'maintain' });
    // What was over before is judged by what was promised then.
    expect(await months('SF-1')).toEqual(promised);

    const last = (await owner.get(`/outcome-measurements?outcome=${id}&limit=50`)).body.items[0];
    await owner.move('outcome-measurements', last.id, 'correct', { reason: 'Counted twice.' });
    expect(await months('SF-1')).toHaveLength(2);
  });
});

// Its kind: a command of many calls that meets a limit of its own server, half way. Looked at besides: imports (one call at a time,
// within what a key may), and the soak, which kills the example in the middle.
it('its people arrive as often as it is played: no limit on one-time links stops it half way', async () => {
  const url = app.server.listeningOrigin;
  const now = new Date(app.clock.now()).toISOString();
  for (let times = 0; times < 3; times += 1)
    expect((await setScene(groundOf(app), url, now, now)).signIns).toHaveLength(7);
});
