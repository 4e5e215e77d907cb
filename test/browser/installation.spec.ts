// How the installation stands, as its administrator reads it, and as nobody else does.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { password, people } from './arrange.ts';

test.describe('an administrator', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('finds how each part stands, and when each job runs next', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(people.administrator.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: new RegExp(people.administrator.name) }).click();
    await page.getByRole('menuitem', { name: 'Installation' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Installation' })).toBeVisible();
    const jobs = page.getByRole('group', { name: 'Jobs' });
    await expect(jobs.getByRole('row', { name: /journal-checkpoint/ })).toContainText('each minute');
    await expect(page.getByText(/ of .* (GB|MB|TB)/)).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      if (process.env['PICTURES'])
        await page.screenshot({ path: `${process.env['PICTURES']}-${colorScheme}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 390, height: 800 });
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}-390.png`, fullPage: true });
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(sideways).toBeLessThanOrEqual(0);
  });
});

test('anybody else is told whom to ask', async ({ page }) => {
  await page.goto('/installation');
  await expect(page.getByText("How the installation stands is its administrators' to read.")).toBeVisible();
});
