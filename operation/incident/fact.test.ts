import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let desk: Client;
let customer: string;
let service: string;
let team: string;
const grave = { impact: '3', urgency: 'medium' };

beforeAll(async () => {
  app = await createTestApplication({ startAt: '2026-06-01T07:00:00.000Z' });
  customer = await app.customer('Marlowe Grocers');
  desk = await app.person('Dee Desk', ['SDK']);
  const representative = await app.person('Cat Customer', ['CUS'], { customer });
  const levels = await app.person('Lev Levels', ['SLM']);
  const owner = await app.person('Sol Owner', ['SOW']);
  const administrator = await app.person('Ada Min', ['ADM']);
  service = (await takenOver(owner, { title: 'Slot promise', customers: [customer] })).id;
  team = (await administrator.create('teams', { title: 'Slots team' })).id;
  const { id } = await levels.create('agreements', {
    title: 'Office hours',
    customers: [customer],
    service,
    customer,
    calendar: ukOffice,
    targets: [{ priority: 'P3', responseMinutes: 60, restoreMinutes: 480 }],
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: 'resume_excluding_gap',
    effectiveFrom: '2026-06-01T07:00:00.000Z',
  });
  await levels.move('agreements', id, 'negotiate');
  await levels.move('agreements', id, 'sign-provider');
  await representative.move('agreements', id, 'sign-customer');
  await levels.move('agreements', id, 'put-in-force');
});
afterAll(() => app.close());

async function factOf(id: string): Promise<Body> {
  await app.settle();
  const { rows } = await app.application.pool.query('select * from core.case_fact where record_id = $1', [id]);
  return rows[0];
}

describe('the fact of a live incident', () => {
  it('follows the incident and its restore clock, each time as a newer edit', async () => {
    app.clock.set('2026-06-02T08:00:00.000Z');
    const { id } = await desk.create('incidents', { title: 'No slots', customers: [customer], service, ...grave });
    await desk.move('incidents', id, 'assign', { service, ...grave, team });
    await desk.move('incidents', id, 'start-work', { assignee: desk.id });
    const running = await factOf(id);
    expect(running).toMatchObject({
      service_id: service,
      customer_id: customer,
      ended_at: null,
      worked_minutes: null,
      target_minutes: 480,
    });
    app.clock.set('2026-06-02T09:00:00.000Z');
    await desk.move('incidents', id, 'pause', { pendingReason: 'customer', reason: 'Asked for a screenshot.' });
    app.clock.set('2026-06-02T09:30:00.000Z');
    await desk.move('incidents', id, 'resume');
    app.clock.set('2026-06-02T10:00:00.000Z');
    await desk.move('incidents', id, 'resolve', {
      resolutionCode: 'fixed',
      resolution: 'Restarted.',
      serviceRestoredAt: '2026-06-02T10:00:00.000Z',
    });
    const restored = await factOf(id);
    expect(restored).toMatchObject({
      ended_at: '2026-06-02T10:00:00.000Z',
      worked_minutes: 90,
      waited_minutes: 30,
      reassignments: 0,
    });
    expect(restored.edit).toBeGreaterThan(running.edit);
  });

  it('counts who touched it, and is closed when it was closed, whatever is written of it later', async () => {
    app.clock.set('2026-06-03T08:00:00.000Z');
    const { id } = await desk.create('incidents', { title: 'No slots', customers: [customer], service, ...grave });
    await desk.move('incidents', id, 'assign', { service, ...grave, team });
    await desk.move('incidents', id, 'start-work', { assignee: desk.id });
    await desk.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'Looked at the log.' });
    await desk.post('/links', { type: 'relatesTo', from: id, to: service });
    await desk.move('incidents', id, 'resolve', {
      resolutionCode: 'fixed',
      resolution: 'Restarted.',
      serviceRestoredAt: '2026-06-03T08:00:00.000Z',
    });
    app.clock.set('2026-06-03T09:00:00.000Z');
    await desk.move('incidents', id, 'close');
    app.clock.set('2026-06-04T09:00:00.000Z');
    await desk.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'Filed.' });
    // Logged, assigned, begun, looked into and resolved: what was written once service was back touched nobody's work.
    expect(await factOf(id)).toMatchObject({ closed_at: '2026-06-03T09:00:00.000Z', entries: 5 });
  });

  it('counts what was done after a reopening up to the restoration that stands', async () => {
    app.clock.set('2026-06-03T08:00:00.000Z');
    const { id } = await desk.create('incidents', { title: 'No slots', customers: [customer], service, ...grave });
    await desk.move('incidents', id, 'assign', { service, ...grave, team });
    await desk.move('incidents', id, 'start-work', { assignee: desk.id });
    const resolve = () =>
      desk.move('incidents', id, 'resolve', {
        resolutionCode: 'fixed',
        resolution: 'Restarted.',
        serviceRestoredAt: '2026-06-03T08:00:00.000Z',
      });
    await resolve();
    await desk.move('incidents', id, 'reopen', { reason: 'It is back.' });
    expect(await factOf(id)).toMatchObject({ ended_at: null, entries: 5 });
    await resolve();
    await desk.post(`/incidents/${id}/notes`, { audience: 'internal', text: 'Filed.' });
    expect(await factOf(id)).toMatchObject({ entries: 6 });
  });
});
