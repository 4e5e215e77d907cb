// What lies behind an incident, at the desk's hands.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { call } from './own.ts';

test.use({ storageState: 'test-results/service desk.json' });

interface Case {
  record: { id: string; ref: string };
}

/** The example's own: other tests make services, too. */
const serviceOf = async (page: Page) => (await call<Case>(page, 'GET', '/services/SVC-1')).record.id;

test('a known error is offered on an incident that looks like it, and how its workaround fared is said with one press', async ({
  page,
}) => {
  const { record } = await call<Case>(page, 'POST', '/incidents', {
    title: 'Terminals decline cards at the pier',
    service: await serviceOf(page),
  });
  await page.goto(`/incidents/${record.ref}`);
  const panel = page.getByRole('region', { name: 'Known errors and problems' });
  await expect(panel.getByRole('link', { name: 'Payment gateway declines with an old certificate' })).toBeVisible();
  await expect(panel.getByText('2. Restart the gateway.')).toBeVisible();
  await panel.getByRole('button', { name: 'It worked' }).click();
  await expect(panel.getByText('it worked here')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'It worked' })).toHaveCount(0);
  await expect(page.getByText('worked around by', { exact: false }).first()).toBeVisible();
});

test('a problem shows its incidents and its known error, and leads to those like them', async ({ page }) => {
  await page.goto('/problems/PRB-1');
  const incidents = page.getByRole('region', { name: 'Incidents' });
  await expect(incidents.getByRole('link', { name: /^Card terminals/ })).toBeVisible();
  const known = page.getByRole('region', { name: 'Known error' });
  await expect(known.getByText('2. Restart the gateway.')).toBeVisible();
  await incidents.getByRole('link', { name: 'All incidents like these' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Incidents/ })).toBeVisible();
});

test.describe('the problem manager', () => {
  test.use({ storageState: 'test-results/problem manager.json' });

  test('brings a problem from its log to its cause on its own page', async ({ page }) => {
    const service = await serviceOf(page);
    const { record } = await call<Case>(page, 'POST', '/problems', { title: 'Gates stay shut', service });
    await page.goto(`/problems/${record.ref}`);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      return page.getByRole('dialog');
    };
    const log = await press('Log');
    await log.getByLabel('Detected by').selectOption('supplier');
    await log.getByLabel('Which').fill('Notice 7');
    await log.getByRole('button', { name: 'Log' }).click();
    const judge = await press('Prioritise');
    await judge.getByLabel('How often').selectOption('often');
    await judge.getByLabel('Impact each time').selectOption('2');
    await judge.getByLabel('Cost each time').selectOption('low');
    await judge.getByRole('button', { name: 'Prioritise' }).click();
    await expect(page.getByText('P2', { exact: true }).first()).toBeVisible();
    const start = await press('Start the investigation');
    await start.getByLabel('Investigated by').fill('Pia');
    await page.getByRole('option', { name: /Pia Holm/ }).click();
    await start.getByRole('button', { name: 'Start the investigation' }).click();
    const cause = await press('Cause established');
    await cause.getByLabel('Method of the analysis').selectOption('timeline');
    await cause.getByRole('group', { name: 'Causes' }).getByRole('button', { name: 'Add a row' }).click();
    await cause.getByLabel('Because').fill('The latch swells in the rain.');
    await cause.getByLabel('Shown by').fill('Photographs of 2 March');
    await cause.getByRole('group', { name: 'Contributing factors' }).getByRole('button', { name: 'Add a row' }).click();
    await cause.getByRole('textbox', { name: 'Factor' }).fill('Rain was not asked about.');
    await cause.getByLabel('Lies in').selectOption('design');
    await cause.getByLabel('Stage it comes from').selectOption('design');
    await cause.getByRole('button', { name: 'Cause established' }).click();
    await expect(page.getByText(`${record.ref} is now root cause known.`)).toBeVisible();
  });
});
