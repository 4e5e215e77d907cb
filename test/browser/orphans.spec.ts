// Where the thread of what is in use is broken stands on a page of its own, and red wherever that service is shown.
import { expect, test } from '@playwright/test';
import { looksWell } from './accessible.ts';

test.use({ storageState: 'test-results/service owner.json' });

test('a service is taken over as it runs, and stands red until the business has decided', async ({ page }) => {
  await page.goto('/services');
  await page.getByRole('button', { name: 'Take over a service as it runs' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Shadow desk');
  await page.getByRole('button', { name: 'Take over a service as it runs' }).click();
  await expect(page.getByText('no day is named by which the business decides')).toBeVisible();
  await looksWell(page, 'take-over-refused');
  const { provider } = await (await page.request.get('/api/v1/me')).json();
  const day = new Date(Date.parse(provider.now) + 30 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('To be decided by').fill(day);
  await page.getByRole('combobox', { name: 'Add a customer' }).click();
  await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().click();
  await page.getByRole('button', { name: 'Take over a service as it runs' }).click();

  const mark = page.getByRole('list', { name: 'Where its thread is broken' });
  await expect(mark).toContainText(`taken over as it runs; to be decided by ${day}`);
  await expect(page.getByRole('list', { name: 'Where the thread is broken' })).toContainText('Broken');
  await looksWell(page, 'taken-over');
  await page.goto('/services');
  const row = page.getByRole('row').filter({ hasText: 'Shadow desk' });
  await expect(row).toContainText('Not agreed yet');
  await looksWell(page, 'services');
  await page.goto('/orphans');
  await expect(page.getByRole('heading', { level: 1, name: 'Breaks in the thread' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Shadow desk' })).toContainText(day);
  await looksWell(page, 'orphans');
});
