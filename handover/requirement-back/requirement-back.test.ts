import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import { liveService } from '../../test/support/live.ts';
import type { Live } from '../../test/support/live.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { castOf } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let live: Live;
let improver: Client;
let transition: Client;
let operations: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  improver = await app.person('Ina Improver', ['CSI']);
  transition = await app.person('Tess Transition', ['TRM']);
  operations = await app.person('Ola Operations', ['OPS']);
  live = await liveService(app, cast);
});
afterAll(() => app.close());

const path = 'requirements-back';
const codes = (answer: { body: Body }) => answer.body.refusals.map((each: { code: string }) => each.code);
const findings = [{ itemRef: 'IMP-1', severity: 'must', text: 'The cause lies elsewhere.' }];
const stateOf = async (of: string, id: string) => (await improver.get(`/${of}/${id}`)).body.record.state;

/** An improvement of the live service, funded by the business. */
async function funded(targetStage: string): Promise<string> {
  const { id } = await improver.create('improvements', {
    title: 'Synthetic probes',
    description: 'Partial outages are found late.',
    originStage: 'operation',
    targetStage,
    service: live.service,
    metric: 'Time to detect',
    unit: 'min',
    baselineValue: 22,
    targetValue: 5,
    benefit: 'Fewer missed collections.',
    oneOffCost: { minor: 500_000, currency: 'GBP' },
    risk: 'False alarms.',
    verificationPlan: 'Rank test over eight incidents.',
    washoutDays: 7,
    afterDays: 8,
    beforeSeries: [18, 31, 15, 24, 20, 24].map((value, index) => ({ at: `2026-06-${10 + index}`, value })),
  });
  for (const move of ['analyse', 'justify']) await improver.move('improvements', id, move);
  await cast.sponsor.decide('G7', id);
  return id;
}

async function asked(targetStage: string): Promise<{ improvement: string; back: string }> {
  const improvement = await funded(targetStage);
  await improver.move('improvements', improvement, 'route');
  const { items } = (await improver.get(`/${path}?subject=${improvement}&state=offered`)).body;
  return { improvement, back: items[0].id };
}

const fedBy = async (improvement: string): Promise<Body[]> =>
  (await improver.get(`/improvements/${improvement}`)).body.links
    .filter((each: { type: string }) => each.type === 'feeds')
    .map((each: { other: Body }) => each.other);

describe('a requirement back', () => {
  it('says what is asked of which stage, by whom, of which records', async () => {
    const { improvement, back } = await asked('operation');
    const { record } = (await improver.get(`/${path}/${back}`)).body;
    expect(record.fields).toMatchObject({
      subject: improvement,
      edition: 1,
      targetStage: 'operation',
      requester: improver.id,
      reason: 'Partial outages are found late.\n\nFewer missed collections.',
    });
    expect(record.fields.contents.map(({ role }: Body) => role)).toEqual(['improvement', 'service']);
  });

  it('is answered by the stage that is asked, and by no other', async () => {
    const { back } = await asked('transition');
    for (const person of [cast.designer, operations, improver])
      expect(codes(await person.tryMove(path, back, 'accept'))).toEqual(['requirement-back.other-stage']);
    expect(codes(await cast.designer.tryMove(path, back, 'return', { reason: 'No.', findings }))).toEqual([
      'requirement-back.other-stage',
    ]);
    expect((await cast.sponsor.tryMove(path, back, 'accept')).status).toBe(403);
    await transition.move(path, back, 'accept');
  });

  it('is seen by the customers of its improvement, and by no other', async () => {
    const { back } = await asked('transition');
    const { owner: stranger } = await castOf(app, 'Another customer');
    expect((await cast.owner.get(`/${path}/${back}`)).status).toBe(200);
    expect((await stranger.get(`/${path}/${back}`)).status).toBe(404);
  });

  it.each([
    ['strategy', () => cast.relations, 'business-requirement', 'identified'],
    ['transition', () => transition, 'change', 'draft'],
    ['operation', () => operations, 'change', 'draft'],
  ] as const)('to %s becomes the record that carries it out', async (stage, who, type, state) => {
    const { improvement, back } = await asked(stage);
    await who().move(path, back, 'accept');
    expect(await fedBy(improvement)).toMatchObject([{ type, state, customers: [cast.customer] }]);
    expect(await stateOf('improvements', improvement)).toBe('routed');
  });

  it('to Design takes up the baselined design of the service, and is refused where there is none', async () => {
    const { improvement, back } = await asked('design');
    expect(codes(await cast.designer.tryMove(path, back, 'accept'))).toEqual(['requirement-back.no-design']);
    const { items } = (await cast.portfolio.get(`/service-packages?limit=50`)).body;
    const pack = items.find((each: Body) => each.state === 'chartered');
    const design = await arranged(
      app,
      'design-package',
      { title: 'Slot design', package: pack.id, customers: [cast.customer] },
      'baselined',
    );
    await cast.designer.move(path, back, 'accept');
    expect(await stateOf('design-packages', design)).toBe('in_design');
    expect(await fedBy(improvement)).toMatchObject([{ id: design }]);
  });

  it('to Improvement itself is carried out by its own row', async () => {
    const { improvement, back } = await asked('improvement');
    await improver.move(path, back, 'accept');
    expect([await stateOf('improvements', improvement), await fedBy(improvement)]).toEqual(['implementing', []]);
  });

  it('makes no second record where one is named already', async () => {
    const improvement = await funded('operation');
    const change = await transition.create('changes', {
      title: 'Probes',
      customers: [cast.customer],
      links: [{ type: 'feeds', from: improvement }],
    });
    await improver.move('improvements', improvement, 'route');
    const { items } = (await improver.get(`/${path}?subject=${improvement}`)).body;
    await operations.move(path, items[0].id, 'accept');
    expect((await fedBy(improvement)).map(({ id }) => id)).toEqual([change.id]);
  });

  it('is returned with findings, and asked again or thought over', async () => {
    const { improvement, back } = await asked('transition');
    await transition.move(path, back, 'return', { reason: 'Not ours.', findings });
    expect(await stateOf('improvements', improvement)).toBe('approved');
    await improver.move('improvements', improvement, 'route');
    const { items } = (await improver.get(`/${path}?subject=${improvement}`)).body;
    expect(items.map(({ state, fields }: Body) => [state, fields.edition])).toEqual([
      ['offered', 2],
      ['returned', 1],
    ]);
    await improver.move(path, items[0].id, 'withdraw', { reason: 'They are right.' });
    await improver.move('improvements', improvement, 'reconsider', { reason: 'The cause lies in the design.' });
    expect(await stateOf('improvements', improvement)).toBe('analysing');
  });

  it('is done when what carries it out reaches its good end', async () => {
    const { improvement, back } = await asked('operation');
    await operations.move(path, back, 'accept');
    const [change] = await fedBy(improvement);
    await app.database.ownerPool.query("update transition.change set state = 'in_review' where id = $1", [change?.id]);
    await app.database.ownerPool.query("update core.record set state = 'in_review' where id = $1", [change?.id]);
    const authority = await app.person('Cho Authority', ['CHM']);
    await authority.move('changes', change?.id, 'close-successful', { reviewSummary: 'Probes run.' });
    const { record } = (await improver.get(`/improvements/${improvement}`)).body;
    expect([record.state, record.fields.implementedOn]).toEqual(['implemented', '2026-09-15']);
  });
});
