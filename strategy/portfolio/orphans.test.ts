// The orphan report tells every break in the thread of what is in use, and no other.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Body, Client } from '../../test/support/client.ts';
import type { Header } from '../../core/record/define/data.ts';
import { castOf } from '../../test/support/thread.ts';
import { breaksAt, firstPeriodEnds, orphans } from './orphans.ts';
import type { OrphanPlace } from './orphans.ts';
import type { PromisedOutcome, ServiceInUse } from './store/orphans.ts';

const core = { id: 'a', type: 'service', ref: 'SVC-1', number: 1, title: 'Slots', state: 'catalogue', version: 1 };
const header: Header = { ...core, stage: 'strategy', customers: [], owner: null, createdAt: '', updatedAt: '' };
const service: ServiceInUse = {
  header,
  isLive: true,
  liveSince: '2026-03-10T09:00:00.000Z',
  requirements: 1,
  decideBy: null,
};
const outcome: PromisedOutcome = {
  service: 'a',
  header: { ...header, id: 'b', ref: 'OUT-1', type: 'outcome' },
  baseline: 8,
  source: 'Order system',
  period: 'month',
  isMeasured: false,
};
const codes = (of: ServiceInUse, promised: readonly PromisedOutcome[], now: string) =>
  breaksAt(of, promised, now).map(({ code }) => code);

describe('the thread of a service in use', () => {
  const march = '2026-03-31T23:59:59.999Z';
  it.each([
    ['without a requirement', { ...service, requirements: 0 }, [outcome], march, ['thread.no-requirement']],
    [
      'without a requirement, live or not',
      { ...service, requirements: 0, isLive: false },
      [],
      march,
      ['thread.no-requirement'],
    ],
    ['without an outcome', service, [], march, ['thread.no-outcome']],
    ['that is not live and has none yet', { ...service, isLive: false }, [], march, []],
    ['whose outcome has no baseline', service, [{ ...outcome, baseline: null }], march, ['thread.no-baseline']],
    ['whose outcome has no source', service, [{ ...outcome, source: '' }], march, ['thread.no-baseline']],
    ['whose first whole month is on its way', service, [outcome], '2026-04-30T23:59:59.999Z', []],
    ['whose first whole month is over', service, [outcome], '2026-05-01T00:00:00.000Z', ['thread.not-measured']],
    ['that is measured', service, [{ ...outcome, isMeasured: true }], '2027-01-01T00:00:00.000Z', []],
    ['that nobody subscribes to', { ...service, liveSince: null }, [outcome], '2027-01-01T00:00:00.000Z', []],
  ])('%s', (_what, of, promised, now, expected) => {
    expect(codes(of, promised, now)).toEqual(expected);
  });

  it('ends its first whole period on the first day of one that begins once it was live for a whole one', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
        (live, period) => {
          const end = new Date(firstPeriodEnds(live.toISOString(), period));
          expect(end.toISOString().slice(11)).toBe('00:00:00.000Z');
          if (period === 'week') expect(end.getUTCDay()).toBe(1);
          else expect(end.getUTCDate()).toBe(1);
          if (period === 'quarter') expect(end.getUTCMonth() % 3).toBe(0);
          const days = (end.getTime() - live.getTime()) / 86_400_000;
          const [least, most] = { week: [7, 14], month: [28, 62], quarter: [90, 184] }[period];
          expect(days).toBeGreaterThanOrEqual(least ?? 0);
          expect(days).toBeLessThanOrEqual(most ?? 0);
        },
      ),
    );
  });
});

