import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { create } from '../../core/record/edit/create.ts';
import type { CreateInput, CreateOptions } from '../../core/record/edit/create.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import { share } from '../../test/support/share.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let customer: string;
let people: Record<'RDM' | 'BLD' | 'TSM' | 'EVM' | 'OPS' | 'CHM' | 'TRM' | 'SOW', Client>;
let representative: Client;
let userTester: Client;
let service: string;
let design: string;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  const one = (role: string) => app.person(`The ${role}`, [role]);
  people = {
    RDM: await one('RDM'),
    BLD: await one('BLD'),
    TSM: await one('TSM'),
    EVM: await one('EVM'),
    OPS: await one('OPS'),
    CHM: await one('CHM'),
    TRM: await one('TRM'),
    SOW: await one('SOW'),
  };
  representative = await app.person('Cat Customer', ['CUS'], { customer });
  userTester = await app.person('Ute Tester', ['UATB'], { customer });
  service = (await takenOver(people.SOW, { title: 'Slot promise', customers: [customer] })).id;
  const pack = await packageFor(service, 'Order system');
  design = await arrange('design-package', { title: 'Slots', package: pack });
});
afterAll(() => app.close());
beforeEach(() => app.clock.set('2026-03-02T09:00:00.000Z'));

/** Records that other stages make on their way; made here as their commands make them. */
async function arrange(type: string, input: CreateInput, options: CreateOptions = {}): Promise<string> {
  const principal = systemPrincipal(app.providerId, 'test arrangement', null);
  const caller = { principal, channel: 'job' as const, requestId: 'arrange' };
  const outcome = await act(app.application, caller, { command: 'arrange' }, (work) =>
    create(work, serverRecord(app.application.registry, type), input, { byCommand: true, ...options }),
  );
  if (!outcome.ok) throw new Error(outcome.refusals.map((each) => each.sentence).join(' '));
  return outcome.value.id;
}

/** A package that the business agreed for a service, with an outcome that is measured from a source. */
async function packageFor(of: string, source: string | null): Promise<string> {
  const need = { title: 'Slots', customers: [customer], statement: 'Slots of two hours.', trigger: 'market' };
  const requirement = await arrange('business-requirement', need, { state: 'agreed' });
  const promise = { statement: 'Fewer.', measure: 'missed / all', unit: '%', baseline: 8, source };
  await arrange('outcome', { title: 'Missed', requirement, customers: [customer], ...promise });
  const given = { title: 'Slots', customers: [customer], requirement, service: of };
  return arrange('service-package', given, { state: 'chartered' });
}

const component = (state: string) => arrange('component', { title: 'Slot engine', designPackage: design }, { state });

const window = {
  windowFrom: '2026-03-10T20:00:00.000Z',
  windowTo: '2026-03-10T23:00:00.000Z',
  windowZone: 'Europe/London',
  reviewCriteria: 'Slots are shown within a second.',
};

async function authorisedChange(): Promise<string> {
  const { id } = await people.TRM.create('changes', {
    title: 'Bring slots live',
    customers: [customer],
    service: (await takenOver(people.SOW, { title: 'Another', customers: [customer] })).id,
    responsible: people.BLD.id,
    reason: 'A new service.',
    benefit: 'Slots.',
    risks: 'Late slots.',
    resources: 'A week.',
    relationships: 'None.',
    agreementImpact: 'None.',
    backOutPlan: 'Previous build.',
    testPlan: 'Suite.',
    impact: 2,
    likelihood: 1,
    links: [{ type: 'relatesTo', to: service }],
  });
  await people.TRM.move('changes', id, 'submit');
  await people.CHM.move('changes', id, 'assess');
  await people.CHM.decide('P4', id);
  return id;
}

const handOverOf = async (release: string): Promise<Body> =>
  (await people.OPS.get(`/service-release-hand-overs?subject=${release}`)).body.items[0];

interface Walk {
  release: string;
  change: string;
  version: string;
  subscription: string;
  component: string;
}

async function planned(profile: 'light' | 'standard' = 'light'): Promise<Walk> {
  const title = 'Slot promise 1';
  // Of its own: a version that goes live ends the one before it.
  const own = (await takenOver(people.SOW, { title, customers: [customer] })).id;
  await packageFor(own, 'Order system');
  const version = await arrange(
    'service-version',
    { title, customers: [customer], profile, service: own, versionNumber: 1, links: [{ type: 'versionOf', to: own }] },
    { state: 'designed' },
  );
  const subscription = await arrange('subscription', { title, serviceVersion: version, service: own, customer });
  const change = await authorisedChange();
  const part = await component('baselined');
  const { id: release } = await people.RDM.create('releases', {
    title: 'Slots 1.0',
    serviceVersion: version,
    links: [
      { type: 'authorisedBy', to: change },
      { type: 'contains', to: part },
    ],
  });
  return { release, change, version, subscription, component: part };
}

