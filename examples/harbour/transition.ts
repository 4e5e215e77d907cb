// Transition of the example: built, tested, validated, evaluated, accepted, put live, supported early.
import { createHash } from 'node:crypto';
import type { Scene } from './cast.ts';
import { attestFor } from './evidence.ts';
import { acceptHandOver } from './hand-over.ts';
import type { Agreed, Designed } from './strategy.ts';

export interface Live {
  release: string;
  change: string;
  earlyLife: string;
  agreement: string;
}

/** Everything from the change (P4) to the verified deployment (P10), and the end of early life support (G5). */
export async function transition(stage: Scene, agreed: Agreed, designed: Designed): Promise<Live> {
  const { cast, at } = stage;
  await at('2016-01-04T12:00:00.000Z');
  const change = await authorisedChange(stage, agreed, designed);
  await cast.designer.move('design-packages', designed.designPackage, 'baseline');
  await acceptHandOver(cast.transition, 'service-design-package-hand-overs', designed.designPackage);
  const release = await builtRelease(stage, agreed, designed, change);
  const agreement = await agreementInForce(stage, agreed);
  await accept(stage, release);
  const { id: earlyLife } = await cast.transition.create('early-life-support', {
    title: 'Service desk, first weeks',
    release,
    team: 'Desk, routing and second line meet daily at nine.',
    windowDays: 20,
  });
  await deploy(stage, change, release);
  await exitEarlyLife(stage, release, earlyLife);
  await cast.releases.move('changes', change, 'complete', {
    verification: 'Calls are taken, routed and restored; dashboards fill.',
  });
  await cast.changes.move('changes', change, 'review');
  await cast.changes.move('changes', change, 'close-successful', {
    reviewSummary: 'The objective was met: one place to turn to since 6 February.',
  });
  return { release, change, earlyLife, agreement };
}

async function authorisedChange({ cast, customerId }: Scene, agreed: Agreed, designed: Designed): Promise<string> {
  const { id } = await cast.transition.create('changes', {
    title: 'Bring the service desk live',
    service: agreed.service,
    customers: [customerId],
    reason: 'The accepted design of the service desk.',
    benefit: 'One place to turn to.',
    risks: 'Routing may be wrong in the first weeks.',
    resources: 'Six weeks, five people.',
    responsible: cast.builder.id,
    relationships: 'None open on the same components.',
    agreementImpact: 'None before go-live.',
    backOutPlan: 'The old numbers keep working until March.',
    testPlan: 'Component, integration and acceptance tests; rehearsal of back-out.',
    impact: 2,
    likelihood: 2,
    links: [{ type: 'authorisedBy', from: designed.designPackage }],
  });
  await cast.transition.move('changes', id, 'submit');
  await cast.changes.move('changes', id, 'assess');
  await attestFor({ cast }, 'P4', id);
  await cast.sponsor.attest(id, 'P4', 'Advice', 'Our stores can live with a rough week; not with two.');
  await cast.changes.decide('P4', id, 'Assessed: level L3, risks covered.');
  await cast.builder.move('changes', id, 'start-build');
  return id;
}

async function builtRelease(
  { cast, at, customerId }: Scene,
  agreed: Agreed,
  designed: Designed,
  change: string,
): Promise<string> {
  const { releases, builder, tests, supplier } = cast;
  const [bought = '', made = ''] = designed.components;
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  await at('2016-01-18T12:00:00.000Z');
  await supplier.move('components', bought, 'receive', {
    artefactVersion: '4.2',
    artefactHash: hash('Deskwright 4.2'),
    licence: 'Subscription, 400 seats',
    contractState: 'active',
  });
  await builder.move('components', made, 'receive', { artefactVersion: '1.0', artefactHash: hash('routing 1.0') });
  for (const id of designed.components) {
    await builder.move('components', id, 'integrate');
    await releases.move('components', id, 'baseline');
  }
  const { id } = await releases.create('releases', {
    title: 'Service desk 1.0',
    designPackage: designed.designPackage,
    serviceVersion: agreed.serviceVersion,
    purpose: 'The service desk with its routing.',
    kind: 'full',
    mode: 'big_bang',
    goLiveOn: '2016-02-06',
    customers: [customerId],
    links: [{ type: 'authorisedBy', to: change }, ...designed.components.map((to) => ({ type: 'contains', to }))],
  });
  await releases.move('releases', id, 'start-build');
  await builder.move('releases', id, 'assemble');
  await attestFor({ cast }, 'P5', id);
  await releases.decide('P5', id, 'This build is the definitive one.');
  await at('2016-01-22T12:00:00.000Z');
  await tests.move('releases', id, 'test');
  await tests.move('changes', change, 'pass-tests', {
    testEvidence: '212 of 212 tests passed on exactly this build.',
    backOutTest: 'tested',
  });
  return id;
}

