// Brings a value thread up to a point through the API, one named person of each role.
import type { TestApplication } from './application.ts';
import type { Body, Client } from './client.ts';

export interface Cast {
  customer: string;
  owner: Client;
  sponsor: Client;
  representative: Client;
  portfolio: Client;
  relations: Client;
  designer: Client;
  authority: Client;
}

/** The people of a thread of one customer. */
export async function castOf(app: TestApplication, title = 'Marlowe Grocers'): Promise<Cast> {
  const customer = await app.customer(title);
  return {
    customer,
    owner: await app.person('Bea Owner', ['BOW'], { customer }),
    sponsor: await app.person('Sam Sponsor', ['BEX'], { customer, limit: { minor: 100_000_000, currency: 'GBP' } }),
    representative: await app.person('Cus Representative', ['CUS'], { customer }),
    portfolio: await app.person('Pat Portfolio', ['SPM']),
    relations: await app.person('Rel Manager', ['BRM']),
    designer: await app.person('Des Designer', ['SDM']),
    authority: await app.person('Dan Authority', ['DAU']),
  };
}

export interface Requirement {
  id: string;
  outcome: string;
}

/** What an outcome says that can be promised: from where to where, how it is measured, by when. */
export const measurable = {
  title: 'Missed collections',
  statement: 'Missed collections fall.',
  measure: 'missed / booked',
  unit: '%',
  direction: 'lower',
  baseline: 8,
  target: 4,
  attainBy: '2026-12-31',
  sustainPeriods: 2,
  period: 'month',
  source: 'Order system',
  weight: 1,
} as const;

/** A requirement of the light profile with one measurable outcome, agreed at G1. */
export async function agreedRequirement(
  { owner, customer }: Cast,
  more: object = {},
  links: readonly object[] = [],
): Promise<Requirement> {
  const need = { statement: 'Customers collect within two hours.', trigger: 'business_strategy', priority: 'must' };
  const { id } = await owner.create('business-requirements', {
    title: 'Two-hour slots',
    ...need,
    profile: 'light',
    customers: [customer],
    links,
  });
  const outcome = await owner.create('outcomes', {
    ...measurable,
    requirement: id,
    ...more,
  });
  await owner.move('business-requirements', id, 'analyse');
  await owner.decide('G1', id);
  return { id, outcome: outcome.id };
}

export const lightItems = ['SP-01', 'SP-03', 'SP-05', 'SP-11', 'SP-16', 'SP-18', 'SP-23'];
/** What was agreed of an outcome becomes another, as the business decides at G11. */
export async function amendedOutcome({ owner }: Pick<Cast, 'owner'>, outcome: string, values: object): Promise<string> {
  const given = { title: 'Amend', outcome, kind: 'amend', why: 'The market moved.', ...values };
  const { id } = await owner.create('outcome-amendments', given);
  await owner.decide('G11', id);
  return id;
}

const pounds = (amount: number) => ({ minor: amount * 100, currency: 'GBP' });

/** A drafted package of the requirement, its mandatory items filled. */
export async function draftedPackage({ relations }: Cast, requirement: Requirement, more: object = {}): Promise<Body> {
  const pack = await relations.create('service-packages', {
    title: 'Slot promise',
    requirement: requirement.id,
    oneOffCost: pounds(5000),
    runCostPerMonth: pounds(200),
    funding: pounds(6000),
    plannedBenefitPerMonth: pounds(3650),
    offerValidUntil: '2026-12-31',
    ...more,
  });
  for (const item of lightItems) await relations.item('service-packages', pack.id, item, { statement: 'Said.' });
  return pack;
}

/** A package agreed, funded and chartered, with its design lead named. */
export async function charteredPackage(cast: Cast, requirement: Requirement, more: object = {}): Promise<Body> {
  const { portfolio, sponsor, designer } = cast;
  const pack = await draftedPackage(cast, requirement, more);
  await portfolio.move('service-packages', pack.id, 'submit');
  await portfolio.decide('P1', pack.id);
  await sponsor.decide('G2', pack.id);
  await portfolio.move('service-packages', pack.id, 'name-lead', { designLead: designer.id });
  await portfolio.decide('P2', pack.id);
  return (await portfolio.get(`/service-packages/${pack.id}`)).body.record;
}
