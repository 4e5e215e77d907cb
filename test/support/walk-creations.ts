// How a record of each type begins, where its fields alone do not say it.
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { create } from '../../core/record/edit/create.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { tell } from '../../operation/performance/commands.ts';
import { agreedRequirement, charteredPackage, draftedPackage } from './thread.ts';
import type { Cast } from './thread.ts';
import type { Scene } from './exploration.ts';
import { inUse } from '../../handover/in-use.ts';
import { takenOver } from './service.ts';

/** Each walk tells a month of its own. */
let toldYears = 1900;

type Create = (scene: Scene) => Promise<string>;

const made = async (record: Promise<{ id: string }>): Promise<string> => (await record).id;
const requirement = (scene: Scene) =>
  made(
    scene.business.create('business-requirements', {
      title: 'Walked',
      statement: 'It is walked.',
      trigger: 'market',
      priority: 'must',
      profile: 'light',
      customers: [scene.customer],
    }),
  );

export const points = (values: readonly number[]) =>
  values.map((value, index) => ({ at: `2016-02-${20 + index}`, value }));
export const findings = [{ itemRef: 'X-1', severity: 'must', text: 'It is not said who.' }];
export const measured = (outcome: string, day: string) => ({
  title: 'Walked',
  outcome,
  periodFrom: day,
  periodTo: day,
  value: 0,
  grade: 'C',
  source: 'Record of every incident',
});

/** A service that a case may name. */
const running = async (scene: Scene): Promise<string> =>
  (await scene.standing('service', inUse.states['service'] ?? []))[0] ??
  made(takenOver(scene.provider, { title: 'Walked', customers: [scene.customer] }));

/** One person of each side in all the parts of a thread. */
export const castOf = ({ business, provider, customer }: Scene): Cast => ({
  customer,
  owner: business,
  sponsor: business,
  representative: business,
  portfolio: provider,
  relations: provider,
  designer: provider,
  authority: provider,
});

/** A release that stands where only a whole build comes. */
const releaseIn = (scene: Scene, state: string, fields: object): Promise<string> =>
  scene.asSystem(async (work) => {
    const record = serverRecord(scene.app.application.registry, 'release');
    const given = { title: 'Walked', customers: [scene.customer], profile: 'light' as const, ...fields };
    return (await create(work, record, given, { byCommand: true, state })).id;
  });

