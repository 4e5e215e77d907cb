// What is read at size, each with the rows that its answer's own scope holds: `npm test` judges the plans on 20,000 incidents, `npm run bench -- plans` on 200,000.
import type { TestApplication } from './application.ts';
import type { Client } from './client.ts';
import { keepStatistics, makeIncidents, rareHits } from './many-incidents.ts';
import { drawn, plansOf } from './plans.ts';
import { takenOver } from './service.ts';

export interface PlanCase {
  name: string;
  /** How many rows the answer is made of, at most. */
  scope: number;
  act: () => Promise<unknown>;
  /** What comes before, not judged. */
  prepare?: () => Promise<unknown>;
}

export interface Scenery {
  cases: PlanCase[];
  desk: Client;
  /** Whose cases "my cases" are. */
  mine: string;
  /** Brings the statistics up to date. */
  analyse: () => Promise<void>;
}

const page = 51;
const open = 'new,assigned,in_progress,pending';

/** Arranges incidents of one service for two customers; statistics are those of the dozen that were there before. */
export async function setScenery(app: TestApplication, count: number): Promise<Scenery> {
  const { ownerPool } = app.database;
  const [near, far] = [await app.customer('Marlow'), await app.customer('Nettle')];
  const desk = await app.person('Dee Desk', ['SDK']);
  const assignees = [desk.id];
  for (let index = 1; index < 50; index += 1) assignees.push((await app.person(`Agent ${index}`, [])).id);
  const administrator = await app.person('Ada Min', ['ADM']);
  const teams: string[] = [];
  for (let index = 0; index < 20; index += 1)
    teams.push((await administrator.create('teams', { title: `Team ${index}` })).id);
  const reader = await app.person('Una User', ['USR'], { customer: far });
  const owner = await app.person('Sol Owner', ['SOW']);
  const business = await app.person('Bo Owner', ['BOW'], { customer: far });
  const service = (await takenOver(owner, { title: 'Tills', customers: [near, far] })).id;
  for (let index = 0; index < 12; index += 1)
    await desk.create('incidents', {
      title: `Till ${index} rings by itself`,
      customers: [near],
      service,
      team: teams[0],
      assignee: desk.id,
      category: 'Category 1',
    });
  const { id: waits } = await business.create('business-requirements', {
    title: 'Fewer queues',
    statement: 'Nobody queues for longer than five minutes.',
    trigger: 'customer',
    customer: far,
  });
  await business.move('business-requirements', waits, 'analyse');
  for (let index = 0; index < 20; index += 1)
    await business.decide('G1', waits, { outcome: 'defer', reason: 'Not this month.' });
  const like = (await desk.get('/incidents?limit=1')).body.items[0].id;
  await app.settle();
  await keepStatistics(ownerPool);
  await ownerPool.query('analyze');
  const until = new Date(app.clock.now()).toISOString();
  await makeIncidents(ownerPool, {
    providerId: app.providerId,
    like,
    count,
    teams,
    assignees,
    customers: [near, far],
    until,
  });
  const one = (await desk.get('/incidents?limit=1&sort=-updatedAt&state=in_progress')).body.items[0];
  const held = await holding(app, { team: teams[3] ?? '', assignee: desk.id, far });
  return {
    desk,
    mine: desk.id,
    analyse: async () => void (await ownerPool.query('analyze')),
    cases: casesOf({ app, desk, reader, team: teams[3] ?? '', service, one: one.id, held, count }),
  };
}

interface Held {
  mine: number;
  team: number;
  category: number;
  priority: number;
  inProgress: number;
  printers: number;
  theirs: number;
}

/** How many rows there are of each kind, asked of the database without any of our code. */
async function holding(
  app: TestApplication,
  { team, assignee, far }: { team: string; assignee: string; far: string },
): Promise<Held> {
  const { rows } = await app.database.ownerPool.query<Held>(
    `select count(*) filter (where assignee = $1 and state <> 'closed')::int as mine, count(*) filter (where team = $2 and state <> 'closed')::int as team,
       count(*) filter (where category = 'Category 7')::int as category, count(*) filter (where priority = 'P2')::int as priority,
       count(*) filter (where state = 'in_progress')::int as "inProgress", (select count(*)::int from core.record where title like '%printer%') as printers,
       (select count(*)::int from core.record where customers @> array[$3::uuid]) as theirs from operation.incident`,
    [assignee, team, far],
  );
  const [held] = rows;
  if (!held) throw new Error('nothing was counted');
  return held;
}