describe('the report', () => {
  let app: TestApplication;
  let owner: Client;
  beforeAll(async () => {
    app = await createTestApplication();
    owner = await app.person('Sara Owen', ['SOW']);
  });
  afterAll(() => app.close());
  const told = async (by: Client) =>
    (await by.get('/orphans')).body.items.map((each: { code: string; at: { title: string } }) => [
      each.code,
      each.at.title,
    ]);

  it('tells of a service without a requirement as soon as somebody works by it, in its thread too, to who may see it', async () => {
    const id = await arranged(app, 'service', { title: 'Shadow desk' }, 'pipeline');
    expect(await told(owner)).toEqual([]);
    const mine = await app.customer('Quay');
    const theirs = await app.customer('Pier');
    await arranged(app, 'incident', { title: 'No light', service: id, customers: [mine] });
    await app.settle();
    expect(await told(owner)).toEqual([['thread.no-requirement', 'Shadow desk']]);
    const thread = await owner.get(`/records/${id}/thread`);
    expect(thread.body.complete).toBe(false);
    expect(thread.body.nodes.find((each: { header: { id: string } }) => each.header.id === id).broken).toEqual([
      expect.objectContaining({ code: 'thread.no-requirement' }),
    ]);
    const stranger = await app.person('Olga', ['BOW'], { customer: theirs });
    expect(await told(stranger)).toEqual([]);
  });

  it('is told page by page, to its end and without a gap, whatever the size of a page', async () => {
    const before = (await owner.get('/orphans?limit=200')).body.items;
    for (let each = 0; each < 5; each += 1) await arranged(app, 'service', { title: `Ran ${each}` }, 'undecided');
    const whole = (await owner.get('/orphans?limit=200')).body;
    expect([whole.items.length, whole.nextCursor]).toEqual([before.length + 5, null]);
    for (const limit of [1, 2, 3]) {
      const items = [];
      let next: string | null = '';
      do {
        const page: { items: object[]; nextCursor: string | null } = (
          await owner.get(`/orphans?limit=${limit}${next ? `&cursor=${next}` : ''}`)
        ).body;
        expect(page.items.length).toBeLessThanOrEqual(limit);
        items.push(...page.items);
        next = page.nextCursor;
      } while (next !== null);
      expect(items).toEqual(whole.items);
    }
    const foreign = await owner.get('/orphans?cursor=x');
    expect([foreign.status, foreign.body.refusals[0].code]).toEqual([422, 'list.cursor']);
  });

  it('goes on behind more services without a break than one page looks at', async () => {
    const { pool } = app.application;
    const source = {
      client: pool,
      principal: systemPrincipal(app.providerId, 'test', null),
      now: '2026-03-02T09:00:00.000Z',
    };
    const whole = (await orphans(source, { from: { number: 0, told: 0 }, limit: 200 })).items;
    const items = [];
    let place: OrphanPlace | null = { number: 0, told: 0 };
    while (place) {
      const page: Awaited<ReturnType<typeof orphans>> = await orphans(source, {
        from: place,
        limit: 200,
        looked: { atOnce: 1, times: 1 },
      });
      items.push(...page.items);
      place = page.next;
    }
    expect([items.length, items]).toEqual([whole.length, whole]);
  });

  it('agrees with every thread: complete is what it tells nothing of', async () => {
    const cast = await castOf(app, 'Wharf');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          state: fc.constantFrom('undecided', 'taken_over', 'pipeline', 'catalogue', 'retired'),
          packaged: fc.constantFrom(null, 'drafting', 'chartered', 'delivered'),
          baseline: fc.constantFrom(null, 8),
          source: fc.constantFrom(null, 'Order system'),
        }),
        async ({ state, packaged, baseline, source }) => {
          const shared = { customers: [cast.customer] };
          const id = await arranged(app, 'service', { title: 'Any', ...shared }, state);
          if (packaged) {
            const need = { title: 'Any', statement: 'Any.', trigger: 'market', ...shared };
            const requirement = await arranged(app, 'business-requirement', need, 'agreed');
            const promise = { statement: 'Fewer.', measure: 'missed / all', unit: '%', baseline, source };
            await arranged(app, 'outcome', { title: 'Any', requirement, ...shared, ...promise });
            await arranged(app, 'service-package', { title: 'Any', requirement, service: id, ...shared }, packaged);
          }
          for (const reader of [owner, cast.owner]) {
            const { items } = (await reader.get('/orphans?limit=200')).body;
            const mine = items.filter((each: Body) => each.of.id === id);
            const thread = (await reader.get(`/records/${id}/thread`)).body;
            const broken = thread.nodes.flatMap((node: Body) => node.broken);
            expect([thread.complete, broken]).toEqual([
              mine.length === 0,
              mine.map(({ code, sentence, hint }: Body) => ({ code, sentence, hint })),
            ]);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});
