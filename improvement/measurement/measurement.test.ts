import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFactColumns } from '../../core/trait/measured/fact.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { percentile } from './percentile.ts';
import { declaredPeriod, declarePeriod, nil } from './figures/store/figures.ts';
import { rollUp } from './rollup/roll-up.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let improver: Client;
let desk: Client;
let ours: Client;
let theirs: Client;
let customer: string;
let other: string;

beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-09-01T08:00:00.000Z' });
  customer = await app.customer('Marlowe Grocers');
  other = await app.customer('Kestrel');
  improver = await app.person('Ina Improver', ['CSI']);
  desk = await app.person('Dee Desk', ['SDK']);
  ours = await app.person('Bea Owner', ['BOW'], { customer });
  theirs = await app.person('Kay Owner', ['BOW'], { customer: other });
});
afterAll(() => app.close());

const serviceOf = async (customers = [customer]): Promise<string> => {
  const owner = await app.person('Sol Owner', ['SOW']);
  return (await takenOver(owner, { title: 'Slot promise', customers })).id;
};

interface Restored {
  id: string;
  /** Days after 1 March 2026, a Sunday. */
  day: number;
  minutes: number;
  handovers: number;
  customer: string;
}

const dayAt = (day: number) => new Date(Date.UTC(2026, 2, 1 + day, 10)).toISOString();

/** Writes facts as Operation would. */
async function write(service: string, cases: readonly Restored[]): Promise<void> {
  const rows = cases.map(({ id, day, minutes, handovers, customer: of }) => ({
    provider_id: app.providerId,
    record_id: id,
    record_type: 'incident',
    service_id: service,
    customer_id: of,
    state: 'resolved',
    priority: 'P3',
    category: 'a',
    team_id: null,
    opened_at: dayAt(day),
    ended_at: dayAt(day),
    closed_at: null,
    reassignments: handovers,
    reopens: 0,
    entries: 3,
    worked_minutes: minutes,
    target_minutes: 480,
    waited_minutes: 0,
    breached: false,
  }));
  await app.application.pool.query(
    `insert into core.case_fact (${caseFactColumns}) select ${caseFactColumns} from jsonb_populate_recordset(null::core.case_fact, $1)
     on conflict (provider_id, record_id) do update set ended_at = excluded.ended_at, opened_at = excluded.opened_at, worked_minutes = excluded.worked_minutes,
       reassignments = excluded.reassignments, edit = nextval('core.case_fact_edit'), transaction = pg_current_xact_id()`,
    [JSON.stringify(rows)],
  );
}

/** `perDay` cases on each of `days`, each later than the target where `late` says so. */
const steady = (
  days: number,
  perDay: number,
  late: (index: number, day: number) => boolean = () => false,
): Restored[] =>
  Array.from({ length: days * perDay }, (_, index) => {
    const [day, place] = [Math.floor(index / perDay), index % perDay];
    const isLate = late(place, day);
    return { id: randomUUID(), day, minutes: isLate ? 900 : 60 + place, handovers: isLate ? 2 : 0, customer };
  });

