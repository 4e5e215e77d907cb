import { expect, test } from '@playwright/test';
import { password, people } from './arrange.ts';

test('a person signs in and comes back to where they wanted to go', async ({ page }) => {
  await page.goto('/business-requirements');
  await expect(page).toHaveURL(/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(people.owner.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Business requirements' })).toBeVisible();
  await page.context().storageState({ path: 'test-results/owner.json' });
});
