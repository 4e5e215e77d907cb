// Live incidents through the API: what measurement reads of them is what people lived through.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { create } from '../../core/record/edit/create.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { workweek } from '../../core/clock/example-calendars.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let desk: Client;
let manager: Client;
let customer: string;
let teams: string[];
let reopen = 'resume_excluding_gap';
const office = workweek('UTC', [{ from: '09:00', to: '17:00' }]);

beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-06-01T07:00:00.000Z' });
  customer = await app.customer('Marlowe Grocers', { zone: 'UTC' });
  desk = await app.person('Dee Desk', ['SDK', 'SLM', 'SOW', 'ADM']);
  manager = await app.person('Ines Manager', ['INM', 'SDK']);
  teams = [];
  for (const title of ['Slots', 'Stores']) teams.push((await desk.create('teams', { title })).id);
});
afterAll(() => app.close());
beforeEach(() => {
  reopen = 'resume_excluding_gap';
});

const at = (instant: string) => app.clock.set(`2026-06-${instant}:00.000Z`);

/** A service of its own with office hours, 8 open hours for P3 and 4 for P2, and a case that is being worked on. */
async function working(priorities = ['P3', 'P4']): Promise<string> {
  at('01T07:30');
  const representative = await app.person('Cat Customer', ['CUS'], { customer });
  const { id: service } = await takenOver(desk, { title: 'Slot promise', customers: [customer] });
  const { id: agreement } = await desk.create('agreements', {
    title: 'Office hours',
    customers: [customer],
    service,
    customer,
    calendar: office,
    targets: [
      { priority: 'P3', responseMinutes: 60, restoreMinutes: 480 },
      { priority: 'P4', responseMinutes: 60, restoreMinutes: 4800 },
    ].filter(({ priority }) => priorities.includes(priority)),
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: reopen,
    effectiveFrom: '2026-06-01T07:30:00.000Z',
  });
  for (const [by, move] of [
    [desk, 'negotiate'],
    [desk, 'sign-provider'],
    [representative, 'sign-customer'],
    [desk, 'put-in-force'],
  ] as const)
    await by.move('agreements', agreement, move);
  at('05T15:00'); // a Friday
  const grave = { impact: '3', urgency: 'medium' };
  const { id } = await desk.create('incidents', { title: 'No slots', customers: [customer], service, ...grave });
  await desk.move('incidents', id, 'assign', { service, ...grave, team: teams[0] });
  await desk.move('incidents', id, 'start-work', { assignee: desk.id });
  return id;
}

const resolve = (id: string, restored = new Date(app.clock.now()).toISOString()) =>
  desk.move('incidents', id, 'resolve', { resolutionCode: 'fixed', resolution: 'So.', serviceRestoredAt: restored });

async function factOf(id: string): Promise<Body> {
  await app.settle();
  const { rows } = await app.application.pool.query('select * from core.case_fact where record_id = $1', [id]);
  return rows[0];
}

describe('the minutes of a live incident', () => {
  it('wait in open hours only', async () => {
    const id = await working();
    at('05T16:00');
    await desk.move('incidents', id, 'pause', { pendingReason: 'customer', reason: 'Asked.' });
    at('08T11:00');
    await desk.move('incidents', id, 'resume');
    at('08T12:00');
    await resolve(id);
    expect(await factOf(id)).toMatchObject({ worked_minutes: 120, waited_minutes: 180, missed: false });
  });

  it('do not count the time while it was resolved as waiting', async () => {
    const id = await working();
    at('05T16:00');
    await resolve(id);
    at('08T16:00');
    await manager.move('incidents', id, 'reopen', { reason: 'Gone again.' });
    at('08T17:00');
    await resolve(id);
    expect(await factOf(id)).toMatchObject({ worked_minutes: 120, waited_minutes: 0, reopens: 1 });
  });

  it('keep a breach that another priority came after, and the time that people waited', async () => {
    const id = await working();
    at('08T16:00'); // nine open hours: the target passed at 15:00
    await manager.move('incidents', id, 'reprioritise', {
      impact: '4',
      urgency: 'low',
      reasonCode: 'impact_changed',
      reason: 'Only one till.',
    });
    at('08T17:00');
    await resolve(id);
    expect(await factOf(id)).toMatchObject({ worked_minutes: 600, target_minutes: 480, missed: true });
  });

  it('keep a breach that a new cycle came after', async () => {
    reopen = 'new_cycle';
    const id = await working();
    at('08T16:00');
    await resolve(id);
    at('08T16:30');
    await manager.move('incidents', id, 'reopen', { reason: 'Gone again.' });
    at('08T17:00');
    await resolve(id);
    expect(await factOf(id)).toMatchObject({ worked_minutes: 540, target_minutes: 480, missed: true });
  });

  it('keep a breach that was noticed, though service is said to have been back before', async () => {
    const id = await working();
    at('08T15:30');
    await app.runJob('clocks');
    await resolve(id, '2026-06-08T14:00:00.000Z');
    expect(await factOf(id)).toMatchObject({ worked_minutes: 420, target_minutes: 480, missed: true });
  });
});

