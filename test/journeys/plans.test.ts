import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { faultsOf, setScenery } from '../support/plan-cases.ts';
import type { Scenery } from '../support/plan-cases.ts';
import { rowsOf } from '../support/plans.ts';

// `npm run bench -- plans` asks for more.
const count = Number(process.env['PLAN_INCIDENTS'] ?? 20_000);
let app: TestApplication;
let scenery: Scenery;

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false, startAt: '2026-06-15T09:00:00.000Z' });
  scenery = await setScenery(app, count);
});
afterAll(() => app.close());

it.each(['as they were before all that came', 'of now'])(
  'reads no more than an answer needs, with statistics %s',
  async (which) => {
    if (which === 'of now') await scenery.analyse();
    const countOf = await rowsOf(app.database.ownerPool);
    const faults: string[] = [];
    for (const each of scenery.cases) faults.push(...(await faultsOf(each, countOf)));
    expect(faults.join('\n\n')).toBe('');
  },
  // Followers take in all that came, incident by incident: patience on a busy machine, no measure.
  300_000,
);

it('gives the same as reading everything would', async () => {
  const { desk, mine } = scenery;
  const brute = async (condition: string, order: string, limit: number): Promise<string[]> =>
    (
      await app.database.ownerPool.query<{ ref: string }>(
        `select r.ref from core.record r join operation.incident t on t.id = r.id where ${condition} order by ${order} limit ${limit}`,
      )
    ).rows.map(({ ref }) => ref);
  const got = async (path: string): Promise<string[]> =>
    (await desk.get(path)).body.items.map(({ ref }: { ref: string }) => ref);
  const newest = 'r.updated_at desc, r.id desc';
  expect(await got('/search?q=zebra&limit=50')).toEqual(await brute("r.title like '%zebra%'", newest, 50));
  expect(await got('/search?q=print&limit=50')).toEqual(await brute("r.title like '%printer%'", newest, 50));
  expect(await got('/search?q=till&limit=20&types=incident')).toEqual(await brute("r.title like 'Till%'", newest, 20));
  const isMine = `t.assignee = '${mine}' and t.state in ('new', 'assigned')`;
  const path = `/incidents?assignee=${mine}&state=new,assigned&limit=20`;
  expect(await got(path)).toEqual(await brute(isMine, 'r.number desc', 20));
  const due = "coalesce(t.next_due_at, 'infinity'), t.id";
  const first = (await desk.get(`${path}&sort=nextDueAt`)).body;
  const second = await got(`${path}&sort=nextDueAt&cursor=${first.nextCursor}`);
  const refs = first.items.map(({ ref }: { ref: string }) => ref);
  expect([...refs, ...second]).toEqual(await brute(isMine, due, 40));
  expect(await got('/incidents?category=Category%207&q=printer&limit=20')).toEqual(
    await brute("t.category = 'Category 7' and r.title like '%printer%'", 'r.number desc', 20),
  );
  expect(await got('/incidents?priority=P2,P3&limit=20&sort=-updatedAt')).toEqual(
    await brute("t.priority in ('P2', 'P3')", newest, 20),
  );
});
