import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let marlow: string;
let kestrel: string;
let manager: Client;
let desk: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  marlow = await app.customer('Marlow');
  kestrel = await app.customer('Kestrel');
  manager = await app.person('Pru Problem', ['PRM']);
  desk = await app.person('Dee Desk', ['SDK']);
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Lending', customers: [marlow, kestrel] })).id;
});
afterAll(() => app.close());

const days = (count: number) => count * 86_400_000;
const logged = (category: string | null, fields: object = {}): Promise<Body> =>
  desk.create('incidents', { title: 'Loans are refused', customers: [marlow], service, category, ...fields });
const problemsOf = async (category: string): Promise<Body[]> =>
  (await manager.get(`/problems?category=${category}`)).body.items;
const incidentsOf = async (problem: string): Promise<string[]> =>
  (await manager.get(`/problems/${problem}/caused`)).body.newest.map(({ id }: Body) => id).toSorted();

describe('incidents that come again', () => {
  it('propose a problem from the third on, with all of them, for the provider alone, and in words that count nobody’s', async () => {
    const first = await logged('cards');
    const second = await logged('cards', { customers: [kestrel] });
    await app.settle();
    expect(await problemsOf('cards')).toEqual([]);
    const third = await logged('cards');
    await app.settle();
    const [problem, ...others] = await problemsOf('cards');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ title: 'Recurring: cards, Lending', state: 'detected', owner: null });
    const { record } = (await manager.get(`/problems/${problem.id}`)).body;
    expect(record.customers).toEqual([]);
    expect(record.fields).toMatchObject({
      source: 'recurrence',
      service,
      description: 'At least 3 incidents of the same service, component and category within 30 days.',
    });
    const ids: string[] = [first.id, second.id, third.id];
    expect(await incidentsOf(problem.id)).toEqual(ids.toSorted());
  });

  it('join the problem that stands, whatever state it is in, and propose no second one', async () => {
    const [{ id }] = await problemsOf('cards');
    await manager.move('problems', id, 'log', { source: 'recurrence' });
    for (let count = 0; count < 4; count += 1) await logged('cards');
    await app.settle();
    expect(await problemsOf('cards')).toHaveLength(1);
    expect((await manager.get(`/problems/${id}/caused`)).body.count).toBe(7);
  });

  it('are taken apart by a person for good', async () => {
    const [{ id }] = await problemsOf('cards');
    const incident = await logged('cards');
    await app.settle();
    const { links } = (await desk.get(`/incidents/${incident.id}`)).body;
    await desk.post(`/links/${links[0].id}/withdraw`, { reason: 'This card was stolen.' });
    for (const [index, category] of ['other', 'cards'].entries())
      await desk.patch(`/incidents/${incident.id}`, { expectedVersion: index + 1, category });
    await app.settle();
    expect(await incidentsOf(id)).not.toContain(incident.id);
  });

  it('do not propose again what was cancelled, until three others come', async () => {
    for (let count = 0; count < 3; count += 1) await logged('gates');
    await app.settle();
    const [{ id }] = await problemsOf('gates');
    await manager.move('problems', id, 'cancel', { reason: 'It was the weather.', reasonCode: 'no_fault' });
    for (let count = 0; count < 2; count += 1) await logged('gates');
    await app.settle();
    expect(await problemsOf('gates')).toHaveLength(1);
    await logged('gates');
    await app.settle();
    const both = await problemsOf('gates');
    expect(both.map(({ state }: { state: string }) => state).toSorted()).toEqual(['cancelled', 'detected']);
  });

  it('are counted within thirty days only', async () => {
    await logged('lamps');
    await logged('lamps');
    app.clock.advance(days(31));
    await logged('lamps');
    await app.settle();
    expect(await problemsOf('lamps')).toEqual([]);
  });

  it('are not those that were cancelled, of other categories, or of none', async () => {
    const cancelled = await logged('doors');
    await desk.move('incidents', cancelled.id, 'cancel', { reason: 'It was a test.' });
    await logged('doors');
    await logged('doors');
    for (let count = 0; count < 3; count += 1) await logged(null);
    for (const category of ['a', 'b', 'c']) await logged(category);
    await app.settle();
    const { items } = (await manager.get('/problems?limit=200')).body;
    expect(items.map(({ fields }: Body): string => fields.category).toSorted()).toEqual(['cards', 'gates', 'gates']);
  });

  it('bring a resolved problem back by themselves while it is watched', async () => {
    const [{ id }] = await problemsOf('cards');
    await app.database.ownerPool.query(
      `update operation.problem set state = 'resolved', resolved_at = $2 where id = $1`,
      [id, new Date(app.clock.now()).toISOString()],
    );
    await app.database.ownerPool.query("update core.record set state = 'resolved' where id = $1", [id]);
    app.clock.advance(1000);
    await logged('cards');
    await app.settle();
    const { record } = (await manager.get(`/problems/${id}`)).body;
    expect(record).toMatchObject({ state: 'investigating', fields: { recurrenceCount: 1 } });
  });
});
