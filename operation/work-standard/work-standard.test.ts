import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workweek } from '../../core/clock/example-calendars.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { runningService } from '../../test/support/service.ts';

let app: TestApplication;
let levels: Client;
let manager: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-06-01T09:00:00.000Z' });
  levels = await app.person('Lev Levels', ['SLM']);
  manager = await app.person('Pru Problem', ['PRM']);
  service = await runningService(app, { title: 'Lending' });
});
afterAll(() => app.close());

const calendar = workweek('UTC', [{ from: '09:00', to: '17:00' }]);
const drafted = (minutes: number, more: object = {}): Promise<Body> =>
  levels.create('work-standards', {
    title: `Within ${minutes}`,
    appliesTo: 'problem',
    calendar,
    targets: [{ priority: 'P2', minutes }],
    ...more,
  });
const state = async (id: string): Promise<string> => (await levels.get(`/work-standards/${id}`)).body.record.state;
const clocksOf = async (id: string): Promise<Body[]> => (await manager.get(`/problems/${id}/clocks`)).body.items;

/** A problem of priority P2, whose investigation begins. */
async function investigated(): Promise<string> {
  const { id } = await manager.create('problems', { title: 'Loans fail', service, source: 'judgement' });
  await manager.move('problems', id, 'log', { source: 'judgement', sourceNamed: 'A walk along the tills' });
  await manager.move('problems', id, 'prioritise', { frequency: 'often', impact: '2', recurrenceCost: 'low' });
  await manager.move('problems', id, 'investigate', { assignee: manager.id });
  return id;
}

describe('a standard of work', () => {
  it('is put in force with hours that can be computed with, and one target a priority', async () => {
    const { id } = await drafted(60, { calendar: { zone: 'Nowhere' }, targets: [] });
    const { body } = await levels.post(`/work-standards/${id}/moves/put-in-force`, { expectedVersion: 1 });
    const codes = body.refusals.map(({ code }: { code: string }) => code);
    expect(new Set(codes)).toEqual(new Set(['calendar.form', 'work-standard.no-target']));
    await levels.move('work-standards', id, 'discard');
    expect(await state(id)).toBe('ended');
    const twice = await drafted(60, { targets: [1, 2].map((minutes) => ({ priority: 'P1', minutes })) });
    const answer = await levels.post(`/work-standards/${twice.id}/moves/put-in-force`, { expectedVersion: 1 });
    expect(answer.body.refusals).toMatchObject([{ code: 'work-standard.target-twice' }]);
  });

  it('is kept by who keeps agreements or leads problems, and is the provider’s own', async () => {
    const customer = await app.customer('Marlow');
    const user = await app.person('Uma User', ['USR'], { customer });
    const { id } = await drafted(60);
    expect((await user.get(`/work-standards/${id}`)).status).toBe(404);
    const desk = await app.person('Dee Desk', ['SDK']);
    expect((await desk.post('/work-standards', { title: 'Mine', appliesTo: 'problem' })).status).toBe(403);
    const shared = await drafted(60, { customers: [customer] });
    expect(shared.customers).toEqual([]);
    expect((await user.get(`/work-standards/${shared.id}`)).status).toBe(404);
    const wanted = { kind: 'join', customer, reason: 'They ask.' };
    const shares = await levels.post(`/records/${shared.id}/shares`, wanted);
    expect(shares.body.refusals).toMatchObject([{ code: 'work-standard.own' }]);
    const owned = await levels.patch(`/work-standards/${shared.id}`, { expectedVersion: 1, owner: user.id });
    expect(owned.body.refusals).toMatchObject([{ code: 'record.owner-outside' }]);
    expect((await levels.post('/work-standards', { title: 'Hers', appliesTo: 'problem', owner: user.id })).status).toBe(
      422,
    );
  });

  it('is one at a time, also where two are put in force at once', async () => {
    const both = [await drafted(60), await drafted(90)];
    await Promise.all(both.map(({ id }) => levels.move('work-standards', id, 'put-in-force')));
    const states = await Promise.all(both.map(({ id }) => state(id)));
    expect(states.toSorted()).toEqual(['ended', 'in_force']);
    const standing = both[states.indexOf('in_force')]?.id ?? '';
    await levels.move('work-standards', standing, 'end', { reason: 'Only a trial.' });
  });

  it('measures what is logged while it is in force, and leaves its place to the next', async () => {
    const before = await investigated();
    expect(await clocksOf(before)).toEqual([]);
    const first = await drafted(480);
    await levels.move('work-standards', first.id, 'put-in-force');
    app.clock.set('2026-06-01T10:00:00.000Z');
    const problem = await investigated();
    expect(await clocksOf(problem)).toMatchObject([{ kind: 'analysis', terms: first.id }]);
    const { fields } = (await manager.get(`/problems/${problem}`)).body.record;
    expect([fields.nextDueAt, fields.breached]).toEqual(['2026-06-02T10:00:00.000Z', false]);

    app.clock.set('2026-06-01T12:00:00.000Z');
    const second = await drafted(60);
    await levels.move('work-standards', second.id, 'put-in-force');
    expect([await state(first.id), await state(second.id)]).toEqual(['ended', 'in_force']);
    expect(await clocksOf(problem)).toMatchObject([{ terms: first.id }]);
    const next = await investigated();
    expect(await clocksOf(next)).toMatchObject([{ terms: second.id }]);
    expect(await clocksOf(before)).toEqual([]);
  });

  it('has its target missed and met as any other, and figures read it', async () => {
    app.clock.set('2026-06-03T09:00:00.000Z');
    const id = await investigated();
    app.clock.set('2026-06-03T11:00:00.000Z');
    await manager.post(`/records/${id}/attestations`, { title: 'Log', statement: 'It was exhausted at 14:02.' });
    await manager.move('problems', id, 'establish-cause', {
      method: 'timeline',
      causes: [{ statement: 'The pool of connections is too small.' }],
      contributingFactors: [{ factor: 'Nobody asked how many lend at once.', area: 'design' }],
      originStage: 'design',
    });
    expect((await manager.get(`/problems/${id}`)).body.record.fields).toMatchObject({ breached: true });
    await app.settle();
    const { rows } = await app.application.pool.query(
      'select worked_minutes, target_minutes, breached from core.case_fact where record_id = $1',
      [id],
    );
    expect(rows).toEqual([{ worked_minutes: 120, target_minutes: 60, breached: true }]);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });
});
