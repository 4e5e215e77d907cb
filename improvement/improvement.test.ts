import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../core/record/act/act.ts';
import { systemPrincipal } from '../core/permission/principal.ts';
import { createTestApplication } from '../test/support/application.ts';
import type { TestApplication } from '../test/support/application.ts';
import type { Body, Client } from '../test/support/client.ts';
import { bySystem, liveService } from '../test/support/live.ts';
import { amendedOutcome, castOf } from '../test/support/thread.ts';
import type { Cast } from '../test/support/thread.ts';
import { registerOpportunity } from './register/index.ts';
import { takenOver } from '../test/support/service.ts';

let app: TestApplication;
let cast: Cast;
let improver: Client;
let verifier: Client;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  improver = await app.person('Ina Improver', ['CSI']);
  verifier = await app.person('Vera Verifier', ['VER'], { customer: cast.customer });
});
afterAll(() => app.close());

const live = () => liveService(app, cast);

const value = (outcome: string, periodFrom: string, periodTo: string, of: number) => ({
  title: 'Missed collections',
  outcome,
  periodFrom,
  periodTo,
  value: of,
  grade: 'C',
  source: 'Order system',
});
const codes = (answer: { body: Body }) => answer.body.refusals.map((each: { code: string }) => each.code);

describe('the measured value of an outcome', () => {
  it('is entered neither by the provider nor by anyone but the owner', async () => {
    const { outcome } = await live();
    const input = value(outcome, '2026-04-01', '2026-04-30', 5);
    expect(await cast.portfolio.post('/outcome-measurements', input)).toMatchObject({ status: 403 });
    expect(codes(await cast.sponsor.post('/outcome-measurements', input))).toEqual(['value.not-owner']);
  });

  it('is refused before go-live, on its day, for days to come and for days that have one', async () => {
    const { outcome } = await live();
    const tried = async (from: string, to: string) =>
      codes(await cast.owner.post('/outcome-measurements', value(outcome, from, to, 5)));
    expect(await tried('2026-02-01', '2026-02-28')).toEqual(['value.not-live']);
    expect(await tried('2026-03-31', '2026-04-30')).toEqual(['value.not-live']);
    expect(await tried('2026-09-01', '2026-09-15')).toEqual(['value.not-over']);
    await cast.owner.create('outcome-measurements', value(outcome, '2026-04-01', '2026-04-30', 5));
    expect(await tried('2026-04-30', '2026-05-31')).toEqual(['value.period-taken']);
    expect(await tried('2026-06-30', '2026-06-01')).toEqual(['value.period', 'value.not-live']);
  });

  it('shows at once as attainment of the outcome and value of the service, and can be taken back', async () => {
    const { outcome, service } = await live();
    await cast.owner.create('outcome-measurements', value(outcome, '2026-04-01', '2026-04-30', 4));
    const last = await cast.owner.create('outcome-measurements', value(outcome, '2026-05-01', '2026-05-31', 3.9));
    const shown = async () => (await cast.owner.get(`/outcomes/${outcome}`)).body.record.fields;
    expect(await shown()).toMatchObject({ latest: 3.9, attainment: 1.025, attainedPeriods: 2, latestGrade: 'C' });
    expect((await cast.owner.get(`/services/${service}/overview`)).body.value).toMatchObject({
      attainment: 1.025,
      grade: 'C',
    });
    await cast.owner.move('outcome-measurements', last.id, 'correct', { reason: 'A typing error.' });
    expect(await shown()).toMatchObject({ latest: 4, attainment: 1, attainedPeriods: 1 });
  });

  it('of an outcome that got worse is told as it was measured, beside what is weighed', async () => {
    const { outcome, service } = await live();
    await cast.owner.create('outcome-measurements', value(outcome, '2026-04-01', '2026-04-30', 9));
    const [shown] = (await cast.owner.get(`/services/${service}/overview`)).body.outcomes;
    expect(shown).toMatchObject({ attainment: 0, unclamped: -0.25 });
  });

  it('is judged by what was promised when its period ended: an amendment betters and worsens nothing past', async () => {
    const { outcome, service } = await live();
    await cast.owner.create('outcome-measurements', value(outcome, '2026-04-01', '2026-04-30', 4));
    const edit = async (values: object) => {
      await amendedOutcome(cast, outcome, values);
      await app.settle();
      return (await cast.owner.get(`/outcomes/${outcome}`)).body.record.fields;
    };
    const reached = { attainment: 1, attainedPeriods: 1, missedPeriods: 0 };
    expect(await edit({ target: 3 })).toMatchObject(reached);
    // It is the middle of September: what ends later is judged by the new target.
    app.clock.set('2026-10-02T09:00:00Z');
    await cast.owner.create('outcome-measurements', value(outcome, '2026-09-01', '2026-09-30', 4));
    const shown = async () => (await cast.owner.get(`/outcomes/${outcome}`)).body.record.fields;
    expect(await shown()).toMatchObject({ attainment: 0.8, attainedPeriods: 0, missedPeriods: 1 });
    await cast.owner.create('outcome-measurements', value(outcome, '2026-08-01', '2026-08-31', 5));
    expect(await shown()).toMatchObject({ missedPeriods: 2 });
    expect(await edit({ direction: 'maintain' })).toMatchObject({ attainment: 0.8, missedPeriods: 2 });
    await cast.owner.create('outcome-measurements', value(outcome, '2026-07-01', '2026-07-31', 4));
    expect(await shown()).toMatchObject({ missedPeriods: 2 });
    // So are the figures of those months.
    await app.settle();
    await app.runJob('measurement-rollup');
    const { rows } = await app.database.ownerPool.query(
      `select day::text, round(unclamped::numeric, 2)::float8 as unclamped
       from improvement.attained
       where outcome_id = $1
       order by day`,
      [outcome],
    );
    expect(rows).toEqual([
      { day: '2026-04-30', unclamped: 1 },
      { day: '2026-07-31', unclamped: 1 },
      { day: '2026-08-31', unclamped: 0.75 },
      { day: '2026-09-30', unclamped: 0.8 },
    ]);
    expect((await cast.owner.get(`/services/${service}/overview`)).body.value.attainment).toBe(0.8);
    const kinds = async () =>
      (await cast.owner.get(`/records/${outcome}/journal`)).body.items.map(({ kind }: Body) => kind);
    const before = await kinds();
    await edit({ statement: 'Fewer collections are missed.' });
    expect((await kinds()).slice(0, -before.length)).toEqual(['moved']);
  });

  it('is read from a file: all lines or none', async () => {
    const { outcome } = await live();
    const header = 'periodFrom,periodTo,value,grade,source';
    const path = `/outcomes/${outcome}/measurements/csv`;
    const bad = `${header}\n2026-04-01,2026-04-30,5,C,Orders\n2026-03-01,2026-03-31,8,C,Orders`;
    const refused = await cast.owner.post(path, { csv: bad });
    expect(refused).toMatchObject({
      status: 409,
      body: { refusals: [{ code: 'value.not-live', sentence: expect.stringContaining('Line 3') }] },
    });
    expect((await cast.owner.get(`/outcome-measurements?outcome=${outcome}`)).body.items).toEqual([]);
    const good = `${header}\n2026-04-01,2026-04-30,5,C,Orders\n2026-05-01,2026-05-31,4.5,C,Orders`;
    expect((await cast.owner.post(path, { csv: good })).body.measurements).toMatchObject([{ line: 2 }, { line: 3 }]);
    expect((await cast.designer.post(path, { csv: good })).status).toBe(403);
  });

  it('ends with the live interval', async () => {
    const { outcome, version } = await live();
    const [subscription] = (await cast.portfolio.get(`/subscriptions?serviceVersion=${version}`)).body.items;
    app.clock.set('2026-07-15T12:00:00Z');
    await bySystem(app, 'subscription', subscription.id, ['back-out']);
    app.clock.set('2026-09-15T09:00:00Z');
    expect(
      codes(await cast.owner.post('/outcome-measurements', value(outcome, '2026-07-01', '2026-07-31', 4))),
    ).toEqual(['value.not-live']);
    await cast.owner.create('outcome-measurements', value(outcome, '2026-06-01', '2026-06-30', 4));
  });
});