const attest = async (by: Client, of: string, gate: string) => {
  const title = { P6: "Business testers' sign-off", P10: 'Post-deployment checks' }[gate] ?? `For ${gate}`;
  const body = { gate, title, statement: 'It was done as it should be.' };
  expect((await by.post(`/records/${of}/attestations`, body)).status).toBe(201);
};

async function tested(): Promise<Walk> {
  const walk = await planned();
  await people.RDM.move('releases', walk.release, 'start-build');
  await people.BLD.move('releases', walk.release, 'assemble');
  await people.RDM.decide('P5', walk.release);
  await people.TSM.move('releases', walk.release, 'test');
  const { version } = (await people.TSM.get(`/releases/${walk.release}`)).body.record;
  await people.TSM.patch(`/releases/${walk.release}`, {
    expectedVersion: version,
    criteria: [{ criterion: 'SAC-01', statement: 'Slots are shown.', side: 'B', state: 'met' }],
    knownErrors: 'none',
    backOutPlan: 'Previous build.',
    backOutRehearsed: true,
  });
  return walk;
}

async function validated(): Promise<Walk> {
  const walk = await tested();
  await attest(userTester, walk.release, 'P6');
  await people.TSM.decide('P6', walk.release);
  return walk;
}

async function accepted(): Promise<Walk> {
  const walk = await validated();
  await people.EVM.decide('P7', walk.release);
  await people.OPS.decide('P8', walk.release);
  await representative.decide('G4', walk.release);
  return walk;
}

async function deployed(): Promise<Walk & { support: string }> {
  const walk = await accepted();
  const { id: support } = await people.TRM.create('early-life-support', {
    title: 'Slots, early life',
    release: walk.release,
    team: 'Both teams, daily at nine.',
    windowDays: 3,
  });
  await people.BLD.move('changes', walk.change, 'start-build');
  await people.TSM.move('changes', walk.change, 'pass-tests', { testEvidence: 'Green.', backOutTest: 'tested' });
  await people.CHM.move('changes', walk.change, 'propose-window', window);
  await people.CHM.decide('P9', walk.change);
  await people.CHM.move('changes', walk.change, 'schedule');
  app.clock.set(window.windowFrom);
  await people.OPS.move('changes', walk.change, 'start');
  await people.RDM.move('releases', walk.release, 'deploy');
  await people.RDM.move('releases', walk.release, 'land');
  return { ...walk, support };
}

async function verified() {
  const walk = await deployed();
  await attest(people.OPS, walk.release, 'P10');
  await people.RDM.decide('P10', walk.release);
  return walk;
}

const stateOf = async (path: string, id: string) => (await people.RDM.get(`/${path}/${id}`)).body.record.state;
const codes = (answer: Body): string[] => answer.body.refusals.map((each: { code: string }) => each.code);

describe('a validation', () => {
  it('is taken back by who gave it, until the release is accepted', async () => {
    const { release } = await validated();
    const back = { outcome: 'withdraw', reason: 'One tester was missing.' };
    const was = await stateOf('releases', release);
    await people.TSM.decide('P6', release, back);
    expect(await stateOf('releases', release)).not.toBe(was);
    await people.TSM.decide('P6', release);
    expect(await stateOf('releases', release)).toBe(was);
  });
});

describe('a build sent back', () => {
  const findings = [{ itemRef: 'SAC-01', severity: 'must', text: 'Slots are shown late.' }];

  it.each([
    ['by its tests', tested, (id: string) => people.TSM.move('releases', id, 'fail-tests', { reason: 'Late slots.' })],
    [
      'at its validation',
      tested,
      (id: string) => people.TSM.decide('P6', id, { outcome: 'reject', variant: 'refuse-validation', findings }),
    ],
    [
      'for a fault found later',
      validated,
      (id: string) => people.TSM.move('releases', id, 'find-fault', { reason: 'Late.' }),
    ],
  ])('%s is built anew, and its version with it', async (_how, walked, send) => {
    const { release, version } = await walked();
    await send(release);
    expect([await stateOf('releases', release), await stateOf('service-versions', version)]).toEqual([
      'building',
      'developed',
    ]);
  });
});