async function accept({ cast, at }: Scene, release: string): Promise<void> {
  const { tests, evaluator, operations, representative } = cast;
  const criterion = (id: string, statement: string, side: 'B' | 'P') => ({
    criterion: id,
    statement,
    side,
    state: 'met',
    evidence: 'Shown on 25 January 2016.',
  });
  await tests.edit('releases', release, {
    knownErrors: 'none',
    backOutPlan: 'The old numbers keep working until March.',
    backOutRehearsed: true,
    criteria: [
      criterion('SAC-01', 'Every must of the requirement is shown.', 'B'),
      criterion('SAC-02', 'Business testers have signed.', 'B'),
      criterion('SAC-03', 'Both outcomes produce data.', 'B'),
      criterion('SAC-17', 'Support scripts are loaded.', 'P'),
      criterion('SAC-23', 'The back-out was rehearsed.', 'P'),
    ],
  });
  await at('2016-01-27T12:00:00.000Z');
  await attestFor({ cast }, 'P6', release);
  await tests.decide('P6', release, 'It delivers utility and warranty.');
  await attestFor({ cast }, 'P7', release);
  await evaluator.decide('P7', release, 'Proceed; watch hand-overs, the trial says little of them.');
  await attestFor({ cast }, 'P8', release);
  await operations.decide('P8', release, 'We can run and support it.');
  await at('2016-01-29T13:00:00.000Z');
  await attestFor({ cast }, 'G4', release);
  await representative.decide('G4', release, 'We accept it into live use on 6 February.');
}

async function deploy({ cast, at }: Scene, change: string, release: string): Promise<void> {
  await cast.changes.move('changes', change, 'propose-window', {
    windowFrom: '2016-02-06T12:00:00.000Z',
    windowTo: '2016-02-06T20:00:00.000Z',
    windowZone: 'America/Sao_Paulo',
    backOutLatest: '2016-02-06T18:00:00.000Z',
    reviewCriteria: 'Calls are taken, routed and restored within the targets.',
  });
  await attestFor({ cast }, 'P9', change);
  await cast.sponsor.attest(change, 'P9', 'Advice', 'Saturday evening suits the stores.');
  await cast.changes.decide('P9', change, 'No freeze, no collision; back-out possible until 18:00Z.');
  await cast.changes.move('changes', change, 'schedule');
  await at('2016-02-06T13:00:00.000Z');
  await cast.releases.move('changes', change, 'start');
  await cast.releases.move('releases', release, 'deploy');
  await cast.releases.move('releases', release, 'land');
  await at('2016-02-06T15:00:00.000Z');
  await attestFor({ cast }, 'P10', release);
  await cast.releases.decide('P10', release, 'It landed as planned.');
}

async function exitEarlyLife({ cast, at }: Scene, release: string, earlyLife: string): Promise<void> {
  const { transition: manager, operations, representative } = cast;
  await at('2016-02-27T12:00:00.000Z');
  const { criteria } = (await manager.get(`/early-life-support/${earlyLife}`)).record.fields;
  await manager.edit('early-life-support', earlyLife, {
    criteria: criteria.map((each: object) => ({
      ...each,
      state: 'met',
      basis: 'people',
      value: 'held over the whole window',
    })),
  });
  await manager.move('early-life-support', earlyLife, 'request-exit');
  await attestFor({ cast }, 'G5', earlyLife);
  await acceptHandOver(operations, 'service-release-hand-overs', release);
  await representative.decide('G5', earlyLife, 'Stable for twenty days, and used as intended.');
}

async function agreementInForce({ cast, customerId }: Scene, agreed: Agreed): Promise<string> {
  const { levels, representative } = cast;
  const day = [{ from: '08:00', to: '20:00' }];
  const { id } = await levels.create('agreements', {
    title: 'Service desk for Harbour Group',
    service: agreed.service,
    customer: customerId,
    customers: [customerId],
    calendar: {
      zone: 'America/Sao_Paulo',
      versions: [{ effectiveFrom: '2015-01-01', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day } }],
      exceptions: [
        { kind: 'holiday', from: '2016-03-25', to: '2016-03-25', name: 'Good Friday' },
        { kind: 'holiday', from: '2016-04-21', to: '2016-04-21', name: 'Tiradentes' },
        { kind: 'holiday', from: '2016-05-26', to: '2016-05-26', name: 'Corpus Christi' },
      ],
    },
    targets: [
      { priority: 'P1', responseMinutes: 15, restoreMinutes: 240 },
      { priority: 'P2', responseMinutes: 30, restoreMinutes: 480 },
      { priority: 'P3', responseMinutes: 120, restoreMinutes: 1440 },
      { priority: 'P4', responseMinutes: 240, restoreMinutes: 2400 },
    ],
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: 'resume_excluding_gap',
    availabilityTarget: 99.5,
    effectiveFrom: '2016-02-06T00:00:00.000Z',
  });
  await levels.move('agreements', id, 'negotiate');
  await representative.move('agreements', id, 'sign-customer');
  await levels.move('agreements', id, 'sign-provider');
  await levels.move('agreements', id, 'put-in-force');
  return id;
}
