import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let customer: string;
let representative: Client;
let levels: Client;
let desk: Client;
let manager: Client;
let user: Client;
let outsider: Client;
let service: string;
let team: string;

const targets = [
  { priority: 'P1', responseMinutes: 15, restoreMinutes: 120 },
  { priority: 'P2', responseMinutes: 30, restoreMinutes: 240 },
  { priority: 'P3', responseMinutes: 60, restoreMinutes: 480 },
];
const p3 = { impact: '3', urgency: 'medium' };

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  const other = await app.customer('Kestrel');
  representative = await app.person('Cat Customer', ['CUS'], { customer });
  levels = await app.person('Lev Levels', ['SLM']);
  desk = await app.person('Dee Desk', ['SDK']);
  manager = await app.person('Ina Manager', ['INM']);
  user = await app.person('Uma User', ['USR'], { customer });
  outsider = await app.person('Kay', ['USR'], { customer: other });
  const owner = await app.person('Sol Owner', ['SOW']);
  const administrator = await app.person('Ada Min', ['ADM']);
  service = (await takenOver(owner, { title: 'Slot promise', customers: [customer] })).id;
  team = (await administrator.create('teams', { title: 'Slots team' })).id;
});
afterAll(() => app.close());

async function signed(effectiveFrom: string): Promise<string> {
  const { id } = await levels.create('agreements', {
    title: 'Slots, office hours',
    customers: [customer],
    service,
    customer,
    calendar: ukOffice,
    targets,
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: 'resume_excluding_gap',
    effectiveFrom,
  });
  await levels.move('agreements', id, 'negotiate');
  await levels.move('agreements', id, 'sign-provider');
  await representative.move('agreements', id, 'sign-customer');
  return id;
}

async function logged(at: string, fields: object = p3): Promise<Body> {
  app.clock.set(at);
  return desk.create('incidents', { title: 'Slots are not offered', customers: [customer], service, ...fields });
}

async function working(at: string): Promise<string> {
  const { id } = await logged(at);
  await desk.move('incidents', id, 'assign', { service, ...p3, team });
  await desk.move('incidents', id, 'start-work', { assignee: desk.id });
  return id;
}

async function clock(id: string, kind = 'restore'): Promise<Body> {
  const { items } = (await desk.get(`/incidents/${id}/clocks`)).body;
  return items.findLast((each: { kind: string }) => each.kind === kind);
}