describe('a release', () => {
  it('is not for strangers, and is not planned by the business', async () => {
    expect((await app.stranger.post('/releases', { title: 'x' })).status).toBe(401);
    expect((await representative.post('/releases', { title: 'x' })).status).toBe(403);
  });

  it('is not built while it is empty and no change authorises it', async () => {
    const { id } = await people.RDM.create('releases', { title: 'Nothing', customers: [customer] });
    expect(codes(await people.RDM.tryMove('releases', id, 'start-build'))).toEqual([
      'release.empty',
      'release.no-change',
    ]);
  });

  it('is assembled of baselined components only', async () => {
    const { release } = await planned();
    const draft = await component('developing');
    await people.RDM.post('/links', { type: 'contains', from: release, to: draft });
    await people.RDM.move('releases', release, 'start-build');
    expect(codes(await people.BLD.tryMove('releases', release, 'assemble'))).toEqual(['release.not-baselined']);
  });

  it('is not checked in by its builder, but for a light profile, where that is told', async () => {
    const ownWork = async (profile: 'light' | 'standard') => {
      const { release } = await planned(profile);
      await people.RDM.move('releases', release, 'start-build');
      await people.RDM.move('releases', release, 'assemble');
      return people.RDM.tryDecide('P5', release);
    };
    expect((await ownWork('standard')).body.code).toBe('separation.sd2');
    expect((await ownWork('light')).body.selfChecked).toBe(true);
  });

  it('is not tested before it is checked in', async () => {
    const { release } = await planned();
    await people.RDM.move('releases', release, 'start-build');
    await people.BLD.move('releases', release, 'assemble');
    expect(codes(await people.TSM.tryMove('releases', release, 'test'))).toEqual(['release.p5']);
  });

  it('is not validated when a component is no longer what was assembled', async () => {
    const { release, component: part } = await tested();
    await attest(userTester, release, 'P6');
    await app.database.ownerPool.query("update core.record set content_hash = 'another' where id = $1", [part]);
    expect(codes(await people.TSM.tryDecide('P6', release))).toContain('release.manifest');
  });

  it('is not validated without the tests of the business', async () => {
    const { release } = await tested();
    expect(codes(await people.TSM.tryDecide('P6', release))).toEqual(['decision.evidence-missing']);
  });

  it('is accepted by the customer alone, after evaluation and readiness', async () => {
    const { release } = await validated();
    expect(codes(await representative.tryDecide('G4', release))).toEqual(['release.p7', 'release.p8']);
    await people.EVM.decide('P7', release);
    await people.OPS.decide('P8', release);
    expect((await people.OPS.tryDecide('G4', release)).status).toBe(403);
    await representative.decide('G4', release);
    expect(await stateOf('releases', release)).toBe('accepted');
  });

  it('is taken back by the customer whose acceptance it is, whoever accepted last', async () => {
    const other = await app.customer('Other Grocers');
    const theirs = await app.person('Olga Other', ['CUS'], { customer: other });
    const { release } = await tested();
    const owner = await app.person('Oda Owner', ['BOW'], { customer });
    await share(release, { by: people.TSM, customers: [other], with: [owner] });
    await attest(userTester, release, 'P6');
    await people.TSM.decide('P6', release);
    await people.EVM.decide('P7', release);
    await people.OPS.decide('P8', release);
    await representative.decide('G4', release);
    expect(await stateOf('releases', release)).toBe('validated');
    await theirs.decide('G4', release);
    expect(await stateOf('releases', release)).toBe('accepted');
    await representative.decide('G4', release, { outcome: 'withdraw' });
    const { decisions } = (await people.TSM.get(`/releases/${release}`)).body;
    const seen = (await representative.get(`/releases/${release}`)).body.decisions;
    expect(new Set(seen.map((each: Body) => each.customer))).toEqual(new Set([null, customer]));
    const gate = (await representative.get(`/gates/G4/${release}`)).body;
    expect(gate.deciders.map(({ person }: Body) => gate.names[person])).not.toContain('Olga Other');
    const votes = decisions.filter((each: Body) => each.gate === 'G4' && each.outcome === 'approve');
    expect(votes.map((each: Body) => [each.customer, each.basis])).toEqual([
      [customer, 'revoked'],
      [other, 'current'],
    ]);
  });

  it('is neither accepted nor verified where what it brings is cut off from what was agreed', async () => {
    const alone = (await takenOver(people.SOW, { title: 'Nobody asked', customers: [customer] })).id;
    const unmeasured = (await takenOver(people.SOW, { title: 'Nobody counts', customers: [customer] })).id;
    await packageFor(unmeasured, null);
    for (const [gate, state] of [
      ['G4', 'validated'],
      ['P10', 'deployed'],
    ] as const) {
      const by = gate === 'G4' ? representative : people.RDM;
      // Named by the release, or reached along its lineage alone, as its moves reach it.
      const refused = async (of: string, reached: 'name' | 'lineage' = 'name') => {
        const version = await arrange('service-version', {
          title: 'Of it',
          service: of,
          versionNumber: 7,
          links: [{ type: 'versionOf', to: of }],
        });
        const named = reached === 'name' ? { serviceVersion: version } : {};
        const release = await arrange('release', { title: 'Cut off', ...named, customers: [customer] }, { state });
        if (reached === 'lineage')
          await app.database.ownerPool.query(
            `update core.record r set lineage_id = v.lineage_id from core.record v where r.id = $1 and v.id = $2`,
            [release, version],
          );
        return (await by.get(`/gates/${gate}/${release}`)).body.closedBecause.filter(({ code }: Body) =>
          code.startsWith('thread.'),
        );
      };
      expect(await refused(alone)).toEqual([
        expect.objectContaining({ code: 'thread.no-requirement', hint: expect.stringContaining('package') }),
      ]);
      expect(await refused(service)).toEqual([]);
      expect((await refused(alone, 'lineage')).map(({ code }: Body) => code)).toEqual(['thread.no-requirement']);
      expect((await refused(unmeasured)).map(({ code }: Body) => code)).toEqual(['thread.no-baseline']);
    }
  });

  it('is not evaluated by its tester', async () => {
    const { release } = await validated();
    expect((await people.TSM.tryDecide('P7', release)).status).toBe(403);
  });

  it('brings its version and subscriptions along, and is not deployed before its change has started', async () => {
    const { release, version, subscription } = await accepted();
    expect(await stateOf('service-versions', version)).toBe('released');
    expect(await stateOf('subscriptions', subscription)).toBe('released');
    expect(codes(await people.RDM.tryMove('releases', release, 'deploy'))).toEqual(['release.change-not-started']);
  });

  it('takes its version back when its acceptance is withdrawn, and has it built anew when it is returned', async () => {
    const { release, version, subscription } = await accepted();
    const states = async () => [
      await stateOf('service-versions', version),
      await stateOf('subscriptions', subscription),
    ];
    await representative.decide('G4', release, { outcome: 'withdraw' });
    expect(await states()).toEqual(['tested', 'planned']);
    await representative.decide('G4', release);
    expect(await states()).toEqual(['released', 'released']);
    await representative.decide('G4', release, {
      outcome: 'reject',
      variant: 'return',
      findings: [{ itemRef: 'SAC-01', severity: 'must', text: 'Slots are wrong on Sundays.' }],
    });
    expect(await states()).toEqual(['developed', 'planned']);
  });

  it('goes live when it is verified, and its early life support begins', async () => {
    const { release, version, subscription, support, component: part } = await verified();
    expect(await stateOf('releases', release)).toBe('verified');
    expect(await stateOf('components', part)).toBe('in_service');
    expect(await stateOf('service-versions', version)).toBe('live_els');
    expect(await stateOf('subscriptions', subscription)).toBe('live_els');
    expect(await stateOf('early-life-support', support)).toBe('active');
  });

  it('is fixed forward only where it has landed, with the reason', async () => {
    const { release } = await deployed();
    expect((await people.RDM.tryMove('releases', release, 'fix-forward')).status).toBe(422);
    const before = await accepted();
    const early = await people.RDM.tryMove('releases', before.release, 'fix-forward', { reason: 'Not there yet.' });
    expect(codes(early)).toEqual(['move.state']);
    await people.RDM.move('releases', release, 'fix-forward', { reason: 'The next release mends it.' });
    expect(await stateOf('releases', release)).toBe('fixed_forward');
  });

  it('once backed out takes its version back, and needs a new acceptance', async () => {
    const { release, version, change, support } = await verified();
    await people.RDM.move('releases', release, 'back-out', { reason: 'Wrong slots.' });
    expect(await stateOf('service-versions', version)).toBe('tested');
    expect(await stateOf('early-life-support', support)).toBe('aborted');
    expect((await people.CHM.get(`/changes/${change}`)).body.record.fields.backedOut).toBe(true);
    const { decisions } = (await people.RDM.get(`/releases/${release}`)).body;
    expect(decisions.find((each: { gate: string }) => each.gate === 'G4').basis).toBe('consumed');
    await people.RDM.move('releases', release, 'rebuild', { reason: 'Mended.', rootCause: 'A cold cache.' });
    expect(await stateOf('releases', release)).toBe('building');
  });

  it('tells of the end of its acceptance in its journal, by which verify sees one that is taken out or altered', async () => {
    const { release } = await accepted();
    await representative.decide('G4', release, { outcome: 'withdraw' });
    await people.RDM.move('releases', (await verified()).release, 'back-out', { reason: 'Wrong slots.' });
    const { ownerPool } = app.database;
    const found = async () => (await verify(ownerPool, app.application.registry, app.keysFolder)).differences;
    const before = await found(); // an earlier test exchanged a hash
    for (const damage of ["set reason = 'None.'", "set at = at - interval '1 hour'"]) {
      await ownerPool.query('create table core.kept as select * from core.decision_end');
      await ownerPool.query(`update core.decision_end ${damage}`);
      expect((await found()).length).toBeGreaterThan(before.length + 1);
      await ownerPool.query('delete from core.decision_end where state = $1', ['consumed']);
      expect(await found()).toContainEqual({ record: expect.any(String), what: expect.stringContaining('is missing') });
      await ownerPool.query('delete from core.decision_end');
      await ownerPool.query('insert into core.decision_end select * from core.kept');
      await ownerPool.query('drop table core.kept');
      expect(await found()).toEqual(before);
    }
  });
});