const idea = {
  title: 'Synthetic probes',
  description: 'Partial outages are found late.',
  originStage: 'operation',
  metric: 'Time to detect',
  unit: 'min',
  baselineValue: 22,
  targetValue: 5,
  benefit: 'Fewer missed collections.',
  oneOffCost: { minor: 500_000, currency: 'GBP' },
  risk: 'False alarms.',
  verificationPlan: 'Rank test over eight incidents.',
  washoutDays: 7,
  afterDays: 8,
};
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const today = () => new Date(app.clock.now()).toISOString().slice(0, 10);
const points = (values: readonly number[], first = '2026-06-10') =>
  values.map((each, index) => ({ at: dayAfter(first, index), value: each }));

/** Answers the requirement back that the improvement's routing offered. */
async function respond(by: Client, improvement: string, move: string, values: object = {}): Promise<void> {
  const { items } = (await by.get(`/requirements-back?subject=${improvement}&state=offered`)).body;
  await by.move('requirements-back', items[0].id, move, values);
}

describe('an improvement', () => {
  it('says everything that its justification lacks', async () => {
    const { id } = await improver.create('improvements', {
      title: 'Faster',
      description: 'It is slow.',
      originStage: 'operation',
    });
    await improver.move('improvements', id, 'analyse');
    expect(new Set(codes(await improver.tryMove('improvements', id, 'justify')))).toEqual(
      new Set(['improvement.incomplete']),
    );
    expect(codes(await improver.tryMove('improvements', id, 'justify'))).toHaveLength(10);
  });

  it('can never aim at worse than today, when its metric is known: made, edited or justified', async () => {
    const ours = {
      ...idea,
      unit: '%',
      metric: 'SF-4 Restored within target',
      baselineValue: 95.1,
      targetStage: 'design',
    };
    const tried = async (values: object) => codes(await improver.post('/improvements', { ...ours, ...values }));
    expect(await tried({ targetValue: 47.55 })).toEqual(['improvement.worse-side']);
    expect(await tried({ targetValue: 101 })).toEqual(['improvement.impossible-target']);
    expect(await tried({ targetValue: 1, metric: 'pe-5', baselineValue: 0.9 })).toEqual(['improvement.worse-side']);
    const { id } = await improver.create('improvements', { ...ours, targetValue: 98 });
    const edited = async (values: object) => {
      const { version } = (await improver.get(`/improvements/${id}`)).body.record;
      return improver.patch(`/improvements/${id}`, { expectedVersion: version, ...values });
    };
    expect(codes(await edited({ targetValue: 47.55 }))).toEqual(['improvement.worse-side']);
    expect(codes(await edited({ metric: 'Hand-overs per incident' }))).toEqual(['improvement.worse-side']);
    expect((await edited({ targetValue: null, baselineValue: 99 })).status).toBe(200);
    expect(codes(await edited({ targetValue: 98 }))).toEqual(['improvement.worse-side']);
  });

  it('that names an outcome aims where the outcome does', async () => {
    const { service, outcome } = await live();
    const { unit } = (await cast.owner.get(`/outcomes/${outcome}`)).body.record.fields;
    const ours = { ...idea, service, outcome, unit, metric: 'A measure of our own' };
    expect(codes(await improver.post('/improvements', { ...ours, baselineValue: 5, targetValue: 22 }))).toEqual([
      'improvement.worse-side',
    ]);
    await improver.create('improvements', ours);
  });

  it('goes from detection through funding and routing to a requirement that the business adopts', async () => {
    const { service } = await live();
    const { id } = await improver.create('improvements', {
      ...idea,
      service,
      targetStage: 'strategy',
      beforeSeries: points([18, 31, 15, 24, 20, 24]),
    });
    await improver.move('improvements', id, 'analyse');
    await improver.move('improvements', id, 'justify');
    expect((await improver.tryDecide('G7', id)).status).toBe(403);
    await cast.sponsor.decide('G7', id);
    await improver.move('improvements', id, 'route');
    await respond(cast.relations, id, 'accept');
    const { links } = (await cast.owner.get(`/improvements/${id}`)).body;
    const fed = links.find((each: { type: string }) => each.type === 'feeds').other;
    expect(fed).toMatchObject({ type: 'business-requirement', state: 'identified', customers: [cast.customer] });
    expect((await cast.owner.get(`/business-requirements/${fed.id}`)).body.record.fields.trigger).toBe('improvement');
  });

  it('is verified by someone else, by the test fixed in advance, after the days to settle', async () => {
    const { service } = await live();
    app.clock.set('2026-09-10T09:00:00Z');
    const { id } = await improver.create('improvements', {
      ...idea,
      service,
      targetStage: 'improvement',
      beforeSeries: points([18, 31, 15, 24, 20, 24]),
    });
    for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
    await cast.sponsor.decide('G7', id);
    await improver.move('improvements', id, 'route');
    await respond(improver, id, 'accept');
    const done = (implementedOn: string) => improver.tryMove('improvements', id, 'done', { implementedOn });
    // The days before were known when the promise was made: none of them can be one of the days after.
    expect(codes(await done('2026-06-01'))).toEqual(['improvement.implemented-before']);
    expect((await done('2026-09-10')).status).toBe(200);
    expect(codes(await improver.tryMove('improvements', id, 'open-window'))).toEqual(['improvement.too-early']);
    app.clock.set('2026-09-17T09:00:00Z');
    await improver.move('improvements', id, 'open-window');
    expect(codes(await verifier.tryDecide('G9', id))).toEqual([
      'improvement.effect-not-shown',
      'decision.evidence-missing',
    ]);
    const compare = (first: string, values = [3, 6, 4, 5, 2, 7, 4, 5]) =>
      improver.tryMove('improvements', id, 'compare', { afterSeries: points(values, first) });
    expect(codes(await compare('2026-09-17'))).toEqual(['improvement.too-early']);
    app.clock.set('2026-09-25T09:00:00Z');
    for (const stray of ['2026-06-10', '2026-09-16', '2026-09-18', '2030-01-01'])
      expect(codes(await compare(stray))).toEqual(['improvement.stray-days']);
    expect((await compare('2026-09-17')).status).toBe(200);
    expect(codes(await compare('2026-09-17', [0, 0, 0, 0]))).toEqual(['improvement.compared']);
    const read = (await verifier.get(`/improvements/${id}`)).body;
    expect(read.record.fields.verdict).toMatchObject({
      verdict: 'effective',
      short: true,
      window: { from: '2026-09-17', to: '2026-09-24' },
      extended: false,
    });
    expect(read.decisions).toMatchObject([{ gate: 'G7', basis: 'current' }]);
    await verifier.decide('G9', id);
    expect((await verifier.get(`/improvements/${id}`)).body.record.state).toBe('verified_effective');
  });

  it('is compared once more over twice the days where that decided nothing, and never again', async () => {
    const { service } = await live();
    const { id } = await improver.create('improvements', {
      ...idea,
      service,
      targetStage: 'improvement',
      afterDays: 3,
      beforeSeries: points([22, 24]),
    });
    for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
    await cast.sponsor.decide('G7', id);
    await improver.move('improvements', id, 'route');
    await respond(improver, id, 'accept');
    await improver.move('improvements', id, 'done', { implementedOn: today() });
    const first = dayAfter(today(), 7);
    const after = (days: number) => app.clock.set(`${dayAfter(first, days)}T09:00:00Z`);
    after(3);
    await improver.move('improvements', id, 'open-window');
    const compare = (values: readonly number[]) =>
      improver.tryMove('improvements', id, 'compare', { afterSeries: points(values, first) });
    expect((await compare([4, 5])).status).toBe(200);
    const verdict = async () => (await verifier.get(`/improvements/${id}`)).body.record.fields.verdict;
    expect(await verdict()).toMatchObject({ verdict: 'inconclusive', extended: false });
    expect(codes(await verifier.tryDecide('G9', id))).toEqual([
      'improvement.effect-not-shown',
      'decision.evidence-missing',
    ]);
    expect(codes(await compare([4, 5, 4, 5]))).toEqual(['improvement.too-early']);
    after(6);
    expect((await compare([4, 5])).status).toBe(200);
    expect(await verdict()).toMatchObject({
      verdict: 'inconclusive',
      extended: true,
      window: { from: first, to: dayAfter(first, 5) },
    });
    expect(codes(await compare([0, 0, 0, 0, 0, 0]))).toEqual(['improvement.compared']);
  });

  it('tells nothing of the time after while it is thought over', async () => {
    const early = { implementedOn: '2030-01-01', afterSeries: points([4], '2030-02-01') };
    for (const [name, given] of Object.entries(early)) {
      const created = await improver.post('/improvements', { ...idea, [name]: given });
      expect(created.body.refusals).toMatchObject([{ code: 'improvement.not-implemented', field: name }]);
      const { id, version } = await improver.create('improvements', idea);
      const edited = await improver.patch(`/improvements/${id}`, { expectedVersion: version, [name]: given });
      expect(codes(edited)).toEqual(['improvement.not-implemented']);
    }
  });

  it('aims at the better side of a metric, whatever is said around its name', async () => {
    for (const metric of ['PE-5:', 'Hand-overs per incident (PE-5)', 'the PE-5 of the desk', 'pe-5'])
      expect(codes(await improver.post('/improvements', { ...idea, metric, targetValue: 30 }))).toEqual([
        'improvement.worse-side',
      ]);
    const { status } = await improver.post('/improvements', { ...idea, metric: 'Refusals of cards', targetValue: 30 });
    expect(status).toBe(201);
  });

  it('comes back on its review date when it is deferred', async () => {
    const { service } = await live();
    const { id } = await improver.create('improvements', {
      ...idea,
      service,
      targetStage: 'strategy',
      reviewAt: '2026-10-01',
    });
    for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
    await cast.sponsor.decide('G7', id, { outcome: 'reject', variant: 'postpone' });
    await app.runJob('improvement-reviews-due');
    expect((await improver.get(`/improvements/${id}`)).body.record.state).toBe('deferred');
    app.clock.set('2026-10-01T09:00:00Z');
    await app.runJob('improvement-reviews-due');
    expect((await improver.get(`/improvements/${id}`)).body.record.state).toBe('analysing');
  });

  it('comes back on its review date where another one is broken, and the fault is told', async () => {
    app.clock.set('2026-09-15T09:00:00Z');
    const deferred = async () => {
      const { id } = await improver.create('improvements', {
        ...idea,
        customers: [cast.customer],
        targetStage: 'strategy',
        beforeSeries: points([22, 23, 21]),
        reviewAt: '2026-10-01',
      });
      for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
      await cast.sponsor.decide('G7', id, { outcome: 'reject', variant: 'postpone' });
      return id;
    };
    const [broken, sound] = [await deferred(), await deferred()];
    const { ownerPool } = app.database;
    await ownerPool.query(
      `alter table improvement.improvement add constraint broken check (id <> '${broken}' or state = 'deferred')`,
    );
    app.clock.set('2026-10-01T09:00:00Z');
    await expect(app.runJob('improvement-reviews-due')).rejects.toThrow(/^1 of \d+ could not be done$/);
    expect((await improver.get(`/improvements/${sound}`)).body.record.state).toBe('analysing');
    await ownerPool.query('alter table improvement.improvement drop constraint broken');
  });

  // The choice is kept where records are made, for every type; looked at besides: what a parent or a service would add, and what
  // a customer's own person makes beneath something that others share.
  it('is kept to the provider where no customer is chosen, whoever has its service', async () => {
    const { service } = await live();
    const reader = await app.person('Una Near', ['USR'], { customer: cast.customer });
    const made = async (more: object) =>
      (await improver.create('improvements', { ...idea, service, title: 'Skirting boards', ...more })).id;
    const [chosen, left] = [await made({ customers: [] }), await made({})];
    const seen = async (id: string) => (await reader.get(`/improvements/${id}`)).status;
    expect([await seen(chosen), await seen(left)]).toEqual([404, 200]);
    expect(JSON.stringify((await reader.get('/search?q=skirting')).body)).not.toContain(chosen);
  });

  it('of a customer is shared with that customer alone, whoever else shares in what it comes from', async () => {
    const [near, far] = [cast.customer, await app.customer('Kestrel')];
    const { id: shared } = await cast.relations.create('business-requirements', {
      title: 'Both want it',
      statement: 'Both want it.',
      trigger: 'market',
      priority: 'must',
      customers: [near, far],
      owner: cast.owner.id,
    });
    const outcome = {
      title: 'Missed boats',
      requirement: shared,
      statement: 'They fall.',
      measure: 'missed / all',
      unit: '%',
      direction: 'lower',
      baseline: 8,
      target: 4,
      attainBy: '2026-12-31',
      sustainPeriods: 2,
      period: 'month',
      source: 'Harbour log',
      weight: 1,
    };
    const mine = await cast.owner.post('/outcomes', outcome);
    expect(mine.body.record.customers).toEqual([near]);
    const answers = [];
    for (const id of [far, '01a00000-0000-7000-8000-000000000000']) {
      const { status, body } = await cast.owner.post('/outcomes', { ...outcome, customers: [near, id] });
      answers.push([status, JSON.stringify(body).replaceAll(id, '')]);
    }
    expect([answers[0]?.[0], answers[0]]).toEqual([422, answers[1]]);
  });

  it('is registered once for one cause, however often it is detected', async () => {
    const found = {
      key: 'workload:slots',
      detector: 'workload',
      title: 'Above the limit',
      description: 'Demand is above the limit.',
      originStage: 'operation',
      customers: [cast.customer],
    } as const;
    const caller = {
      principal: systemPrincipal(app.providerId, 'detection', null),
      channel: 'job',
      requestId: 'detect',
    } as const;
    const detect = async () => {
      const outcome = await act(app.application, caller, { command: 'detect' }, async (work) => ({
        id: await registerOpportunity(work, { ...found, customers: [...found.customers] }),
      }));
      if (!outcome.ok) throw new Error('refused');
      return outcome.value.id;
    };
    const [first, ...others] = [await detect(), ...(await Promise.all([detect(), detect()]))];
    expect(others).toEqual([first, first]);
    expect((await improver.get(`/improvements/${first}`)).body.record.fields.occurrences).toBe(3);
  });

  it('is kept to the provider while it was found in the sums of several customers', async () => {
    const other = await app.customer('Kestrel');
    const owner = await app.person('Sol Sharing', ['SOW']);
    const users = [
      await app.person('Una Near', ['USR'], { customer: cast.customer }),
      await app.person('Kay Far', ['USR'], { customer: other }),
    ];
    const principal = systemPrincipal(app.providerId, 'detection', null);
    const caller = { principal, channel: 'job', requestId: 'detect' } as const;
    const detect = async (customers: string[]) => {
      const { id: service } = await takenOver(owner, { title: 'Tills', customers });
      const found = {
        key: `workload:${service}`,
        detector: 'workload',
        title: 'Forty cases a day',
        description: 'Demand is above the limit.',
        originStage: 'operation',
      } as const;
      const outcome = await act(app.application, caller, { command: 'detect' }, async (work) => ({
        id: await registerOpportunity(work, { ...found, service }),
      }));
      if (!outcome.ok) throw new Error('refused');
      return Promise.all(
        [improver, ...users].map(async (each) => (await each.get(`/improvements/${outcome.value.id}`)).status),
      );
    };
    expect(await detect([cast.customer, other])).toEqual([200, 404, 404]);
    expect(await detect([cast.customer])).toEqual([200, 200, 404]);
  });
});
