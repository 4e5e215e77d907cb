// What shows only for a while must be as accessible as a page at rest.
import { expect, test } from '@playwright/test';
import { breaksNoRule } from './accessible.ts';
import { call, moveOwn, openFollowing, ownRequirement } from './own.ts';

test.describe('as the service desk', () => {
  test.use({ storageState: 'test-results/service desk.json' });

  test('the menu of further moves', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/incidents/INC-2064');
    await page.getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await breaksNoRule(page, 'menu');
  });

  test('a move with what is said with it', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/incidents/INC-2064');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByRole('button', { name: 'Say something with it' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Public note' }).fill('It works again.');
    await breaksNoRule(page, 'said');
  });

  test('a list on its way has the lines of its rows, apart from each other', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/v1/incidents?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/incidents');
    const rows = page.getByRole('status', { name: 'Loading rows' }).locator('> div');
    await expect(rows.first()).toBeVisible();
    const heights = await rows.first().evaluate((row) => [row, ...row.children].map((each) => each.clientHeight));
    for (const line of heights.slice(1)) expect(line).toBeLessThan((heights[0] ?? 0) / 2);
    await breaksNoRule(page, 'loading');
    answer();
    await expect(page.getByRole('row').nth(1)).toBeVisible();
  });

  test('a number that is not there leads to the list, and is not asked for again', async ({ page }) => {
    await page.goto('/incidents/INC-999999');
    await expect(page.getByRole('alert')).toContainText('There is no incident INC-999999 that you can see.');
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    await page.getByRole('button', { name: 'All incidents' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Incidents/);
  });
});

test.describe('as the business owner', () => {
  test.use({ storageState: 'test-results/business owner.json' });

  test('the options of a picker', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/business-requirements/new');
    await page.getByRole('combobox', { name: 'Owner' }).focus();
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    await breaksNoRule(page, 'picker');
  });

  test('an edit that is open, asked about, kept as a draft, and one that waits', async ({ page, browser, context }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const own = await ownRequirement(page, 'Fountains in the yard');
    await moveOwn(page, own, 'analyse');
    const path = `/business-requirements/${own.ref}`;
    await openFollowing(page, path);
    await page.getByRole('button', { name: 'Edit Where it comes from' }).click();
    const input = page.getByRole('textbox', { name: 'Where it comes from' });
    await input.fill('Mine');
    const { record } = await call<{ record: { version: number } }>(page, 'GET', path);
    const others = await browser.newContext({ storageState: 'test-results/sponsor.json' });
    const triggerSource = 'Theirs';
    await call(await others.newPage(), 'PATCH', path, { expectedVersion: record.version, triggerSource });
    await others.close();
    await expect(page.getByText('Meanwhile altered')).toBeVisible();
    await breaksNoRule(page, 'open');
    await input.press('Enter');
    await expect(page.getByRole('group', { name: /^Two edits/ })).toBeVisible();
    await breaksNoRule(page, 'asked');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await input.press('Escape');
    await expect(page.getByText('A draft of yours, not saved')).toBeVisible();
    await breaksNoRule(page, 'draft');
    await page.getByRole('button', { name: 'Edit Services affected' }).click();
    await expect(page.getByRole('textbox', { name: 'Services affected' })).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('textbox', { name: 'Services affected' }).fill('Delivery');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('1 edit waits')).toBeVisible();
    await breaksNoRule(page, 'waits');
    await context.setOffline(false);
    await expect(page.getByText('Services affected saved.')).toBeVisible();
  });
});
