// How the installation stands, as its administrator reads it, and as nobody else does.
import { expect, test } from '@playwright/test';
import { breaksNoRule, inScheme, needsNoSidewaysScrolling, schemes } from './accessible.ts';
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
    const toBeGiven = page.getByRole('list', { name: 'Roles to be given' });
    await expect(toBeGiven.getByRole('listitem').first()).toContainText(/· .+[GP]\d/);
    for (const scheme of schemes) {
      await inScheme(page, scheme);
      await breaksNoRule(page);
      if (process.env['PICTURES'])
        await page.screenshot({ path: `${process.env['PICTURES']}-${scheme}.png`, fullPage: true });
    }
    await needsNoSidewaysScrolling(page, 390);
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}-390.png`, fullPage: true });
  });
});

test('anybody else is told whom to ask', async ({ page }) => {
  await page.goto('/installation');
  await expect(page.getByText("How the installation stands is its administrators' to read.")).toBeVisible();
});
