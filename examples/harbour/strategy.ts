// Strategy and Design of the example: from the sentence the business wrote to the accepted design.
import { designChecklist } from '../../design/design-package/index.ts';
import type { Scene } from './cast.ts';
import { attestFor } from './evidence.ts';
import { lookup } from '../../core/names/lookup.ts';

export const euros = (amount: number) => ({ minor: amount * 100, currency: 'EUR' });

export interface Agreed {
  requirement: string;
  outcomes: { restore: string; handovers: string };
  package: string;
  service: string;
  serviceVersion: string;
}

/** The requirement is agreed (G1), packaged, checked (P1), funded (G2) and chartered (P2). */
export async function agree({ cast, at, customerId }: Scene): Promise<Agreed> {
  const { owner, sponsor, relations, portfolio, designer } = cast;
  const { id: requirement } = await owner.create('business-requirements', {
    title: 'One place to turn to when work stops',
    statement: `When something we work with fails, we want to turn to one place, be back at work within the day,
         and not be passed
       from team to team.`,
    trigger: 'business_strategy',
    triggerSource: 'Board paper 2015/17',
    priority: 'must',
    requiredBy: '2016-03-01',
    profile: 'standard',
    customers: [customerId],
    businessUnits: [{ name: 'Stores' }, { name: 'Head office' }],
  });
  const outcomes = await expectOutcomes(owner, requirement);
  await owner.move('business-requirements', requirement, 'analyse');
  await at('2015-09-21T13:00:00.000Z');
  await attestFor({ cast }, 'G1', requirement);
  await owner.decide('G1', requirement, 'The need is real, and both outcomes can be measured.');

  await at('2015-09-28T12:00:00.000Z');
  const pack = await relations.create('service-packages', {
    title: 'Service desk with restoration targets',
    requirement,
    summary: 'One desk by phone and self-service, with restoration within the working day.',
    outOfScope: 'On-site repair of private devices.',
    oneOffCost: euros(180_000),
    runCostPerMonth: euros(42_000),
    funding: euros(200_000),
    costTolerance: 0.1,
    plannedBenefitPerMonth: euros(61_000),
    offerValidUntil: '2015-12-31',
    supportHours: 'Mon-Fri 08:00-20:00 America/Sao_Paulo',
    availabilityTarget: 99.5,
    restoreTargets: [
      { priority: 'P1', hours: 4 },
      { priority: 'P2', hours: 8 },
      { priority: 'P3', hours: 24 },
      { priority: 'P4', hours: 40 },
    ],
    criticality: 'high',
    requiredBy: '2016-03-01',
    reviewEveryMonths: 3,
  });
  for (const { item } of (await relations.get(`/service-packages/${pack.id}`)).checklist.filter(
    (each: { mandatory: boolean }) => each.mandatory,
  )) {
    await relations.item('service-packages', pack.id, item, {
      statement: packageSays[item] ?? 'As agreed in the workshops of September 2015; minutes in the project file.',
    });
  }
  await portfolio.move('service-packages', pack.id, 'submit');
  await at('2015-10-05T12:00:00.000Z');
  await attestFor({ cast }, 'P1', pack.id);
  await portfolio.decide('P1', pack.id, 'It conforms to our policies, and we can deliver it.');
  await at('2015-10-19T13:00:00.000Z');
  await attestFor({ cast }, 'G2', pack.id);
  await sponsor.decide('G2', pack.id, 'The benefit exceeds the run cost; the funding is released.');
  await at('2015-10-26T12:00:00.000Z');
  await portfolio.move('service-packages', pack.id, 'name-lead', {
    designLead: designer.id,
    resourcePlan: 'Design team of four until December.',
  });
  await attestFor({ cast }, 'P2', pack.id);
  await portfolio.decide('P2', pack.id, 'The team is free from November.');
  const { fields } = (await portfolio.get(`/service-packages/${pack.id}`)).record;
  return { requirement, outcomes, package: pack.id, service: fields.service, serviceVersion: fields.serviceVersion };
}

const packageSays: Readonly<Record<string, string>> = lookup({
  'SP-01': 'Covers the requirement "One place to turn to when work stops"; excludes on-site repair of private devices.',
  'SP-03':
    'Two outcomes: hours to restoration, and hand-overs per incident; measured from the record of every incident.',
  'SP-11':
    'Phone and self-service, weekdays 08:00 to 20:00; restoration within 4, 8, 24 and 40 open hours by priority.',
  'SP-16': 'EUR 180,000 once and EUR 42,000 a month; funded by the transformation budget; tolerance a tenth.',
  'SP-18':
    'Knowledge sits in six teams: incidents may be passed on. Owner: service owner. The business accepts it for the first quarter.',
});

async function expectOutcomes(owner: Scene['cast']['owner'], requirement: string): Promise<Agreed['outcomes']> {
  const common = {
    requirement,
    direction: 'lower',
    baselineFrom: '2015-01-01',
    baselineTo: '2015-08-31',
    attainBy: '2016-05-31',
    sustainPeriods: 3,
    period: 'month',
    source: 'Record of every incident',
  };
  const restore = await owner.create('outcomes', {
    ...common,
    title: 'People are back at work within the day',
    statement: 'Half of those whose work stopped are working again within the target.',
    measure: 'Median open hours from call to restoration, of incidents restored in the month',
    unit: 'h',
    baseline: 24,
    target: 8,
    weight: 0.6,
  });
  const handovers = await owner.create('outcomes', {
    ...common,
    title: 'Nobody is passed from team to team',
    statement: 'Incidents are settled by those who take them.',
    measure: 'Hand-overs between teams per incident restored in the month',
    unit: 'hand-overs',
    baseline: 2,
    target: 0.5,
    weight: 0.4,
  });
  return { restore: restore.id, handovers: handovers.id };
}

