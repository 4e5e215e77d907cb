// What each rule of a move asks for beyond the state that the move starts in, arranged: by record type and rule, or by operation.
import { ukOffice } from '../../../core/clock/example-calendars.ts';
import type { Planted } from '../planted.ts';
import {
  later,
  businessOf,
  set,
  saidInAll,
  neverHandedOver,
  measurable,
  covers,
  contains,
  assembled,
  changed,
  fixed,
  windowAlone,
  withImprovement,
  manifest,
  noIncidents,
  measuredBy,
  namedFix,
  sourced,
} from './arranging.ts';
import type { By, Arrange } from './arranging.ts';
import type { Ground } from './ground.ts';

/** By type and rule. */
export const ofRules: Readonly<Record<string, Arrange>> = {
  'business-requirement owner-is-business': (ground, record) => ground.owner(record, businessOf(ground, record)),
  'business-requirement has-measurable-outcome': measurable,
  'business-requirement outcomes-attained': measurable,
  'business-requirement no-agreed-package': (ground, record) => ground.unlinked('packagedIn', { from: record }),
  'business-requirement newer-is-agreed': async (ground, record) => {
    const newer = ground.another(record);
    await ground.state(newer, 'agreed');
    await ground.link('motivates', record, newer);
  },
  'improvement decided-by-whom-it-touches': set({ outcome: null }),
  'outcome-amendment outcome-agreed': (ground, record) => ground.state(ground.beside(record, 'outcome'), 'agreed'),
  'outcome-amendment alters-something': set({
    differences: [{ field: 'Target', was: '2', becomes: '1' }],
  }),
  'criterion-waiver criterion-open': async (ground, record) => {
    const release = ground.beside(record, 'release');
    const criteria = [{ criterion: 'SAC-1', statement: 'It is quick.', state: 'unmet' }];
    await ground.set(release, { criteria });
    await ground.set(record, { subject: release.id, criterion: 'SAC-1', statement: 'It is quick.' });
  },
  'criterion-waiver ends-later': set({ validUntil: '2026-12-31' }),
  'criterion-waiver term-over': set({ validUntil: '2020-01-01' }),
  'service-package requirements-agreed': covers,
  'service-package outcomes-measurable': covers,
  'service-package checklist-complete': saidInAll,
  'service-package funding-agreed': (ground, record) => ground.approved('G2', record, 'B'),
  'service-package nothing-handed-over': neverHandedOver('handover.service_package'),
  'service-package cost-estimated': set({
    oneOffCost: { minor: 100, currency: 'GBP' },
    runCostPerMonth: { minor: 100, currency: 'GBP' },
    funding: { minor: 100, currency: 'GBP' },
    offerValidUntil: '2026-12-31',
  }),
  'policy date-reached': set({ effectiveFrom: '2026-01-01' }),
  'policy-waiver policy-waivable': async (ground, record) => {
    await ground.sql(
      `update strategy.policy
       set effect = 'waivable'
       where id = (select policy from strategy.policy_waiver where id = $1)`,
      [record.id],
    );
  },
  'design-package items-drafted': saidInAll,
  'design-package authorised-by-change': changed,
  'design-package nothing-handed-over': neverHandedOver('handover.service_design_package'),
  'design-package package-chartered': ({ sql }, { id }) =>
    sql(
      `update handover.package_summary
       set state = 'chartered'
       where package_id = (select package from design.design_package where id = $1)`,
      [id],
    ),
  'design-package package-handed-over': ({ sql }, { id }) =>
    sql(
      `update handover.service_package
       set state = 'accepted'
       where subject = (select package from design.design_package where id = $1)`,
      [id],
    ),
  'component is-made': sourced('made'),
  'component is-bought': sourced('bought'),
  'component is-used-again': sourced('reuse'),
  'component has-hash': set({ artefactHash: 'a1b2' }),
  'change at-business-level': set({ touchesAgreement: true, impact: 1, likelihood: 1 }),
  'change at-board-level': set({ touchesAgreement: false, outageInServiceHours: false, impact: 3, likelihood: 3 }),
  'change authority-for-build': set({ touchesAgreement: false, outageInServiceHours: false, impact: 1, likelihood: 1 }),
  'change authority-for-deployment': set({
    touchesAgreement: false,
    outageInServiceHours: false,
    impact: 1,
    likelihood: 1,
  }),
  'change says-why': set({ reason: 'It is so.' }),
  'change linked-up': withImprovement,
  'change window-ahead': windowAlone,
  'change in-window': windowAlone,
  'change authorisation-stands': (ground, record) => ground.approved('P9', record, 'P'),
  'change releases-accepted': (ground, record) => ground.unlinked('authorisedBy', { to: record }),
  'change releases-landed': (ground, record) => ground.unlinked('authorisedBy', { to: record }),
  'change not-backed-out': set({ backedOut: false }),
  'change backed-out': set({ backedOut: true }),
  'change failure-followed-up': withImprovement,
  'freeze own-side': (ground, record, by) => ground.set(record, { declaredBySide: by.side }),
  'release has-components': contains,
  'release components-baselined': contains,
  'release changes-authorised': changed,
  'release designs-handed-over': (ground, record) => ground.unlinked('builds', { to: record }),
  'release manifest-intact': assembled,
  'release checked-in': (ground, record) => ground.approved('P5', record, 'P'),
  'release acceptance-stands': (ground, record) => ground.approved('G4', record, 'B'),
  'release change-implementing': changed,
  'release can-return': set({ noReturnAt: null }),
  'release support-ended': (ground, record) => ground.unlinked('supportedIn', { from: record }),
  'release changes-ended': (ground, record) => ground.unlinked('authorisedBy', { from: record }),
  'release nothing-handed-over': neverHandedOver('handover.service_release'),
  'early-life-support window-over': set({ windowFrom: '2026-01-05T09:00:00.000Z', windowDays: 20 }),
  'early-life-support criteria-met': set({
    criteria: [{ criterion: 'EL-01', statement: 'Calls are taken.', state: 'met', basis: 'people', value: '12' }],
  }),
  'problem fix-raised': fixed,
  'problem fix-implemented': fixed,
  'problem customers-named': noIncidents,
  'known-error fix-authorised': namedFix,
  'known-error fixed': namedFix,
  'known-error watch-over': namedFix,
  'agreement targets-set': set({
    targets: [{ priority: 'P1', responseMinutes: 15, restoreMinutes: 240 }],
    calendar: ukOffice,
  }),
  'agreement signed-by-both': (ground, record) =>
    ground.set(record, { signedByCustomer: businessOf(ground, record), signedByProvider: ground.desk }),
  'agreement begins': set({ effectiveFrom: later }),
  'agreement unamended': async (ground, record) => ground.set(record, { hashInForce: await ground.hash(record) }),
  'work-standard targets-set': set({ targets: [{ priority: 'P1', minutes: 960 }], calendar: ukOffice }),
  'outcome-measurement by-the-owner': ({ sql }, { id }, by) =>
    sql(
      `update core.record
       set owner_id = $2
       where id = (select outcome from improvement.outcome_measurement where id = $1)`,
      [id, by.id],
    ),
  'improvement measurable-target': set({
    metric: 'Time to detect',
    unit: 'min',
    baselineValue: 22,
    targetValue: 5,
    targetStage: 'strategy',
    outcome: null,
    benefit: 'Fewer missed calls.',
    oneOffCost: { minor: 500, currency: 'GBP' },
    risk: 'False alarms.',
    verificationPlan: 'Rank test.',
    washoutDays: 0,
    afterDays: 6,
    beforeSeries: [18, 31, 15, 24].map((value, index) => ({ at: `2026-02-${10 + index}`, value })),
  }),
  'improvement target-named': set({ targetStage: 'strategy' }),
  'improvement implemented-since': set({ baselineFrozen: null }),
  'improvement washed-out': set({ implementedOn: '2026-02-01', washoutDays: 0 }),
  'improvement review-date-reached': set({ reviewAt: '2026-02-01' }),
  'service-package-hand-over manifest-complete': manifest({
    package: 'service-package',
    requirement: 'business-requirement',
    outcome: 'outcome',
  }),
  'service-design-package-hand-over manifest-complete': manifest({ design: 'design-package', component: 'component' }),
  'service-release-hand-over manifest-complete': manifest({
    release: 'release',
    component: 'component',
    change: 'change',
  }),
  'service-performance manifest-complete': manifest({ service: 'service' }),
  'requirement-back manifest-complete': manifest({ improvement: 'improvement' }),
};