describe('an agreement', () => {
  it('is signed for the customer by its own representative only, and by nobody of the provider', async () => {
    const { id } = await levels.create('agreements', {
      title: 'Draft',
      customers: [customer],
      service,
      customer,
      calendar: ukOffice,
      targets,
    });
    await levels.move('agreements', id, 'negotiate');
    expect((await levels.tryMove('agreements', id, 'sign-customer')).status).toBe(403);
    expect((await outsider.get(`/agreements/${id}`)).status).toBe(404);
    expect((await representative.move('agreements', id, 'sign-customer')).fields.signedByCustomer).toBe(
      representative.id,
    );
  });

  it('loses its signatures when it is edited', async () => {
    const { id, version } = await levels.create('agreements', {
      title: 'Draft',
      customers: [customer],
      service,
      customer,
      calendar: ukOffice,
      targets,
    });
    expect(version).toBe(1);
    await levels.move('agreements', id, 'negotiate');
    const { version: now } = await levels.move('agreements', id, 'sign-provider');
    const answer = await levels.patch(`/agreements/${id}`, { expectedVersion: now, availabilityTarget: 99.5 });
    expect(answer.body.record.fields.signedByProvider).toBeNull();
  });

  it('is not negotiated with service hours that cannot be computed with', async () => {
    const calendar = { ...ukOffice, zone: 'Europe/Londinium' };
    const { id } = await levels.create('agreements', {
      title: 'Draft',
      customers: [customer],
      service,
      customer,
      calendar,
      targets,
    });
    const answer = await levels.tryMove('agreements', id, 'negotiate');
    expect(answer).toMatchObject({ status: 409, body: { code: 'calendar.zone' } });
  });

  it('comes into force when both have signed, version by version, and never over the past', async () => {
    app.clock.set('2026-03-02T09:00:00.000Z');
    const first = await signed('2026-03-02T00:00:00.000Z');
    expect((await levels.move('agreements', first, 'put-in-force')).state).toBe('in_force');
    const second = await signed('2026-03-01T00:00:00.000Z');
    expect(await levels.tryMove('agreements', second, 'put-in-force')).toMatchObject({
      status: 409,
      body: { code: 'agreement.back-dated' },
    });
  });

  it('is amended as a new version from now on, and the old one governs the past (model INV-15)', async () => {
    app.clock.set('2026-03-03T09:00:00.000Z');
    const { items } = (await levels.get('/agreements?state=in_force')).body;
    const [{ id }] = items;
    await levels.move('agreements', id, 'review', { reason: 'Yearly.' });
    await levels.move('agreements', id, 'keep', { reason: 'It serves us well.' });
    await levels.move('agreements', id, 'review', { reason: 'Asked for more.' });
    const { version } = (await levels.get(`/agreements/${id}`)).body.record;
    const effectiveFrom = '2026-03-04T00:00:00.000Z';
    await levels.patch(`/agreements/${id}`, { expectedVersion: version, availabilityTarget: 99.9, effectiveFrom });
    expect((await levels.tryMove('agreements', id, 'keep', { reason: 'No edit.' })).body.code).toBe(
      'agreement.amended',
    );
    await levels.move('agreements', id, 'amend', { reason: 'More availability.' });
    await levels.move('agreements', id, 'sign-provider');
    await representative.move('agreements', id, 'sign-customer');
    await levels.move('agreements', id, 'put-in-force');
    const { rows } = await app.database.appPool.query(
      `select version, from_at, to_at, definition -> 'availabilityPercent' as percent from handover.agreement_in_force where agreement_id = $1 order by version`,
      [id],
    );
    expect(rows).toEqual([
      { version: 1, from_at: '2026-03-02T00:00:00.000Z', to_at: effectiveFrom, percent: null },
      { version: 2, from_at: effectiveFrom, to_at: null, percent: 99.9 },
    ]);
    const rewriting = app.database.appPool.query(`update handover.agreement_in_force set definition = '{}'`);
    await expect(rewriting).rejects.toThrow('permission denied');
  });
});