export interface Designed {
  designPackage: string;
  components: string[];
}

/** The design is drafted item by item, completed (P3), refused once by the business, answered, and accepted (G3). */
export async function design({ cast, at, customerId }: Scene, agreed: Agreed): Promise<Designed> {
  const { owner, designer, authority } = cast;
  await at('2015-11-02T12:00:00.000Z');
  const refs = await Promise.all(
    Object.values(agreed.outcomes).map(async (id) => (await owner.get(`/outcomes/${id}`)).record.ref as string),
  );
  const { id } = await designer.create('design-packages', {
    title: 'Service desk, first version',
    package: agreed.package,
    kind: 'new',
    solution: 'One desk in front of six second-line teams; each incident has one owner from call to restoration.',
    options: [
      { option: 'Each team its own desk', assessment: 'No new cost; the hand-overs stay.' },
      { option: 'One desk in front', assessment: 'One place to turn to; needs routing knowledge.' },
    ],
    oneOffCost: euros(186_000),
    runCostPerMonth: euros(42_000),
    predictedAvailability: 99.6,
    instruments: refs.map((outcome) => ({
      outcome,
      instrument: 'Computed each month from the record of every incident',
    })),
  });
  await designer.move('design-packages', id, 'start');
  const mandatory: { item: string }[] = (await designer.get(`/design-packages/${id}`)).checklist.filter(
    (each: { mandatory: boolean }) => each.mandatory,
  );
  for (const { item } of mandatory)
    await designer.item('design-packages', id, item, {
      statement: designSays[item] ?? 'Worked out with those who will use it; the document is in the design file.',
    });
  const components = [
    await component(cast, id, customerId, 'Desk software', 'bought', 'Deskwright 4.2'),
    await component(cast, id, customerId, 'Routing rules', 'made', 'routing 1.0'),
  ];
  await at('2015-12-01T12:00:00.000Z');
  await designer.move('design-packages', id, 'request-review');
  for (const { item } of mandatory) await accept({ cast }, id, item);
  await at('2015-12-07T12:00:00.000Z');
  await attestFor({ cast }, 'P3', id);
  await authority.decide('P3', id, 'Complete, operable, and within the tolerance of cost.');
  await at('2015-12-11T12:00:00.000Z');
  await attestFor({ cast }, 'G3', id);
  await owner.decide('G3', id, 'Who owns an incident after the second team?', {
    outcome: 'reject',
    variant: 'reject-design',
    findings: [
      { itemRef: 'SDP-27', severity: 'must', text: 'It does not say who owns an incident once two teams have had it.' },
    ],
  });
  await at('2015-12-16T12:00:00.000Z');
  await designer.move('design-packages', id, 'revise', { reason: 'To answer who owns an incident.' });
  await designer.edit('design-packages', id, {
    answers: [
      { itemRef: 'SDP-27', answer: 'The desk keeps ownership; from the third team on the incident manager leads.' },
    ],
  });
  await designer.item('design-packages', id, 'SDP-27', {
    statement: `${designSays['SDP-27']} The desk keeps ownership; from the third team on the incident manager leads.`,
  });
  await designer.move('design-packages', id, 'request-review');
  await accept({ cast }, id, 'SDP-27');
  await attestFor({ cast }, 'P3', id);
  await authority.decide('P3', id, 'The answer holds.');
  await at('2015-12-18T12:00:00.000Z');
  await attestFor({ cast }, 'G3', id);
  await owner.decide('G3', id, 'This is the desk we want.');
  return { designPackage: id, components };
}

const designSays: Readonly<Record<string, string>> = lookup({
  'SDP-07': 'Desk software (bought), routing rules (made), six second-line teams.',
  'SDP-27':
    'One desk, six second-line teams, escalation by priority; knowledge articles for the twenty most frequent calls.',
  'SDP-29':
    'Twelve cells from the record of every incident and from the gates; cost cells stay empty until finance delivers.',
  'SDP-38': 'Median restoration 8 open hours; half a hand-over per incident; 300 incidents a day at the peak.',
});

/** A person of the stage that consumes the item accepts it. */
async function accept({ cast }: Pick<Scene, 'cast'>, id: string, item: string): Promise<void> {
  const consumer = designChecklist.items.find((each) => each.id === item)?.consumers[0];
  const by =
    { T: cast.transition, O: cast.operations, I: cast.improvement, R: cast.transition, B: cast.owner }[
      consumer ?? 'T'
    ] ?? cast.transition;
  await by.item('design-packages', id, item, { accept: true });
}

type Cast = Scene['cast'];

async function component(
  cast: Cast,
  designPackage: string,
  customerId: string,
  title: string,
  sourcing: 'made' | 'bought',
  version: string,
): Promise<string> {
  const { designer, authority, builder, supplier } = cast;
  const { id } = await designer.create('components', { title, designPackage, customers: [customerId] });
  const options = [
    { option: 'Make', assessment: 'Six months.' },
    { option: 'Buy', assessment: version },
    { option: 'Do nothing', assessment: 'The hand-overs stay.' },
  ];
  await authority.move('components', id, 'decide-sourcing', {
    sourcing,
    options,
    rationale:
      sourcing === 'bought' ? 'Cheaper than building, and exit is agreed.' : 'Nobody sells our routing knowledge.',
  });
  if (sourcing === 'made') await builder.move('components', id, 'develop', { repository: 'routing-rules' });
  else await supplier.move('components', id, 'procure', { supplier: 'Deskwright', contract: 'UC-7' });
  return id;
}
