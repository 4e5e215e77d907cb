// A service package as far as it goes without a screen: its requirement agreed by the business, its items drafted.
import type { Browser, Page } from '@playwright/test';
import { call, moveOwn, ownRequirement } from './own.ts';
import type { Own } from './own.ts';

interface Read {
  record: Own;
  checklist: { item: string; mandatory: boolean }[];
}

/** A page of somebody else of the example. */
export async function pageOf(browser: Browser, role: string): Promise<Page> {
  const context = await browser.newContext({ storageState: `test-results/${role}.json` });
  return context.newPage();
}

/** A requirement that the business owner agreed to at G1. */
async function agreedRequirement(browser: Browser, title: string): Promise<Own> {
  const owner = await pageOf(browser, 'business owner');
  const own = await ownRequirement(owner, title);
  const { id } = own;
  await call(owner, 'PATCH', `/business-requirements/${id}`, { expectedVersion: own.version, priority: 'could' });
  await call(owner, 'POST', '/outcomes', {
    title: `${title}: used`,
    statement: 'It is used every day.',
    requirement: id,
    measure: 'Uses a day',
    unit: 'uses',
    direction: 'higher',
    baseline: 0,
    target: 40,
    baselineFrom: '2015-01-01',
    baselineTo: '2015-08-31',
    attainBy: '2017-05-31',
    sustainPeriods: 3,
    period: 'month',
    source: 'The till',
    weight: 1,
  });
  await moveOwn(owner, own, 'analyse');
  for (const piece of ['Trigger, owner and priority', 'Draft outcomes', 'Affected business units'])
    await call(owner, 'POST', `/records/${id}/attestations`, { gate: 'G1', title: piece, statement: 'As written.' });
  const gate = await call<{ subject: Own; evidenceHash: string }>(owner, 'GET', `/gates/G1/${id}`);
  await call(owner, 'POST', `/gates/G1/${id}/decisions`, {
    outcome: 'approve',
    reason: 'It is wanted.',
    expectedVersion: gate.subject.version,
    evidenceHash: gate.evidenceHash,
  });
  await owner.context().close();
  return own;
}

/** A package of its own requirement, drafted by the page's person, not submitted. */
export async function draftedPackage(page: Page, browser: Browser, title: string, isFunded = true): Promise<Own> {
  const requirement = await agreedRequirement(browser, title);
  const { record } = await call<Read>(page, 'POST', '/service-packages', {
    title,
    requirement: requirement.id,
    oneOffCost: { minor: 100_000, currency: 'EUR' },
    runCostPerMonth: { minor: 20_000, currency: 'EUR' },
    offerValidUntil: '2016-12-31',
    ...(isFunded ? { funding: { minor: 120_000, currency: 'EUR' } } : {}),
  });
  return record;
}

/** The same with every mandatory item drafted, waiting at P1; without funding a policy of the example is not met. */
export async function submittedPackage(
  page: Page,
  browser: Browser,
  { title, isFunded }: { title: string; isFunded: boolean },
): Promise<Own> {
  const { id } = await draftedPackage(page, browser, title, isFunded);
  const path = `/service-packages/${id}`;
  const { checklist } = await call<Read>(page, 'GET', path);
  for (const { item } of checklist.filter(({ mandatory }) => mandatory)) {
    const { record } = await call<Read>(page, 'GET', path);
    await call(page, 'PATCH', `${path}/items/${item}`, {
      expectedVersion: record.version,
      statement: `${item}: as agreed.`,
    });
  }
  const { record } = await call<Read>(page, 'GET', path);
  await call(page, 'POST', `${path}/moves/submit`, { expectedVersion: record.version });
  return record;
}