/** By operation, where more is asked than its rules say. */
export const ofOperations: Readonly<Record<string, Arrange>> = {
  'incident.reprioritise': set({ impact: '3', urgency: 'low' }),
  'person.invite': (ground, record) => ground.state(record, 'active'),
  // What was planted names no role that there is: a right that counted would alter what its person sees.
  'role-grant.revoke': (ground, record) =>
    ground.set(
      record,
      record.audience === 'own' || record.audience === 'foreign'
        ? { role: 'UATB' }
        : { role: 'KNM', customer: null, validFrom: null, validTo: '2026-12-31T09:00:00.000Z' },
    ),
  'outcome.measure-csv': measuredBy,
  'incident.use-workaround': async (ground, record) => {
    const known = ground.beside(record, 'known-error');
    await ground.state(known, 'active');
    await ground.set(known, { workaround: 'Switch it off and on.' });
    await ground.state(record, 'in_progress');
  },
  'design-package.baseline': neverHandedOver('handover.service_design_package'),
  'improvement.route': neverHandedOver('handover.requirement_back'),
  'incident.log-again': (ground, record) => ground.state(record, 'assigned'),
};

/** What something new names, brought into the state in which it may be named; of each type the first that its maker sees. */
export const ofCreations: Readonly<
  Record<string, (ground: Ground, first: (type: string) => Planted | undefined, by: By) => Promise<unknown>>
> = {
  'outcome-measurement.create': async (ground, first, by) => {
    const outcome = first('outcome');
    if (outcome) await measuredBy(ground, outcome, by);
  },
  'service-package.create': async (ground, first) => {
    const requirement = first('business-requirement');
    if (requirement) await ground.state(requirement, 'agreed');
  },
  'design-package.create': async (ground, first) => {
    const pack = first('service-package');
    if (!pack) return;
    await ground.state(pack, 'chartered');
    await ground.sql(`update handover.package_summary set state = 'chartered' where package_id = $1`, [pack.id]);
    await ground.sql(`update handover.service_package set state = 'accepted' where subject = $1`, [pack.id]);
  },
};
