import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../test/support/application.ts';
import type { TestApplication } from '../test/support/application.ts';
import { bySystem, liveService } from '../test/support/live.ts';
import type { Live } from '../test/support/live.ts';
import { castOf } from '../test/support/thread.ts';
import type { Cast } from '../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let promised: Live;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  promised = await liveService(app, cast);
  await bySystem(app, 'business-requirement', promised.requirement, ['deliver']);
});
afterAll(() => app.close());

async function stateAt(now: string): Promise<string> {
  app.clock.set(now);
  await app.runJob('strategy-promises-kept');
  await app.settle();
  return (await cast.owner.get(`/business-requirements/${promised.requirement}`)).body.record.state;
}
const measured = (from: string, to: string, value: number) =>
  cast.owner.create('outcome-measurements', {
    title: 'Missed collections',
    outcome: promised.outcome,
    periodFrom: from,
    periodTo: to,
    value,
    grade: 'C',
    source: 'Order system',
  });
const opportunities = async (): Promise<string[]> =>
  (await cast.owner.get(`/improvements?service=${promised.service}&sort=number`)).body.items.map(
    (each: { title: string }) => each.title,
  );

describe('a promise to the business', () => {
  it('is not kept when its date goes by unattained, and that is something to improve', async () => {
    await measured('2026-04-01', '2026-04-30', 6);
    expect(await stateAt('2026-12-31T23:00:00Z')).toBe('in_delivery');
    expect(await stateAt('2027-01-01T09:00:00Z')).toBe('not_satisfied');
    expect(await opportunities()).toEqual([expect.stringContaining('was not attained by its date')]);
  });

  it('is waited for again until the new date that the business sets', async () => {
    await cast.owner.move('business-requirements', promised.requirement, 'retarget', {
      requiredBy: '2027-06-30',
      reason: 'One more season.',
    });
    expect(await stateAt('2027-06-30T09:00:00Z')).toBe('in_delivery');
  });

  it('is lost again by two bad periods in a row, not by one', async () => {
    await measured('2026-05-01', '2026-05-31', 3.9);
    await measured('2026-06-01', '2026-06-30', 3.8);
    await cast.owner.move('business-requirements', promised.requirement, 'satisfy');
    await measured('2026-07-01', '2026-07-31', 5);
    expect(await stateAt('2027-06-30T10:00:00Z')).toBe('satisfied');
    await measured('2026-08-01', '2026-08-31', 5);
    expect(await stateAt('2027-06-30T11:00:00Z')).toBe('in_delivery');
    expect((await opportunities()).at(-1)).toContain('was attained and is lost again');
  });
});
