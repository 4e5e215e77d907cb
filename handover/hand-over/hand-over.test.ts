import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateInput } from '../../core/record/edit/create.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { arranged } from '../../test/support/arrange.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, amendedOutcome, castOf, charteredPackage } from '../../test/support/thread.ts';
import type { Cast } from '../../test/support/thread.ts';

let app: TestApplication;
let cast: Cast;
let manager: Client;
let releases: Client;
let operations: Client;
beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  manager = await app.person('Tess Transition', ['TRM']);
  releases = await app.person('Ron Releases', ['RDM']);
  operations = await app.person('Ola Operations', ['OPS']);
});
afterAll(() => app.close());

const toDesign = 'service-package-hand-overs';
const toTransition = 'service-design-package-hand-overs';
const toOperation = 'service-release-hand-overs';
const codes = (answer: { body: Body }) => answer.body.refusals.map((each: { code: string }) => each.code);
const findings = [{ itemRef: 'OUT-1', severity: 'must', text: 'How is a missed collection counted?' }];

const stateOf = async (path: string, id: string) => (await cast.portfolio.get(`/${path}/${id}`)).body.record.state;

const arrange = (type: string, input: CreateInput, state?: string) =>
  arranged(app, type, { customers: [cast.customer], ...input }, state);

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
    await amendedOutcome(cast, requirement.outcome, { target: 5 });
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

/** An accepted design with one component, and a change that authorises its build. */
async function baselined(parts = 1) {
  const { pack } = await chartered();
  const design = await arrange('design-package', { title: 'Slot design', package: pack.id }, 'accepted');
  const components: string[] = [];
  for (let count = 0; count < parts; count += 1)
    components.push(await arrange('component', { title: 'Slot engine', designPackage: design }, 'developing'));
  const change = await arrange(
    'change',
    { title: 'Bring slots live', links: [{ type: 'authorisedBy', from: design }] },
    'authorised_build',
  );
  await cast.designer.move('design-packages', design, 'baseline');
  const [offered] = await editions(toTransition, design);
  return { design, components, change, offered };
}

async function planned({ design, components, change }: Awaited<ReturnType<typeof baselined>>): Promise<string> {
  const links = [{ type: 'authorisedBy', to: change }, ...components.map((to) => ({ type: 'contains', to }))];
  return (await releases.create('releases', { title: 'Slots 1.0', designPackage: design, links })).id;
}

describe('the hand-over of a design package', () => {
  it('is offered with the baseline, components and accepted items counted', async () => {
    const { design, components, offered } = await baselined();
    expect(offered).toMatchObject({ state: 'offered', fields: { edition: 1, itemsAccepted: 0 } });
    expect(offered.fields.contents.map(({ role, id }: Body) => [role, id])).toEqual([
      ['design', design],
      ['component', components[0]],
    ]);
    expect((await cast.designer.tryMove(toTransition, offered.id, 'accept')).status).toBe(403);
  });

  it('is accepted by the build that starts from it, though its components went on', async () => {
    const ready = await baselined();
    const { version } = (await releases.get(`/components/${ready.components[0]}`)).body.record;
    await releases.patch(`/components/${ready.components[0]}`, { expectedVersion: version, repository: 'slots' });
    await releases.move('releases', await planned(ready), 'start-build');
    const [accepted] = await editions(toTransition, ready.design);
    expect([accepted.state, accepted.fields.answeredBy]).toEqual(['accepted', releases.id]);
  });

  it('is not accepted without a component', async () => {
    const { offered } = await baselined(0);
    expect(codes(await manager.tryMove(toTransition, offered.id, 'accept'))).toEqual(['hand-over.incomplete']);
  });

  it('returned with findings raises the fault, and no build starts from it', async () => {
    const ready = await baselined();
    await manager.move(toTransition, ready.offered.id, 'return', { reason: 'Cannot be built.', findings });
    expect(await stateOf('design-packages', ready.design)).toBe('in_design');
    expect(await stateOf(toTransition, ready.offered.id)).toBe('returned');
    expect(codes(await releases.tryMove('releases', await planned(ready), 'start-build'))).toEqual([
      'release.design-not-handed-over',
    ]);
  });

  it('is withdrawn when a fault is raised or the design is held, and by Design itself, which may offer it again', async () => {
    const faulty = await baselined();
    await cast.designer.move('design-packages', faulty.design, 'raise-fault', { reason: 'A gap.' });
    expect(await stateOf(toTransition, faulty.offered.id)).toBe('withdrawn');
    const held = await baselined();
    await cast.designer.move('design-packages', held.design, 'hold', { reason: 'Wait.' });
    expect(await stateOf(toTransition, held.offered.id)).toBe('withdrawn');

    const { design, offered } = await baselined();
    await cast.designer.move(toTransition, offered.id, 'withdraw', { reason: 'Not yet.' });
    await cast.designer.move('design-packages', design, 'hand-over-again');
    expect((await editions(toTransition, design)).map(({ state }) => state)).toEqual(['withdrawn', 'offered']);
  });
});

/** A release that is verified (P10), in early life, with one component and its change. */
async function verified() {
  const { design, components, change } = await baselined();
  const links = [{ type: 'authorisedBy', to: change }, ...components.map((to) => ({ type: 'contains', to }))];
  const release = await arrange('release', { title: 'Slots 1.0', designPackage: design, links }, 'deployed');
  const support = await arrange('early-life-support', { title: 'First weeks', release, team: 'The desk.' });
  const checks = { gate: 'P10', title: 'Checks', statement: 'Ten calls.' };
  expect((await operations.post(`/records/${release}/attestations`, checks)).status).toBe(201);
  await releases.decide('P10', release);
  const [offered] = await editions(toOperation, release);
  return { release, support, components, change, offered };
}

describe('the hand-over of a release', () => {
  it('is offered when the release is verified, and answered by Operation alone', async () => {
    const { release, components, change, offered } = await verified();
    expect(offered.fields.contents.map(({ role, id }: Body) => [role, id])).toEqual([
      ['release', release],
      ['component', components[0]],
      ['change', change],
    ]);
    expect(await stateOf('releases', release)).toBe('verified');
    const standing = (await releases.get(`/releases/${release}`)).body.record;
    expect(offered.fields.contents[0].version).toBe(standing.version);
    expect((await releases.tryMove(toOperation, offered.id, 'accept')).status).toBe(403);
    await operations.move(toOperation, offered.id, 'accept');
  });

  it('is evidence at the end of early life', async () => {
    const { support, offered } = await verified();
    const { evidence } = (await cast.representative.get(`/gates/G5/${support}`)).body;
    expect(evidence).toContainEqual(
      expect.objectContaining({ id: offered.id, grade: 'recorded', hash: offered.contentHash }),
    );
  });

  it('returned with findings is offered again by Transition, while early life goes on', async () => {
    const { release, support, offered } = await verified();
    await operations.move(toOperation, offered.id, 'return', { reason: 'No runbook.', findings });
    expect(await stateOf('early-life-support', support)).toBe('active');
    await manager.move('releases', release, 'hand-over-again');
    expect(await editions(toOperation, release)).toMatchObject([
      { state: 'returned', fields: { findings } },
      { state: 'offered', fields: { edition: 2 } },
    ]);
  });

  it('is withdrawn when the release is backed out', async () => {
    const { release, offered } = await verified();
    await releases.move('releases', release, 'back-out', { reason: 'Wrong slots.' });
    expect(await stateOf(toOperation, offered.id)).toBe('withdrawn');
  });
});
