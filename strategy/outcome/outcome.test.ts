import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, amendedOutcome, castOf, draftedPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let desk: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  desk = await app.person('Dee Desk', ['SDK']);
});
afterAll(() => app.close());

async function stated(more: object = {}): Promise<{ requirement: string; outcome: string }> {
  const { id: requirement } = await cast.owner.create('business-requirements', {
    title: 'Slots',
    statement: 'Customers collect within two hours.',
    trigger: 'market',
    customers: [cast.customer],
  });
  const { id } = await cast.owner.create('outcomes', {
    title: 'Missed collections',
    requirement,
    statement: 'They fall.',
    ...more,
  });
  return { requirement, outcome: id };
}
const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);

describe('an outcome', () => {
  it('is not stated by strangers or by the service desk, nor without a requirement', async () => {
    const { requirement } = await stated();
    const input = { title: 'O', requirement, statement: 'O.' };
    expect((await app.stranger.post('/outcomes', input)).status).toBe(401);
    expect(codes(await desk.post('/outcomes', input))).toEqual(['permission.role']);
    expect(codes(await cast.owner.post('/outcomes', { title: 'O', statement: 'O.' }))).toEqual(['input.invalid']);
  });

  it('belongs to its requirement from the start, and is seen by whom that is shared with', async () => {
    const { requirement, outcome } = await stated();
    const { links } = (await cast.owner.get(`/business-requirements/${requirement}`)).body;
    expect(links.map(({ type, other }: Body) => [type, other.id])).toEqual([['expects', outcome]]);
    const { owner: stranger } = await castOf(app, 'Another customer');
    expect((await cast.owner.get(`/outcomes/${outcome}`)).body.record.customers).toEqual([cast.customer]);
    expect((await stranger.get(`/outcomes/${outcome}`)).status).toBe(404);
  });

  it('is withdrawn with a reason by the business alone, and then stands as it was', async () => {
    const { outcome } = await stated();
    const reason = 'The business wants something else.';
    expect(codes(await cast.portfolio.tryMove('outcomes', outcome, 'withdraw', { reason }))).toEqual([
      'permission.role',
    ]);
    expect(codes(await cast.owner.tryMove('outcomes', outcome, 'withdraw'))).toEqual(['input.invalid']);
    const { version } = await cast.owner.move('outcomes', outcome, 'withdraw', { reason });
    const edit = { expectedVersion: version, statement: 'They rise.' };
    expect(codes(await cast.owner.patch(`/outcomes/${outcome}`, edit))).toEqual(['record.frozen']);
  });

  it('that is amended is told by the packages that promise it', async () => {
    const agreed = await agreedRequirement(cast);
    const pack = await draftedPackage(cast, agreed);
    const summary = async () =>
      (
        await app.database.ownerPool.query<{ outcomes: { target: number }[] }>(
          'select outcomes from handover.package_summary where package_id = $1',
          [pack.id],
        )
      ).rows[0]?.outcomes.map(({ target }) => target);
    expect(await summary()).toEqual([4]);
    await amendedOutcome(cast, agreed.outcome, { target: 3 });
    expect(await summary()).toEqual([3]);
  });
});
