import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const toDesign = 'service-package-hand-overs';
const codes = (answer: { body: Body }) => answer.body.refusals.map((each: { code: string }) => each.code);
const findings = [{ itemRef: 'OUT-1', severity: 'must', text: 'How is a missed collection counted?' }];

/** The editions that hand a record over, oldest first, as the provider's portfolio manager reads them. */
async function editions(path: string, subject: string): Promise<Body[]> {
  const { items } = (await cast.portfolio.get(`/${path}?subject=${subject}`)).body;
  const read = await Promise.all(items.map(({ id }: Body) => cast.portfolio.get(`/${path}/${id}`)));
  return read
    .map(({ body }) => body.record)
    .toSorted((one: Body, other: Body) => one.fields.edition - other.fields.edition);
}

async function chartered() {
  const requirement = await agreedRequirement(cast);
  const pack = await charteredPackage(cast, requirement);
  const [offered] = await editions(toDesign, pack.id);
  return { requirement, pack, offered };
}

const begin = (pack: Body) => cast.designer.post('/design-packages', { title: 'Slot design', package: pack.id });

describe('the hand-over of a service package', () => {
  it('is offered by nobody by hand, and answered by Design alone', async () => {
    const { pack, offered } = await chartered();
    expect((await cast.portfolio.post(`/${toDesign}`, { title: 'Mine' })).status).toBe(404);
    for (const person of [cast.portfolio, cast.sponsor]) {
      const answer = await person.tryMove(toDesign, offered.id, 'accept');
      expect([answer.status, codes(answer)]).toEqual([403, ['permission.role']]);
    }
    expect((await cast.designer.tryMove(toDesign, offered.id, 'withdraw', { reason: 'No.' })).status).toBe(403);
    const link = { type: 'handsOver', from: offered.id, to: pack.id };
    expect(codes(await cast.portfolio.post('/links', link))).toEqual(['link.kept']);
  });

  it('is seen by the customers it is for, and by no other', async () => {
    const { offered } = await chartered();
    const { owner: stranger } = await castOf(app, 'Another customer');
    expect((await cast.owner.get(`/${toDesign}/${offered.ref}`)).status).toBe(200);
    expect((await stranger.get(`/${toDesign}/${offered.ref}`)).status).toBe(404);
    expect((await stranger.get(`/${toDesign}`)).body.items).toEqual([]);
  });

  it('names exactly what is passed on, as it stands at the charter', async () => {
    const { requirement, pack, offered } = await chartered();
    expect(offered).toMatchObject({ state: 'offered', title: `${pack.ref}, edition 1: Slot promise` });
    expect(offered.fields).toMatchObject({ subject: pack.id, edition: 1, findings: null, answeredBy: null });
    const standing = async (role: string, path: string, id: string) => {
      const { record } = (await cast.portfolio.get(`/${path}/${id}`)).body;
      const { ref, type, version, contentHash, title } = record;
      return { role, id, ref, type, version, contentHash, title };
    };
    expect(offered.fields.contents).toEqual([
      await standing('package', 'service-packages', pack.id),
      await standing('requirement', 'business-requirements', requirement.id),
      await standing('outcome', 'outcomes', requirement.outcome),
    ]);
  });

  it('is accepted by taking it up, under the same cause', async () => {
    const { pack, offered } = await chartered();
    expect((await begin(pack)).status).toBe(201);
    const [accepted] = await editions(toDesign, pack.id);
    expect(accepted).toMatchObject({
      state: 'accepted',
      contentHash: offered.contentHash,
      fields: { answeredBy: cast.designer.id },
    });
  });

  it('is not accepted, and the design not begun, once what was offered reads otherwise', async () => {
    const { requirement, pack, offered } = await chartered();
    const { version } = (await cast.owner.get(`/outcomes/${requirement.outcome}`)).body.record;
    await cast.owner.patch(`/outcomes/${requirement.outcome}`, { expectedVersion: version, target: 5 });
    const explicit = await cast.designer.tryMove(toDesign, offered.id, 'accept');
    const implied = await begin(pack);
    for (const answer of [explicit, implied])
      expect([answer.status, codes(answer)]).toEqual([409, ['hand-over.stale']]);
    expect(explicit.body.refusals[0].sentence).toContain('Missed collections');
    expect((await cast.portfolio.get(`/service-packages/${pack.id}`)).body.record.state).toBe('chartered');
  });

  it('returned with findings waits for the next edition, and stays readable', async () => {
    const { pack, offered } = await chartered();
    const back = (body: object) => cast.designer.tryMove(toDesign, offered.id, 'return', body);
    expect(codes(await back({ reason: 'Unclear.', findings: [] }))).toEqual(['hand-over.no-finding']);
    expect((await back({ findings })).status).toBe(422);
    expect(codes(await cast.portfolio.tryMove('service-packages', pack.id, 'hand-over-again'))).toEqual([
      'hand-over.standing',
    ]);
    expect((await back({ reason: 'Unclear.', findings })).status).toBe(200);
    expect(codes(await begin(pack))).toEqual(['design.not-handed-over']);

    await cast.portfolio.move('service-packages', pack.id, 'hand-over-again');
    expect(
      (await editions(toDesign, pack.id)).map(({ state, fields }) => [fields.edition, state, fields.findings]),
    ).toEqual([
      [1, 'returned', findings],
      [2, 'offered', null],
    ]);
    expect((await begin(pack)).status).toBe(201);
  });

  it('is withdrawn when the business takes the package back', async () => {
    const { pack, offered } = await chartered();
    await cast.sponsor.move('service-packages', pack.id, 'reopen', { reason: 'The need moved.' });
    expect(await editions(toDesign, pack.id)).toMatchObject([{ id: offered.id, state: 'withdrawn' }]);
    expect((await cast.designer.tryMove(toDesign, offered.id, 'accept')).status).toBe(409);
  });
});