describe('early life support', () => {
  const met = async (support: string) => {
    const { version, fields } = (await people.TRM.get(`/early-life-support/${support}`)).body.record;
    const criteria = fields.criteria.map((each: object) => ({ ...each, state: 'met', value: 'as agreed' }));
    return people.TRM.patch(`/early-life-support/${support}`, { expectedVersion: version, criteria });
  };

  it('is not ended before its window is over and every criterion is met', async () => {
    const { support } = await verified();
    expect(codes(await people.TRM.tryMove('early-life-support', support, 'request-exit'))).toEqual([
      'early-life.window-open',
      'early-life.criterion',
      'early-life.criterion',
      'early-life.criterion',
    ]);
  });

  it('is ended by the customer, with the acceptance of operations, and makes the version live', async () => {
    const { support, version, subscription, release } = await verified();
    expect((await met(support)).status).toBe(200);
    app.clock.set('2026-03-13T20:00:00.000Z');
    await people.TRM.move('early-life-support', support, 'request-exit');
    expect(codes(await representative.tryDecide('G5', support))).toEqual(['early-life.operations']);
    await attest(people.OPS, support, 'G5');
    expect(codes(await representative.tryDecide('G5', support))).toEqual(['early-life.operations']);
    await people.OPS.move('service-release-hand-overs', (await handOverOf(release)).id, 'accept');
    expect((await people.OPS.tryDecide('G5', support)).status).toBe(403);
    await representative.decide('G5', support);
    expect(await stateOf('service-versions', version)).toBe('live');
    expect(await stateOf('subscriptions', subscription)).toBe('live');
    expect(await stateOf('releases', release)).toBe('closed');
  });

  it('is extended with findings, and observed anew', async () => {
    const { support } = await verified();
    await met(support);
    app.clock.set('2026-03-13T20:00:00.000Z');
    await people.TRM.move('early-life-support', support, 'request-exit');
    const findings = [{ itemRef: 'EL-01', severity: 'must', text: 'Two stores do not use it.' }];
    await representative.decide('G5', support, { outcome: 'reject', reason: 'Not yet.', findings });
    const { state, fields } = (await people.TRM.get(`/early-life-support/${support}`)).body.record;
    expect([state, fields.extensions, fields.windowFrom]).toEqual(['active', 1, '2026-03-13T20:00:00.000Z']);
  });

  it('starts with the usual window and the exit criteria of its profile', async () => {
    const begun = async (profile: 'light' | 'standard') => {
      const { release } = await planned(profile);
      const { fields } = await people.TRM.create('early-life-support', { title: 'Early life', release });
      return [fields.windowDays, fields.criteria.length];
    };
    expect([await begun('light'), await begun('standard')]).toEqual([
      [20, 3],
      [20, 11],
    ]);
  });
});
