import { afterAll, describe, expect, it } from 'vitest';
import { advanceScenario } from '../../app/server/store.ts';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

const started = '2026-06-22T09:00:00.000Z';
const targets = [{ priority: 'P3', responseMinutes: 60, restoreMinutes: 480 }];
const apps: TestApplication[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

/** An incident under an agreement, logged at `started` and assigned. */
async function logged(example: boolean) {
  const app = await createTestApplication({ startAt: started, example });
  apps.push(app);
  const customer = await app.customer('Marlowe Grocers');
  const representative = await app.person('Cat Customer', ['CUS'], { customer });
  const provider = await app.person('Dee Desk', ['SDK', 'SLM', 'SOW', 'ADM']);
  const service = (await takenOver(provider, { title: 'Slot promise', customers: [customer] })).id;
  const team = (await provider.create('teams', { title: 'Slots team' })).id;
  const terms = { title: 'Office hours', customers: [customer], service, customer, calendar: ukOffice, targets };
  const { id: agreement } = await provider.create('agreements', {
    ...terms,
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: 'resume_excluding_gap',
    effectiveFrom: '2026-06-01T00:00:00.000Z',
  });
  await provider.move('agreements', agreement, 'negotiate');
  await provider.move('agreements', agreement, 'sign-provider');
  await representative.move('agreements', agreement, 'sign-customer');
  await provider.move('agreements', agreement, 'put-in-force');
  const { id } = await provider.create('incidents', { title: 'No slots', customers: [customer], service });
  await provider.move('incidents', id, 'assign', { service, impact: '3', urgency: 'medium', team });
  const breaches = async () =>
    (await provider.get(`/records/${id}/journal`)).body.items.flatMap(
      ({ kind: entry, version, recordedAt, edits }: Body) =>
        (edits['_breaches'] ?? []).map(({ kind, at }: Body) => ({ entry, version, recordedAt, kind, at })),
    );
  return { app, provider, id, breaches };
}

describe('a breach', () => {
  const noticed = '2026-06-24T09:00:00.000Z';
  const told = [
    { kind: 'response', at: '2026-06-22T10:00:00.000Z' },
    { kind: 'restore', at: '2026-06-23T08:30:00.000Z' },
  ].map((each) => ({ ...each, recordedAt: noticed }));

  it.each([
    ['by the clock of the machine', false],
    ['by the scenario clock of an example', true],
  ])('is told with its due instant, recorded when it is noticed, as no edit, %s', async (_name, example) => {
    const { app, provider, id, breaches } = await logged(example);
    if (example) await advanceScenario(app.database.ownerPool, app.providerId, noticed);
    else app.clock.set(noticed);
    const { version } = (await provider.get(`/incidents/${id}`)).body.record;
    await app.runJob('clocks');
    expect(await breaches()).toEqual(told.map((each) => ({ ...each, entry: 'recounted', version })));
    await app.runJob('clocks');
    expect((await breaches()).length).toBe(2);
    expect((await provider.get(`/incidents/${id}`)).body.record.fields.breached).toBe(true);
    const between = (await provider.get(`/incidents/${id}?asOf=2026-06-22T12:00:00.000Z`)).body.record;
    expect(between.fields.breached).toBe(true);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });

  it("stands in the entry of a person's act that comes first", async () => {
    const { app, provider, id, breaches } = await logged(false);
    app.clock.set(noticed);
    await provider.move('incidents', id, 'start-work', { assignee: provider.id });
    const { version } = (await provider.get(`/incidents/${id}`)).body.record;
    expect(await breaches()).toEqual(told.map((each) => ({ ...each, entry: 'moved', version })));
    await app.runJob('clocks');
    expect((await breaches()).length).toBe(2);
  });
});