describe('another priority', () => {
  const grave = { impact: '3', urgency: 'medium' };
  const slight = { impact: '4', urgency: 'low' };
  const because = { reasonCode: 'impact_changed', reason: 'Looked at again.' };
  const clocks = async (id: string, kind = 'restore') =>
    (await desk.get(`/incidents/${id}/clocks`)).body.items
      .filter((each: Body) => each.kind === kind)
      .map(({ state, targetMinutes, startedAt }: Body) => [state, targetMinutes, startedAt]);

  it('that is the same leaves the clocks alone', async () => {
    const id = await working();
    at('08T12:00');
    // Another judgement of impact and urgency that comes to the same priority.
    await desk.move('incidents', id, 'reprioritise', { impact: '4', urgency: 'high', ...because });
    expect(await clocks(id)).toEqual([['running', 480, '2026-06-05T15:00:00.000Z']]);
  });

  it('where there was none starts the clocks with the incident', async () => {
    const id = await working();
    const { fields, customers } = (await desk.get(`/incidents/${id}`)).body.record;
    const { service } = fields;
    const { id: fresh } = await desk.create('incidents', { title: 'No slots either', customers, service });
    at('05T15:30');
    await desk.move('incidents', fresh, 'reprioritise', { ...grave, ...because });
    expect(await clocks(fresh)).toEqual([['running', 480, '2026-06-05T15:00:00.000Z']]);
  });

  it.each([
    ['misclassified', '2026-06-05T15:00:00.000Z'],
    ['impact_changed', '2026-06-05T16:45:00.000Z'],
  ])('after one without a target is measured again: %s', async (reasonCode, startedAt) => {
    const id = await working(['P3']);
    at('05T16:00');
    await manager.move('incidents', id, 'reprioritise', { ...slight, ...because });
    expect(await clocks(id)).toEqual([['cancelled', 480, '2026-06-05T15:00:00.000Z']]);
    at('05T16:30');
    await desk.move('incidents', id, 'pause', { pendingReason: 'customer', reason: 'Asked.' });
    at('05T16:45');
    await desk.move('incidents', id, 'reprioritise', { ...grave, ...because, reasonCode });
    expect((await clocks(id)).slice(1)).toEqual([['paused', 480, startedAt]]);
    expect(await clocks(id, 'response')).toMatchObject([['met', 60, '2026-06-05T15:00:00.000Z']]);
  });

  it.each([
    ['misclassified', '2026-06-05T15:00:00.000Z', ['met']],
    // It was answered before there was anything to answer in time.
    ['impact_changed', '2026-06-05T16:00:00.000Z', []],
  ])('that has a target where none ever had one is measured: %s', async (reasonCode, startedAt, answers) => {
    const id = await working(['P3']);
    const { fields, customers } = (await desk.get(`/incidents/${id}`)).body.record;
    const { service } = fields;
    const { id: small } = await desk.create('incidents', { title: 'Slow', customers, service, ...slight });
    await desk.move('incidents', small, 'assign', { service, ...slight, team: teams[0] });
    await desk.move('incidents', small, 'start-work', { assignee: desk.id });
    expect(await clocks(small)).toEqual([]);
    at('05T15:30');
    await desk.move('incidents', small, 'pause', { pendingReason: 'customer', reason: 'Asked.' });
    at('05T16:00');
    await desk.move('incidents', small, 'reprioritise', { ...grave, ...because, reasonCode });
    expect(await clocks(small)).toEqual([['paused', 480, startedAt]]);
    expect((await clocks(small, 'response')).map(([state]: string[]) => state)).toEqual(answers);
    at('05T16:30');
    await desk.move('incidents', small, 'resume');
    await resolve(small);
    // Half an hour before it was paused counts where the target was wrong from the start.
    expect(await factOf(small)).toMatchObject({
      worked_minutes: reasonCode === 'misclassified' ? 30 : 0,
      target_minutes: 480,
    });
  });

  it('at triage has the target of it, where that of the first guess had none', async () => {
    const id = await working(['P3']);
    const { fields, customers } = (await desk.get(`/incidents/${id}`)).body.record;
    const { service } = fields;
    const { id: fresh } = await desk.create('incidents', { title: 'Slow', customers, service, ...slight });
    at('05T15:30');
    await desk.move('incidents', fresh, 'assign', { service, ...grave, team: teams[0] });
    expect(await clocks(fresh)).toEqual([['running', 480, '2026-06-05T15:00:00.000Z']]);
  });

  it('that comes with another agreement takes the pause and the response with it', async () => {
    const id = await working();
    await desk.move('incidents', id, 'pause', { pendingReason: 'customer', reason: 'Asked.' });
    const { version, fields } = (await desk.get(`/incidents/${id}`)).body.record;
    const other = await working();
    const { service } = (await desk.get(`/incidents/${other}`)).body.record.fields;
    expect(service).not.toBe(fields.service);
    const answer = await desk.patch(`/incidents/${id}`, { expectedVersion: version, service });
    expect(answer.status).toBe(200);
    expect((await clocks(id)).at(-1)?.[0]).toBe('paused');
    expect((await clocks(id, 'response')).at(-1)?.[0]).toBe('met');
  });
});

