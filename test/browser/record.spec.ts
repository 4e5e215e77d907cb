import { expect, test } from '@playwright/test';

const conflict = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: 'record.version',
  currentVersion: 9,
  refusals: [
    { code: 'record.version', sentence: 'Somebody edited it a moment ago.', hint: 'Look at what stands now.' },
  ],
};

test('an edit shows at once, is saved, and can be undone', async ({ page }) => {
  await page.goto('/business-requirements/BR-1');
  await page.getByRole('button', { name: 'Edit Where it comes from' }).click();
  await page.getByRole('textbox', { name: 'Where it comes from' }).fill('Meeting of 3 June');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Where it comes from saved.')).toBeVisible();
  await expect(page.getByText('Meeting of 3 June')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit Where it comes from' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Where it comes from is as it was before.')).toBeVisible();
  await expect(page.getByText('Meeting of 3 June')).toHaveCount(0);
});

test('a refused edit puts the field back, says why, and keeps what was typed', async ({ page }) => {
  await page.route('**/api/v1/business-requirements/*', (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(conflict) })
      : route.continue(),
  );
  await page.goto('/business-requirements/BR-2');
  await page.getByRole('button', { name: 'Edit Where it comes from' }).click();
  await page.getByRole('textbox', { name: 'Where it comes from' }).fill('A letter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Somebody edited it a moment ago.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on editing' }).click();
  await expect(page.getByRole('textbox', { name: 'Where it comes from' })).toHaveValue('A letter');
});

test('a form says what it lacks, and what was typed survives going away', async ({ page }) => {
  await page.goto('/business-requirements/new');
  await page.getByRole('textbox', { name: 'Title' }).fill('Returns without a receipt');
  await page.getByRole('button', { name: 'Create business requirement' }).click();
  await expect(page.getByText(/is needed\.$/).first()).toBeVisible();
  await page.goto('/loop');
  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Returns without a receipt');
});

test('what cannot be done now stands with its reason', async ({ page }) => {
  await page.goto('/business-requirements/BR-3');
  await page.getByRole('button', { name: /not now$/ }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
});

test('a server that is gone shows in a banner, and goes when it is back', async ({ page, context }) => {
  await page.goto('/business-requirements/BR-3');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('The server cannot be reached.', { exact: false }).first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('You can go on reading', { exact: false })).toHaveCount(0, { timeout: 15_000 });
});