interface Ground {
  app: TestApplication;
  desk: Client;
  reader: Client;
  team: string;
  service: string;
  one: string;
  held: Held;
  count: number;
}

function casesOf({ app, desk, reader, team, service, one, held, count }: Ground): PlanCase[] {
  const got = (name: string, scope: number, path: string, by = desk): PlanCase => ({
    name,
    scope,
    act: async () => {
      const { status, body } = await by.get(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    },
  });
  const lists: [name: string, scope: number, query: string][] = [
    ['all, newest first', page, ''],
    ['all, edited last first', page, 'sort=-updatedAt'],
    ['in progress, newest first', page, 'state=in_progress'],
    ['open, next due first', page, `state=${open}&sort=nextDueAt`],
    ['in progress, by priority', held.inProgress, 'state=in_progress&sort=priority'],
    ['my cases', held.mine, `assignee=${desk.id}&state=${open}`],
    ['my cases, next due first', held.mine, `assignee=${desk.id}&state=${open}&sort=nextDueAt`],
    ["my team's queue", held.team, `team=${team}&state=${open}`],
    ['of a category', held.category, 'category=Category 7'],
    ['of a category that nothing has', 0, 'category=Nothing'],
    ['of a priority', held.priority, 'priority=P2'],
    ['of a service', page * 10, `service=${service}`],
    ['with a rare word', rareHits, 'q=zebra'],
    ['with a common word', held.printers, 'q=printer'],
    ['with a word that nothing has', 0, 'q=giraffe'],
    ['with a rare word, of a category', rareHits, 'q=zebra&category=Category 7'],
  ];
  return [
    ...lists.map(([name, scope, query]) => got(`list: ${name}`, scope, `/incidents?limit=50&${encodeURI(query)}`)),
    got('search: a rare word', rareHits, '/search?q=zebra'),
    got('search: a common word', 17, '/search?q=printer'),
    got('search: a word that nothing has', 0, '/search?q=giraffe'),
    got('search: a reference', 1, '/search?q=INC-1000007'),
    got('search: a common word, one type', 13, '/search?q=printer&types=incident'),
    got('search: by a customer, a rare word', rareHits, '/search?q=zebra', reader),
    got('list: all, by a customer', held.theirs, '/incidents?limit=50', reader),
    got('decisions that wait', 1, '/decisions/waiting'),
    got('decisions that wait, by a customer', 1, '/decisions/waiting', reader),
    got('decisions that stand on something altered', 0, '/decisions/changed'),
    got('loop', 10, '/loop'),
    got('overview', 10, `/services/${service}/overview`),
    got('overview, by a customer', 10, `/services/${service}/overview`, reader),
    got('read', 1, `/incidents/${one}`),
    got('around', 500, `/incidents/${one}/around`),
    got('journal of a record', 3, `/records/${one}/journal`),
    {
      name: 'roll-up of a span far behind',
      scope: Math.max(20_000, count),
      prepare: async () =>
        void (await app.database.ownerPool.query("update improvement.cursor set transaction = '0', place = 0")),
      act: () => app.runJob('measurement-rollup'),
    },
    {
      name: 'what follows a write',
      scope: 1,
      prepare: async () => {
        await app.settle();
        await app.settle(); // what they altered themselves
        await desk.post(`/incidents/${one}/notes`, { text: 'Looked at it.', audience: 'internal' });
      },
      act: app.settle,
    },
  ];
}

/** What is wrong with the plans of a case, in words; empty when nothing is. */
export async function faultsOf(
  { name, scope, prepare, act }: PlanCase,
  countOf: (table: string) => number,
): Promise<string[]> {
  await prepare?.();
  const plans = await plansOf(act);
  const most = 10 * scope + 200;
  return plans.flatMap(({ text, plan, touched, sequential }) => {
    const whole = sequential.filter((table) => countOf(table) > 200);
    if (touched <= most && !whole.length) return [];
    return [
      `${name}: ${touched} rows touched, at most ${most}${whole.length ? `; read as a whole: ${whole.join(', ')}` : ''}\n${text}\n${drawn(plan)}`,
    ];
  });
}