const series = async (client: Client, metric: string, query: string): Promise<Body> => {
  const answer = await client.get(`/measurement/metrics/${metric}/series?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

const figures = async (service: string) =>
  (
    await app.application.pool.query(
      'select customer_id, metric, grain, day, n, numerator, denominator, value from improvement.rollup where service_id = $1 order by 1, 2, 3, 4',
      [service],
    )
  ).rows;

describe('declaring the observed period, catching up and detecting', () => {
  it('is for improvement managers, and a refusal is kept', async () => {
    const service = await serviceOf();
    const period = { service, from: '2026-03-01', to: '2026-03-31', minN: 5 };
    expect((await desk.post('/measurement/observed-periods', period)).status).toBe(403);
    expect((await ours.post('/measurement/rollups/catch-up')).status).toBe(403);
    expect((await desk.post(`/measurement/detections?service=${service}`)).status).toBe(403);
    const { rows } = await app.application.pool.query(
      `select count(*)::int as n from core.refusal where codes @> '{measurement.role}'`,
    );
    expect(rows[0].n).toBe(3);
  });
});

describe('figures', () => {
  it('computed day by day as facts come and alter equal those computed from all facts at once', async () => {
    const one = fc.record({
      slot: fc.nat(30),
      day: fc.nat(45),
      minutes: fc.nat(1000),
      handovers: fc.nat(3),
      mine: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(one, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const service = await serviceOf();
          const ids = Array.from({ length: 31 }, () => randomUUID());
          const last = new Map<string, Restored>();
          for (const round of rounds) {
            const cases = new Map(
              round.map(({ slot, mine, ...rest }) => [
                slot,
                {
                  id: ids[slot] ?? '',
                  ...rest,
                  customer: last.get(ids[slot] ?? '')?.customer ?? (mine ? customer : other),
                },
              ]),
            );
            for (const each of cases.values()) last.set(each.id, each);
            await write(service, [...cases.values()]);
            await rollUp(app.application);
          }
          const incremental = await figures(service);
          expect(incremental.length).toBeGreaterThan(0);
          await app.database.ownerPool.query(
            `update improvement.cursor set transaction = '0', place = 0 where name = 'case-facts'; delete from improvement.rollup where service_id = '${service}'; delete from improvement.incident_day`,
          );
          await rollUp(app.application);
          expect(await figures(service)).toEqual(incremental);

          const march = [...last.values()].filter(({ day }) => day < 31);
          const month = incremental.filter(
            ({ grain, day, customer_id: of }) =>
              grain === 'month' && day === '2026-03-01' && of === '00000000-0000-0000-0000-000000000000',
          );
          const shown = (metric: string) => month.find((each) => each.metric === metric)?.value ?? null;
          const p90 = percentile(
            march.map(({ minutes }) => minutes / 60),
            0.9,
          );
          if (p90 === null) expect(shown('restore-p90')).toBeNull();
          else expect(shown('restore-p90')).toBeCloseTo(p90, 9);
          if (march.length)
            expect(shown('PE-5')).toBeCloseTo(
              march.reduce((sum, { handovers }) => sum + handovers, 0) / march.length,
              12,
            );
        },
      ),
      { numRuns: 8 },
    );
  });

  it('say insufficient data where there are too few points, and leave out days with too few cases', async () => {
    const service = await serviceOf();
    await write(service, [...steady(8, 6), ...steady(20, 2).map((each) => ({ ...each, day: each.day + 8 }))]);
    await improver.post('/measurement/rollups/catch-up');
    const { points, chart } = await series(improver, 'SF-4', `service=${service}`);
    expect(points).toHaveLength(8);
    expect(chart).toMatchObject({
      verdict: 'insufficient data',
      mean: null,
      reason: 'Insufficient data: a baseline needs 12 points, 8 are usable.',
    });
  });

  it('of all services speak of the days that were declared for each of them', async () => {
    const pool = app.database.ownerPool;
    const period = async (spans: readonly ([string, string] | null)[]) => {
      const [providerId, services] = [randomUUID(), spans.map(() => randomUUID())];
      for (const [index, service] of services.entries()) {
        await pool.query(`insert into improvement.zone values ($1, $2, $2, 'UTC')`, [providerId, service]);
        const span = spans[index];
        if (span)
          await declarePeriod(
            pool,
            { providerId, serviceId: service },
            { from: span[0], to: span[1], minN: 5, by: service, at: dayAt(0) },
          );
      }
      const found = await declaredPeriod(pool, { providerId, serviceId: nil, customerId: nil, today: '2026-09-01' });
      return found && [found.from, found.to];
    };
    expect(
      await period([
        ['2026-03-01', '2026-03-20'],
        ['2026-03-05', '2026-03-31'],
      ]),
    ).toEqual(['2026-03-05', '2026-03-20']);
    expect(await period([['2026-03-01', '2026-03-20'], null])).toBeNull();
    expect(
      await period([
        ['2026-03-01', '2026-03-02'],
        ['2026-03-05', '2026-03-31'],
      ]),
    ).toBeNull();
    expect(await period([])).toBeNull();
  });

  it('never speak of a time outside the period that was declared', async () => {
    const service = await serviceOf();
    await write(service, [
      ...steady(30, 6),
      ...steady(30, 6, () => true).map((each) => ({ ...each, day: each.day + 30 })),
    ]);
    await improver.post('/measurement/rollups/catch-up');
    expect((await series(improver, 'SF-4', `service=${service}`)).chart.verdict).toBe('signals');
    const declared = await improver.post('/measurement/observed-periods', {
      service,
      from: '2026-03-01',
      to: '2026-03-30',
      minN: 5,
    });
    expect(declared).toMatchObject({
      status: 201,
      body: { service, from: '2026-03-01', to: '2026-03-30', minN: 5, declaredBy: improver.id },
    });
    const { points, chart, age, metric, records } = await series(improver, 'SF-4', `service=${service}`);
    expect(chart).toMatchObject({
      verdict: 'predictable',
      mean: 100,
      observedFrom: '2026-03-01T00:00:00.000Z',
      observedTo: '2026-03-30T00:00:00.000Z',
    });
    expect([points.length, points.at(-1).at]).toEqual([30, '2026-03-30T00:00:00.000Z']);
    expect(age.computedAt).toBe('2026-09-01T08:00:00.000Z');
    expect(metric.formula).toContain('the target met');
    expect(records.api).toBe(`/measurement/metrics/SF-4/records?service=${service}&from=2026-03-01&to=2026-03-30`);
  });

  it('open the records behind them, page by page, to those who may see them', async () => {
    const service = await serviceOf();
    const administrator = await app.person('Ada Min', ['ADM']);
    const { id: team } = await administrator.create('teams', { title: 'Slots team' });
    const grave = { impact: '3', urgency: 'medium' };
    const made: string[] = [];
    for (const title of ['No slots', 'Wrong slots']) {
      const { id } = await desk.create('incidents', { title, customers: [customer], service, ...grave });
      await desk.move('incidents', id, 'assign', { service, ...grave, team });
      await desk.move('incidents', id, 'start-work', { assignee: desk.id });
      await desk.move('incidents', id, 'resolve', {
        resolutionCode: 'fixed',
        resolution: 'Restarted.',
        serviceRestoredAt: '2026-09-01T08:00:00.000Z',
      });
      made.push(id);
    }
    await app.settle();
    await improver.post('/measurement/rollups/catch-up');
    const path = `/measurement/metrics/PE-5/records?service=${service}&from=2026-09-01&to=2026-09-30&limit=1`;
    const first = (await ours.get(path)).body;
    const second = (await ours.get(`${path}&cursor=${first.nextCursor}`)).body;
    const behind = [...first.items, ...second.items].map(({ header }: Body) => header.id);
    expect(new Set(behind)).toEqual(new Set(made));
    expect([first.items[0].day, first.items[0].values.reassignments, second.nextCursor]).toEqual([
      '2026-09-01',
      0,
      null,
    ]);
    await improver.post('/measurement/observed-periods', { service, from: '2026-09-01', to: '2026-09-30', minN: 1 });
    const { points, records } = await series(improver, 'PE-5', `service=${service}&from=2026-08-01`);
    expect(records).toMatchObject({
      path: 'measurement/PE-5/records',
      query: `service=${service}&from=2026-09-01&to=2026-09-30`,
    });
    expect((await improver.get(records.api)).body.items).toHaveLength(
      points.reduce((sum: number, { n }: Body) => sum + n, 0),
    );
    expect((await series(ours, 'PE-5', `service=${service}`)).records.query).toContain(`customer=${customer}`);
    const { cells } = (await improver.get(`/measurement/matrix?service=${service}`)).body;
    const filled = cells.filter((cell: Body) => cell.records !== null);
    expect(filled.length).toBeGreaterThan(0);
    for (const cell of filled)
      expect((await improver.get(`${cell.records.api}&limit=200`)).body.items).toHaveLength(cell.n);
    expect((await theirs.get(path)).status).toBe(404);
    expect(
      (await improver.get(`/measurement/metrics/PE-3/records?service=${service}&from=2026-09-01&to=2026-09-30`)).body
        .code,
    ).toBe('measurement.no-records');
    const { rows } = await app.application.pool.query(
      `select n from improvement.rollup where metric = 'PE-3-operation' and grain = 'day' and service_id = $1 and customer_id = $2`,
      [service, customer],
    );
    expect(rows).toEqual([{ n: 6 }]);
  });

  it('come out the same when they are computed again', async () => {
    const service = await serviceOf();
    await write(
      service,
      steady(14, 6, (place, day) => (place + day) % 5 === 0),
    );
    await rollUp(app.application);
    const before = await figures(service);
    await app.database.ownerPool.query(`update improvement.cursor set place = 1 where name = 'definitions'`);
    await rollUp(app.application);
    expect(await figures(service)).toEqual(before);
  });
});

describe('the matrix', () => {
  it('has twelve cells, each with a metric and a value or a reason', async () => {
    const service = await serviceOf();
    await write(service, steady(31, 6));
    await improver.post('/measurement/rollups/catch-up');
    const { cells } = (await improver.get(`/measurement/matrix?service=${service}`)).body;
    expect(new Set(cells.map(({ object, quality }: Body) => `${object} ${quality}`)).size).toBe(12);
    for (const cell of cells)
      expect([cell.metric.id, cell.metric.formula, cell.value ?? cell.reason]).toEqual([
        expect.any(String),
        expect.any(String),
        expect.anything(),
      ]);
    expect(
      cells.find(({ object, quality }: Body) => object === 'services' && quality === 'effectiveness'),
    ).toMatchObject({ metric: { id: 'SF-4' }, value: 100, n: 186, status: 'good', at: '2026-04-01T00:00:00.000Z' });
  });

  it('shows a customer its own figures of a shared service, and nothing of a service it has no part in', async () => {
    const shared = await serviceOf([customer, other]);
    await write(shared, [...steady(31, 6), ...steady(31, 8, () => true).map((each) => ({ ...each, customer: other }))]);
    const foreign = await serviceOf([other]);
    await improver.post('/measurement/rollups/catch-up');
    const mean = async (client: Client, query: string) => (await series(client, 'SF-4', query)).chart.mean;
    expect([await mean(ours, `service=${shared}`), await mean(theirs, `service=${shared}`)]).toEqual([100, 0]);
    expect(await mean(improver, `service=${shared}`)).toBeCloseTo((6 / 14) * 100, 9);
    expect((await ours.get(`/measurement/matrix?service=${foreign}`)).status).toBe(404);
    expect((await ours.get(`/measurement/matrix?customer=${other}`)).status).toBe(403);
    expect((await ours.get(`/measurement/metrics/SF-4/series?service=${foreign}`)).status).toBe(404);
  });
});

describe('the effect of an improvement of a measured metric', () => {
  it('is read from the figures of the one customer that it is shown to, on a service that others share', async () => {
    const service = await serviceOf([customer, other]);
    const lateOnes = steady(31, 8, () => true).map((each) => ({ ...each, customer: other }));
    await write(service, [...steady(31, 6, (place) => place < 3), ...lateOnes]);
    await improver.post('/measurement/rollups/catch-up');
    const frozen = async (customers: string[]) => {
      const { id } = await improver.create('improvements', {
        title: 'In time',
        description: 'Half of them are late.',
        originStage: 'operation',
        targetStage: 'improvement',
        service,
        customers,
        metric: 'SF-4',
        unit: '%',
        baselineValue: 10,
        targetValue: 90,
        benefit: 'Fewer wait.',
        oneOffCost: { minor: 500_000, currency: 'GBP' },
        risk: 'None.',
        verificationPlan: 'Rank test.',
        afterDays: 10,
      });
      for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
      const { fields } = (await improver.get(`/improvements/${id}`)).body.record;
      return [fields.baselineValue, fields.baselineFrozen.points[0].value];
    };
    expect(await frozen([customer])).toEqual([50, 50]);
    expect((await frozen([customer, other]))[0]).toBeCloseTo((3 / 14) * 100, 5);
  });

  it('is read from the metric itself, in the days fixed beforehand, once, and from the baseline of the promise', async () => {
    const service = await serviceOf();
    const sponsor = await app.person('Simon Sponsor', ['BEX'], {
      customer,
      limit: { minor: 50_000_000, currency: 'GBP' },
    });
    const late = (of: number) => (place: number) => place < of;
    const shifted = (cases: Restored[], days: number) => cases.map((each) => ({ ...each, day: each.day + days }));
    await write(service, [
      ...steady(31, 10, late(4)),
      ...shifted(steady(10, 10, late(2)), 189),
      ...shifted(steady(20, 10, late(9)), 199),
    ]);
    await improver.post('/measurement/rollups/catch-up');
    const { id } = await improver.create('improvements', {
      title: 'In time',
      description: 'Four of ten are late.',
      originStage: 'operation',
      targetStage: 'improvement',
      service,
      customers: [customer],
      metric: 'SF-4 Restored within target',
      unit: '%',
      baselineValue: 55,
      targetValue: 90,
      benefit: 'Fewer wait.',
      oneOffCost: { minor: 500_000, currency: 'GBP' },
      risk: 'None.',
      verificationPlan: 'Rank test.',
      washoutDays: 5,
      afterDays: 10,
      beforeSeries: [
        { at: '2026-03-01', value: 1 },
        { at: '2026-03-31', value: 2 },
      ],
    });
    for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
    const fields = async () => (await improver.get(`/improvements/${id}`)).body.record.fields;
    expect(await fields()).toMatchObject({ baselineValue: 60, baselineFrozen: { source: 'metric', level: 60 } });
    expect((await fields()).baselineFrozen.points).toHaveLength(31);
    // What was computed is measured at both gates, and leads to its records; nobody has to say it.
    const measured = async (gate: string): Promise<Body> => {
      const { evidence, expectedEvidence } = (await sponsor.get(`/gates/${gate}/${id}`)).body;
      const piece = evidence.find((each: Body) => each.grade === 'measured');
      expect(expectedEvidence.find(({ title }: Body) => title === piece.kind)).toMatchObject({ given: true });
      const behind = await improver.get(piece.figure.records.replace('/measurement/', '/measurement/metrics/'));
      expect(behind.status).toBe(200);
      return { value: piece.figure.value, n: piece.figure.n, from: piece.figure.from, to: piece.figure.to };
    };
    expect(await measured('G7')).toEqual({ value: 60, n: 31, from: '2026-03-01', to: '2026-03-31' });
    await sponsor.decide('G7', id);
    await improver.move('improvements', id, 'route');
    const [back] = (await improver.get(`/requirements-back?subject=${id}&state=offered`)).body.items;
    await improver.move('requirements-back', back.id, 'accept');
    await improver.move('improvements', id, 'done', { implementedOn: '2026-09-01' });
    app.clock.set('2026-09-16T08:00:00.000Z');
    await improver.move('improvements', id, 'open-window');
    const claimed = await improver.tryMove('improvements', id, 'compare', {
      afterSeries: [{ at: '2026-09-07', value: 99 }],
    });
    expect(claimed.body.refusals).toMatchObject([{ code: 'improvement.values-read' }]);
    await improver.move('improvements', id, 'compare');
    const { verdict, afterSeries } = await fields();
    expect(verdict).toMatchObject({
      verdict: 'effective',
      source: 'metric',
      window: { from: '2026-09-06', to: '2026-09-15' },
      before: { n: 31, mean: 60 },
      after: { n: 10, mean: 80 },
    });
    expect(verdict.share).toBeCloseTo(20 / 30, 9);
    expect(await measured('G9')).toEqual({ value: 80, n: 10, from: '2026-09-06', to: '2026-09-15' });
    expect(afterSeries.map(({ at, value }: Body) => [at, value])).toEqual(
      Array.from({ length: 10 }, (_, index) => [`2026-09-${String(6 + index).padStart(2, '0')}`, 80]),
    );
    expect((await improver.tryMove('improvements', id, 'compare')).body.refusals).toMatchObject([
      { code: 'improvement.compared' },
    ]);
  });
});

describe('a detection', () => {
  it('registers once what goes with the missed target, in plain words with its figures', async () => {
    const service = await serviceOf();
    await write(
      service,
      steady(31, 10, (place) => place < 4),
    );
    await improver.post('/measurement/rollups/catch-up');
    const { items } = (await improver.post(`/measurement/detections?service=${service}`)).body;
    expect(items.map(({ fields }: Body) => fields.detector)).toEqual(['pareto', 'capability']);
    expect(items[0]).toMatchObject({
      type: 'improvement',
      state: 'identified',
      customers: [customer],
      fields: {
        cell: 'processes.efficiency',
        service,
        targetStage: 'strategy',
        unit: 'hand-overs',
        baselineValue: 0.8,
        occurrences: 1,
      },
    });
    expect(items[0].fields.description).toContain('of 310 incidents with a target 40 % missed');
    expect(items[0].fields.description).toContain('(customary, until the agreement names a share: 10 % at most)');
    expect(items[0].fields.description).toContain('handed over at least twice');
    const again = (await improver.post(`/measurement/detections?service=${service}`)).body.items;
    expect(again.map(({ id, fields }: Body) => [id, fields.occurrences])).toEqual(items.map(({ id }: Body) => [id, 2]));
    const read = (await improver.get(`/improvements/${items[0].id}`)).body;
    expect(read.record.fields.beforeSeries).toHaveLength(31);
    expect(read.links).toMatchObject([{ type: 'improves', other: { id: service } }]);
    await app.runJob('measurement-detections');
    expect((await improver.get(`/improvements/${items[0].id}`)).body.record.fields.occurrences).toBe(3);
  });

  it('tells a customer nothing of what the provider or another customer has of its service', async () => {
    const service = await serviceOf();
    await write(
      service,
      steady(31, 10, (place) => place < 4),
    );
    await improver.post('/measurement/rollups/catch-up');
    const detected = async () => (await improver.post(`/measurement/detections?service=${service}`)).body.items;
    const [told, another] = await detected();
    const shown = async () => (await ours.get(`/improvements/${told.id}`)).body.record.fields;
    const before = await shown();
    await write(
      service,
      steady(31, 10, () => true).map((each) => ({ ...each, customer: other })),
    );
    await improver.post('/measurement/rollups/catch-up');
    await detected();
    expect(await shown()).toMatchObject({
      occurrences: 2,
      description: before.description,
      beforeSeries: before.beforeSeries,
    });
    await improver.move('improvements', told.id, 'merge', {
      mergedInto: another.id,
      reason: 'Looked at together.',
    });
    const [anew] = await detected();
    expect([anew.id === told.id, anew.customers]).toEqual([false, []]);
    expect((await ours.get(`/improvements/${anew.id}`)).status).toBe(404);
  });

  it('finds nothing where there is too little', async () => {
    const service = await serviceOf();
    await write(
      service,
      steady(5, 6, () => true),
    );
    await improver.post('/measurement/rollups/catch-up');
    expect((await improver.post(`/measurement/detections?service=${service}`)).body.items).toEqual([]);
  });
});