describe('the clocks of an incident', () => {
  it('count office hours over the night the clocks go forward (model V1)', async () => {
    const { id } = await logged('2026-03-27T16:30:00.000Z');
    expect(await clock(id)).toMatchObject({
      state: 'running',
      zone: 'Europe/London',
      targetMinutes: 480,
      dueAt: '2026-03-30T15:00:00.000Z',
    });
    expect((await desk.get(`/incidents/${id}`)).body.record.fields).toMatchObject({
      priority: 'P3',
      nextDueAt: '2026-03-27T17:30:00.000Z',
    });
  });

  it('wait while the customer is asked, holidays aside, and go on with the answer (model V4)', async () => {
    const id = await working('2026-04-02T14:00:00.000Z');
    app.clock.set('2026-04-02T15:00:00.000Z');
    await desk.move('incidents', id, 'pause', { pendingReason: 'customer', reason: 'Asked which store.' });
    expect(await clock(id)).toMatchObject({ state: 'paused', dueAt: null, elapsedBusinessMinutes: 60 });
    app.clock.set('2026-04-07T09:00:00.000Z');
    expect((await user.post(`/incidents/${id}/notes`, { audience: 'public', text: 'The one in Ely.' })).status).toBe(
      201,
    );
    const reading = await clock(id);
    expect(reading).toMatchObject({ state: 'running', dueAt: '2026-04-07T16:00:00.000Z', elapsedBusinessMinutes: 60 });
    expect(reading.inWords.map((each: Body) => [each.kind, each.reason])).toEqual([
      ['working', null],
      ['paused', 'customer'],
    ]);
  });

  it('run on while it waits for a reason that the agreement does not name', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    await desk.move('incidents', id, 'pause', { pendingReason: 'supplier', reason: 'Asked the carrier.' });
    expect(await clock(id)).toMatchObject({ state: 'running' });
  });

  it('stop the response with the start of work, and the restoration when service was restored', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    expect(await clock(id, 'response')).toMatchObject({ state: 'met' });
    app.clock.set('2026-06-22T11:00:00.000Z');
    await desk.move('incidents', id, 'resolve', {
      resolutionCode: 'fixed',
      resolution: 'Restarted.',
      serviceRestoredAt: '2026-06-22T10:00:00.000Z',
    });
    expect(await clock(id)).toMatchObject({ state: 'met', elapsedBusinessMinutes: 60 });
  });

  it('do not count the time while resolved, where the agreement says so', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    app.clock.set('2026-06-22T10:00:00.000Z');
    await desk.move('incidents', id, 'resolve', {
      resolutionCode: 'fixed',
      resolution: 'Restarted.',
      serviceRestoredAt: '2026-06-22T10:00:00.000Z',
    });
    app.clock.set('2026-06-22T13:00:00.000Z');
    const { fields } = await user.move('incidents', id, 'reopen', { reason: 'It fails again.' });
    expect(fields.reopenCount).toBe(1);
    expect(await clock(id)).toMatchObject({ state: 'running', elapsedBusinessMinutes: 60 });
  });

  it('breach at the due instant, though nobody is awake, and stay breached', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    app.clock.set('2026-06-24T09:00:00.000Z');
    await app.runJob('clocks');
    expect((await desk.get(`/incidents/${id}`)).body.record.fields.breached).toBe(true);
    expect(await clock(id)).toMatchObject({ state: 'breached_running', breachedAt: '2026-06-23T08:30:00.000Z' });
  });

  it('are replaced with another priority as its reason says (model V5)', async () => {
    const raised = async (reasonCode: string) => {
      const id = await working('2026-06-22T09:00:00.000Z');
      app.clock.set('2026-06-22T14:00:00.000Z');
      const { version } = (await desk.get(`/incidents/${id}`)).body.record;
      const body = { expectedVersion: version, impact: '2', urgency: 'medium', reasonCode, reason: 'Two stores.' };
      expect((await desk.post(`/incidents/${id}/moves/reprioritise`, body)).status).toBe(200);
      return clock(id);
    };
    expect(await raised('misclassified')).toMatchObject({
      state: 'breached_running',
      breachedAt: '2026-06-22T13:00:00.000Z',
    });
    expect(await raised('impact_changed')).toMatchObject({ state: 'running', dueAt: '2026-06-23T09:30:00.000Z' });
  });

  it('go on as they are where the priority is not another one', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    const before = await clock(id);
    app.clock.set('2026-06-22T14:00:00.000Z');
    const set = async (given: object) => {
      const { version } = (await desk.get(`/incidents/${id}`)).body.record;
      const body = { expectedVersion: version, reasonCode: 'impact_changed', reason: 'As it was.', ...given };
      return desk.post(`/incidents/${id}/moves/reprioritise`, body);
    };
    const refused = await set(p3);
    expect(refused.status).toBe(409);
    expect(refused.body.refusals[0]).toMatchObject({ code: 'incident.priority-as-before', field: 'impact' });
    // Another impact and urgency of the same priority are another judgement, not another target.
    expect((await set({ impact: '4', urgency: 'high' })).status).toBe(200);
    expect(await clock(id)).toMatchObject({ state: 'running', dueAt: before.dueAt });
  });

  it('leave the easing of a nearly used target to the incident manager', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    app.clock.set('2026-06-22T16:00:00.000Z');
    const ease = async (by: Client) => {
      const { version } = (await by.get(`/incidents/${id}`)).body.record;
      const body = {
        expectedVersion: version,
        impact: '4',
        urgency: 'low',
        reasonCode: 'impact_changed',
        reason: 'One.',
      };
      return by.post(`/incidents/${id}/moves/reprioritise`, body);
    };
    // P4 has no target in this agreement: dropping one is easing it.
    expect((await ease(desk)).status).toBe(403);
    expect((await ease(manager)).status).toBe(200);
  });

  it('leave it to the manager as well where triage eases it', async () => {
    const { id } = await logged('2026-06-22T09:00:00.000Z');
    app.clock.set('2026-06-22T16:00:00.000Z');
    const triage = { service, impact: '4', urgency: 'low', team };
    expect((await desk.tryMove('incidents', id, 'assign', triage)).body.code).toBe('clock.easing');
    expect((await desk.tryMove('incidents', id, 'assign', { service, ...p3, team })).status).toBe(200);
    const { id: other } = await logged('2026-06-22T09:00:00.000Z');
    app.clock.set('2026-06-22T16:00:00.000Z');
    expect((await manager.tryMove('incidents', other, 'assign', triage)).status).toBe(200);
  });

  it('are judged anew with a reason only, also where the priority comes to the same', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    const edited = async (fields: object) => {
      const { version } = (await desk.get(`/incidents/${id}`)).body.record;
      return desk.patch(`/incidents/${id}`, { expectedVersion: version, ...fields });
    };
    for (const judged of [{ impact: '4', urgency: 'high' }, { impact: '2', urgency: 'low' }, { urgency: 'high' }])
      expect((await edited(judged)).body.code).toBe('incident.priority-reason');
    expect((await edited({ ...p3, category: 'Checkout' })).status).toBe(200);
  });
});