export const creations: Readonly<Record<string, Create>> = {
  // A requirement that an agreed package delivers.
  'business-requirement not_satisfied': async (scene) => {
    const agreed = await agreedRequirement(castOf(scene), { attainBy: '2016-01-31' });
    await charteredPackage(castOf(scene), agreed);
    return agreed.id;
  },
  person: (scene) => made(scene.provider.create('people', { title: 'Walked' })),
  team: (scene) => made(scene.provider.create('teams', { title: 'Walked' })),
  customer: (scene) =>
    made(scene.provider.create('customers', { title: 'Walked', relationship: 'internal', zone: 'Europe/London' })),
  'role-grant': async (scene) =>
    made(scene.provider.create('role-grants', { title: 'Walked', person: await scene.any('person'), role: 'KNM' })),
  delegation: async (scene) => {
    const delegate = await made(scene.provider.create('people', { title: 'Deputy' }));
    return made(
      scene.provider.create('delegations', {
        title: 'Walked',
        delegator: scene.provider.id,
        delegate,
        role: 'KNM',
        validFrom: '2015-01-01T00:00:00.000Z',
        validTo: '2030-01-01T00:00:00.000Z',
      }),
    );
  },
  'business-requirement': async (scene) => {
    const id = await requirement(scene);
    await scene.business.create('outcomes', {
      title: 'Walked',
      requirement: id,
      statement: 'Fewer.',
      measure: 'missed / all',
      unit: '%',
    });
    return id;
  },
  outcome: async (scene) =>
    made(
      scene.business.create('outcomes', {
        title: 'Walked',
        requirement: await requirement(scene),
        statement: 'Fewer.',
        measure: 'missed / all',
        unit: '%',
      }),
    ),
  'outcome-amendment': async (scene) =>
    made(
      scene.business.create('outcome-amendments', {
        title: 'Walked',
        outcome: (await agreedRequirement(castOf(scene))).outcome,
        kind: 'amend',
        why: 'The market moved.',
        target: 3,
      }),
    ),
  service: (scene) => made(takenOver(scene.provider, { title: 'Walked', customers: [scene.customer] })),
  policy: (scene) =>
    made(
      scene.provider.create('policies', {
        title: 'Walked',
        statement: 'What costs more needs another way.',
        rule: 'cost.oneOff <= 1000000',
        gates: [{ gate: 'P1' }],
        effect: 'waivable',
      }),
    ),
  'policy-waiver': async (scene) => {
    const policy = await scene.provider.create('policies', {
      title: 'To be waived',
      statement: 'What costs more needs another way.',
      rule: 'cost.oneOff <= 1000000',
      gates: [{ gate: 'P1' }],
      effect: 'waivable',
    });
    for (const move of ['review', 'approve', 'enforce']) await scene.provider.move('policies', policy.id, move);
    return made(
      scene.second.create('policy-waivers', {
        title: 'Walked',
        policy: policy.id,
        subject: await scene.first('service-package'),
        reason: 'Worth it.',
      }),
    );
  },
  'service-package': async (scene) => made(draftedPackage(castOf(scene), await agreedRequirement(castOf(scene)))),
  'service-package-hand-over': async (scene) => {
    await charteredPackage(castOf(scene), await agreedRequirement(castOf(scene)));
    return scene.any('service-package-hand-over');
  },
  'design-package': async (scene) =>
    made(
      scene.provider.create('design-packages', {
        title: 'Walked',
        package: (await charteredPackage(castOf(scene), await agreedRequirement(castOf(scene)))).id,
      }),
    ),
  improvement: async (scene) =>
    made(
      scene.provider.create('improvements', {
        title: 'Walked',
        description: 'Partial outages are found late.',
        originStage: 'operation',
        service: await scene.first('service'),
        customers: [scene.customer],
        metric: 'Time to detect',
        unit: 'min',
        baselineValue: 22,
        targetValue: 5,
        benefit: 'Fewer missed calls.',
        oneOffCost: { minor: 500_000, currency: 'GBP' },
        risk: 'False alarms.',
        verificationPlan: 'Rank test over eight incidents.',
        washoutDays: 0,
        afterDays: 6,
        targetStage: 'strategy',
        profile: 'light',
        beforeSeries: [18, 31, 15, 24, 20, 24, 22, 25].map((value, index) => ({
          at: `2016-02-${10 + index}`,
          value,
        })),
      }),
    ),
  'requirement-back': async (scene) => {
    const improvement = (await creations['improvement']?.(scene)) ?? '';
    for (const move of ['analyse', 'justify']) await scene.provider.move('improvements', improvement, move);
    await scene.business.decide('G7', improvement);
    await scene.provider.move('improvements', improvement, 'route');
    return scene.any('requirement-back');
  },
  'release built': (scene) => releaseIn(scene, 'built', {}),
  'criterion-waiver': async (scene) => {
    const criteria = [{ criterion: 'SAC-1', statement: 'It is quick.', state: 'unmet' }];
    const subject = await releaseIn(scene, 'validated', { criteria });
    return made(
      scene.second.create('criterion-waivers', {
        title: 'Walked',
        subject,
        criterion: 'SAC-1',
        impact: 'It is slow.',
        validUntil: '2016-12-31',
      }),
    );
  },
  'service-performance': async (scene) => {
    toldYears += 1;
    return scene.asSystem(async (work) =>
      tell(work, {
        providerId: scene.providerId,
        serviceId: await scene.first('service'),
        customerId: scene.customer,
        agreementId: null,
        periodFrom: `${toldYears}-01-01`,
        periodTo: `${toldYears}-01-31`,
        figures: { logged: 0 },
        told: null,
        offered: null,
        scenarioNow: null,
      }),
    );
  },
  incident: async (scene) =>
    made(
      scene.provider.create('incidents', {
        title: 'Walked',
        service: await running(scene),
        customers: [scene.customer],
      }),
    ),
  problem: async (scene) => {
    const id = await made(
      scene.provider.create('problems', {
        title: 'Walked',
        service: await running(scene),
        customers: [scene.customer],
        profile: 'light',
      }),
    );
    const incident = (await creations['incident']?.(scene)) ?? '';
    await scene.provider.post('/links', { type: 'causedBy', from: incident, to: id });
    return id;
  },
  'known-error': async (scene) =>
    made(
      scene.provider.create('known-errors', {
        title: 'Walked',
        defect: 'D-12',
        service: await scene.first('service'),
        symptom: 'It beeps twice.',
        affectedVersions: '4.1',
        detectionRule: 'The log says E17.',
        workaround: 'Switch it off and on.',
        profile: 'light',
      }),
    ),
  change: async (scene) =>
    made(
      scene.provider.create('changes', {
        title: 'Walked',
        service: await scene.first('service'),
        customers: [scene.customer],
        profile: 'light',
        reason: 'The accepted design.',
        benefit: 'One place.',
        risks: 'Routing.',
        resources: 'Five people.',
        responsible: scene.provider.id,
        relationships: 'None.',
        agreementImpact: 'None.',
        backOutPlan: 'The old numbers.',
        testPlan: 'Component tests.',
        impact: 1,
        likelihood: 1,
        links: [{ type: 'authorisedBy', from: (await creations['design-package']?.(scene)) ?? '' }],
      }),
    ),
  freeze: (scene) =>
    made(
      scene.provider.create('freezes', {
        title: 'Walked',
        freezeFrom: '2029-12-20T00:00:00.000Z',
        freezeTo: '2029-12-27T00:00:00.000Z',
        freezeZone: 'Europe/London',
        cause: 'The shops are full.',
      }),
    ),
  component: async (scene) =>
    made(
      scene.provider.create('components', {
        title: 'Walked',
        designPackage: await scene.first('design-package'),
        customers: [scene.customer],
      }),
    ),
  release: async (scene) =>
    made(
      scene.provider.create('releases', {
        title: 'Walked',
        designPackage: await scene.first('design-package'),
        serviceVersion: await scene.first('service-version'),
        purpose: 'The desk.',
        kind: 'full',
        mode: 'big_bang',
        goLiveOn: '2016-03-06',
        customers: [scene.customer],
      }),
    ),
  'early-life-support': async (scene) =>
    made(
      scene.provider.create('early-life-support', {
        title: 'Walked',
        release: await made(Promise.resolve({ id: (await creations['release']?.(scene)) ?? '' })),
        team: 'The desk.',
        windowDays: 20,
      }),
    ),
  'outcome-measurement': async ({ cast, first }) =>
    made(cast.owner.create('outcome-measurements', measured(await first('outcome'), '2016-02-20'))),
  'work-standard': async (scene) =>
    made(
      scene.provider.create('work-standards', {
        title: 'Walked',
        appliesTo: 'problem',
        calendar: ukOffice,
        targets: [{ priority: 'P1', minutes: 960 }],
      }),
    ),
  agreement: async (scene) =>
    made(
      scene.provider.create('agreements', {
        title: 'Walked',
        service: await scene.first('service'),
        customer: scene.customer,
        customers: [scene.customer],
      }),
    ),
};