describe('a hand-over', () => {
  it('is a change of team: passing work on within a team is none', async () => {
    const id = await working();
    await desk.move('incidents', id, 'reassign', { team: teams[0], assignee: manager.id });
    await desk.move('incidents', id, 'start-work', { assignee: manager.id });
    await resolve(id);
    expect(await factOf(id)).toMatchObject({ reassignments: 0, entries: 6 });
  });

  it('counts by whichever act the team is changed', async () => {
    const id = await working();
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    expect((await desk.patch(`/incidents/${id}`, { expectedVersion: version, team: teams[1] })).status).toBe(200);
    await desk.move('incidents', id, 'reassign', { team: teams[0] });
    expect(await factOf(id)).toMatchObject({ reassignments: 2 });
  });
});

describe('a clock that runs', () => {
  it('takes in a holiday that an amendment brings, for days that begin after it was recorded', async () => {
    const id = await working();
    const due = async () => (await desk.get(`/incidents/${id}`)).body.record.fields.nextDueAt;
    expect(await due()).toBe('2026-06-08T15:00:00.000Z');
    const { service } = (await desk.get(`/incidents/${id}`)).body.record.fields;
    const [{ id: agreement }] = (await desk.get(`/agreements?service=${service}`)).body.items;
    at('05T16:00');
    await desk.move('agreements', agreement, 'review', { reason: 'A day off.' });
    const { version } = (await desk.get(`/agreements/${agreement}`)).body.record;
    const holiday = { kind: 'holiday', from: '2026-06-08', to: '2026-06-08', name: 'Founders’ day' };
    const amended = {
      expectedVersion: version,
      calendar: { ...office, exceptions: [holiday] },
      effectiveFrom: '2026-06-06T00:00:00.000Z',
    };
    expect((await desk.patch(`/agreements/${agreement}`, amended)).status).toBe(200);
    const representative = await app.person('Cat Customer', ['CUS'], { customer });
    await desk.move('agreements', agreement, 'amend', { reason: 'A day off.' });
    await desk.move('agreements', agreement, 'sign-provider');
    await representative.move('agreements', agreement, 'sign-customer');
    await desk.move('agreements', agreement, 'put-in-force');
    await app.settle();
    expect(await due()).toBe('2026-06-09T15:00:00.000Z');
    const kinds = (await desk.get(`/records/${id}/journal`)).body.items.map(({ kind }: Body) => kind);
    expect(kinds[0]).toBe('recounted');
    const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(differences).toEqual([]);
  });
});

describe('what happens by itself', () => {
  it('happens also to what was made in the state that it leaves', async () => {
    at('08T09:00');
    const principal = systemPrincipal(app.providerId, 'test', null);
    const caller = { principal, channel: 'job' as const, requestId: 'born resolved' };
    const record = serverRecord(app.application.registry, 'incident');
    const { service } = (await desk.get(`/incidents/${await working()}`)).body.record.fields;
    at('08T09:00');
    const outcome = await act(app.application, caller, { command: 'create', type: 'incident' }, async (work) => {
      const input = { title: 'Mended before it was told', customers: [customer], service };
      return { id: (await create(work, record, input, { state: 'resolved', byCommand: true })).id };
    });
    if (!outcome.ok) throw new Error('it was refused');
    const state = async () => (await desk.get(`/incidents/${outcome.value.id}`)).body.record.state;
    at('15T08:59');
    await app.runJob('moves-by-themselves').catch(() => undefined);
    expect(await state()).toBe('resolved');
    at('15T09:00');
    await app.runJob('moves-by-themselves').catch(() => undefined);
    expect(await state()).toBe('closed');
    const { differences } = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(differences).toEqual([]);
  });

  it('is done for the others where one record is broken, and the fault is told', async () => {
    const [broken, sound] = [await working(), await working()];
    for (const id of [broken, sound]) await resolve(id);
    await app.database.ownerPool.query('delete from operation.incident where id = $1', [broken]);
    at('29T12:00');
    await expect(app.runJob('moves-by-themselves')).rejects.toThrow(/^1 of \d+ could not be done$/);
    expect((await desk.get(`/incidents/${sound}`)).body.record.state).toBe('closed');
  });
});