describe('an incident', () => {
  it('is not for strangers or other organisations, and a user may log but not assign', async () => {
    expect((await app.stranger.post('/incidents', { title: 'x', service })).status).toBe(401);
    const { id } = await user.create('incidents', { title: 'No slots', service });
    expect((await outsider.get(`/incidents/${id}`)).status).toBe(404);
    expect((await outsider.get(`/incidents/${id}/clocks`)).status).toBe(404);
    expect((await user.tryMove('incidents', id, 'assign', { service, ...p3, team })).status).toBe(403);
  });

  it('is offered to be assigned before anybody has judged it: the move asks for that itself', async () => {
    const { id } = await user.create('incidents', { title: 'No slots', service });
    const offered = async (by: Client) =>
      (await by.get(`/incidents/${id}`)).body.moves
        .filter(({ allowed }: { allowed: boolean }) => allowed)
        .map(({ name }: { name: string }) => name);
    expect(await offered(desk)).toEqual(['assign', 'reprioritise', 'cancel']);
    expect(await offered(user)).toEqual([]);
    await desk.move('incidents', id, 'assign', { service, ...p3, team });
  });

  it('gets its clocks, from the moment it was logged, when triage gives it a priority', async () => {
    app.clock.set('2026-06-22T09:00:00.000Z');
    const { id } = await user.create('incidents', { title: 'No slots', service });
    expect(await clock(id)).toBeUndefined();
    app.clock.set('2026-06-22T09:30:00.000Z');
    await desk.move('incidents', id, 'assign', { service, ...p3, team });
    expect(await clock(id)).toMatchObject({ startedAt: '2026-06-22T09:00:00.000Z', dueAt: '2026-06-23T08:30:00.000Z' });
  });

  it('shows internal notes to the provider only', async () => {
    const { id } = await logged('2026-06-22T09:00:00.000Z');
    const lastEdit = async () => (await user.get(`/incidents/${id}`)).body.record.updatedAt;
    const before = await lastEdit();
    app.clock.set('2026-06-22T09:05:00.000Z');
    await desk.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'Looks like the carrier again.' });
    expect(await lastEdit()).toBe(before);
    await desk.post(`/incidents/${id}/notes`, { audience: 'public', text: 'We are on it.' });
    expect(await lastEdit()).toBe('2026-06-22T09:05:00.000Z');
    const texts = async (by: Client) =>
      (await by.get(`/incidents/${id}/notes`)).body.items.map((note: { text: string }) => note.text);
    expect(await texts(desk)).toEqual(['Looks like the carrier again.', 'We are on it.']);
    expect(await texts(user)).toEqual(['We are on it.']);
    expect((await user.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'x' })).status).toBe(403);
  });

  it('is not edited by talking: a note is an entry of its own, and leaves the version that a move names', async () => {
    const { id } = await logged('2026-06-22T09:00:00.000Z');
    const seen = (await desk.get(`/incidents/${id}`)).body.record.version;
    const said = await desk.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'The carrier again.' });
    expect(said.body.record.version).toBe(seen);
    expect(said.body.notes.map((each: Body) => each.text)).toEqual(['The carrier again.']);
    const body = { expectedVersion: seen, service, ...p3, team };
    expect((await desk.post(`/incidents/${id}/moves/assign`, body)).status).toBe(200);
    const entries = (await desk.get(`/records/${id}/journal`)).body.items.map((each: Body) => each.kind);
    expect(entries).toEqual(['moved', 'noted', 'created']);
  });

  it('takes a note, a reply and a move in one act, whose one entry is the move; customers read it without the note', async () => {
    const { id, version } = await user.create('incidents', { title: 'No slots', service });
    const worked = await desk.post(`/incidents/${id}/work`, {
      note: 'The carrier again.',
      reply: 'We are on it.',
      move: { name: 'assign', expectedVersion: version ?? 1, service, ...p3, team },
    });
    expect([worked.status, worked.body.record?.state]).toEqual([200, 'assigned']);
    const told = async (by: Client) =>
      (await by.get(`/records/${id}/journal`)).body.items.map((each: Body) => [
        each.kind,
        each.move,
        (each.edits['_notes'] ?? []).map((note: Body) => note.audience),
      ]);
    const birth = ['created', null, []];
    expect(await told(desk)).toEqual([['moved', 'assign', ['public', 'internal']], birth]);
    expect(await told(user)).toEqual([['moved', 'assign', ['public']], birth]);
    expect((await user.post(`/incidents/${id}/work`, { note: 'x' })).status).toBe(403);
    expect((await desk.post(`/incidents/${id}/work`, {})).status).toBe(422);
  });

  it('does not tell customers that a move carried an internal note', async () => {
    const { id, version } = await user.create('incidents', { title: 'No slots', service });
    const move = { name: 'assign', expectedVersion: version ?? 1, service, ...p3, team };
    await desk.post(`/incidents/${id}/work`, { note: 'The carrier again.', move });
    const [newest] = (await user.get(`/records/${id}/journal`)).body.items;
    expect(newest.move).toBe('assign');
    expect(Object.keys(newest.edits)).not.toContain('_notes');
  });

  it('may have been restored within its first minute, though that is typed to the minute', async () => {
    const id = await working('2026-06-22T09:00:20.228Z');
    const resolve = (serviceRestoredAt: string) =>
      desk.tryMove('incidents', id, 'resolve', { resolutionCode: 'fixed', resolution: 'x', serviceRestoredAt });
    const refused = await resolve('2026-06-22T08:59:00.000Z');
    expect(refused.body.refusals[0]).toMatchObject({
      code: 'incident.restored-before',
      times: ['2026-06-22T09:00:20.228Z'],
    });
    expect((await resolve('2026-06-22T09:00:00.000Z')).body.record.state).toBe('resolved');
    expect((await desk.get(`/incidents/${id}/clocks`)).status).toBe(200);
  });

  it('cannot have been restored before it began, nor in the future', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    const resolve = (serviceRestoredAt: string) =>
      desk.tryMove('incidents', id, 'resolve', { resolutionCode: 'fixed', resolution: 'x', serviceRestoredAt });
    expect((await resolve('2026-06-22T08:00:00.000Z')).body.code).toBe('incident.restored-before');
    expect((await resolve('2026-06-22T10:00:00.000Z')).body.code).toBe('incident.restored-later');
  });

  it('is closed by itself when nobody answers in five service days, and may be reopened until then', async () => {
    const id = await working('2026-06-22T09:00:00.000Z');
    await desk.move('incidents', id, 'resolve', {
      resolutionCode: 'fixed',
      resolution: 'Restarted.',
      serviceRestoredAt: '2026-06-22T09:00:00.000Z',
    });
    const stateAt = async (instant: string) => {
      app.clock.set(instant);
      await app.runJob('moves-by-themselves');
      return (await desk.get(`/incidents/${id}`)).body.record.state;
    };
    // Five days of the calendar end on a Saturday, when nobody of the service is there.
    expect(await stateAt('2026-06-27T10:00:00.000Z')).toBe('resolved');
    expect((await desk.get(`/incidents/${id}`)).body.moves.find((each: Body) => each.name === 'reopen').allowed).toBe(
      true,
    );
    expect(await stateAt('2026-06-29T08:59:59.000Z')).toBe('resolved');
    expect(await stateAt('2026-06-29T09:00:00.000Z')).toBe('closed');
  });

  it('says of a closed one that it stays as it stands, of a resolved one that it can be moved back', async () => {
    const hints: string[] = [];
    for (const state of ['resolved', 'closed']) {
      const [found] = (await desk.get(`/incidents?state=${state}&limit=1`)).body.items;
      const { editRefusals } = (await desk.get(`/incidents/${found.id}`)).body;
      hints.push(editRefusals.find(({ code }: { code: string }) => code === 'record.frozen').hint);
    }
    expect(hints).toEqual([
      'Move it back to a state in which it may be edited.',
      'It stays as it stands: nothing leads from here to where it may be edited.',
    ]);
  });

  it('is listed by what is due next', async () => {
    const { items } = (await desk.get('/incidents?sort=nextDueAt&limit=200')).body;
    const due = items.map((item: Body) => item.fields.nextDueAt ?? '9');
    expect(due).toEqual(due.toSorted());
  });

  it('is counted on its service', async () => {
    await app.settle();
    const { rows } = await app.database.appPool.query(
      `select sum(open_incidents)::int as open, (select count(*)::int from operation.incident where service = s.service_id and state not in ('resolved', 'closed', 'cancelled')) as counted
       from handover.service_summary s group by s.service_id`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].open).toBe(rows[0].counted);
  });

  const differences = async () =>
    (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

  it('and its agreement are what their journal says', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['a clock is due later', `update core.clock set due_at = due_at + interval '1 hour' where id = $1`],
    ['a clock was stopped', `update core.clock set stopped_at = now() where id = $1`],
    ['a clock ran otherwise', `update core.clock set course = course || '{"startedAt": 1}' where id = $1`],
    ['a target is another', `update core.clock set target_minutes = 9999 where id = $1`],
    ['a clock goes by other hours', `update core.clock set definition = definition || '{"zone": "UTC"}' where id = $1`],
    ['a clock was taken out', 'delete from core.clock where id = $1'],
  ])('shows a verification that %s', async (_damage, statement) => {
    const { ownerPool } = app.database;
    const { rows } = await ownerPool.query('select * from core.clock where due_at is not null order by id limit 1');
    const [row] = rows;
    await ownerPool.query(statement, [row.id]);
    const found = await differences();
    expect(found).toHaveLength(1);
    expect(found[0]?.what).toContain(`clock ${row.id}`);
    await ownerPool.query('delete from core.clock where id = $1', [row.id]);
    await ownerPool.query('insert into core.clock select * from jsonb_populate_record(null::core.clock, $1)', [
      JSON.stringify(row),
    ]);
    expect(await differences()).toEqual([]);
  });
});
