import { expect, test } from '@playwright/test';

test('a picker offers at once, and tells two of one name apart by what stands beside it', async ({ page }) => {
  const refused: string[] = [];
  page.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
  await page.goto('/business-requirements/new');
  await page.getByRole('combobox', { name: 'Owner' }).focus();
  const option = page.getByRole('option', { name: /Ben Okafor/ });
  await expect(option).toContainText('Marlowe Stores');
  await option.click();
  await expect(page.getByRole('combobox', { name: 'Owner' })).toHaveValue('Ben Okafor');
  expect(refused).toEqual([]);
});

test('a refused field says what to do next as well as what is wrong', async ({ page }) => {
  const refusal = { code: 'x', sentence: 'That is in the past.', hint: 'Give a later day.', field: 'requiredBy' };
  await page.route('**/api/v1/business-requirements', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: 'x', status: 422, code: 'x', refusals: [refusal] }),
        })
      : route.continue(),
  );
  await page.goto('/business-requirements/new');
  await page.getByRole('textbox', { name: 'Title' }).fill('Tables outside');
  await page.getByRole('textbox', { name: 'The need, in the words of the business' }).fill('They ask for it.');
  await page.getByLabel('What brought it up').selectOption('market');
  await page.getByRole('button', { name: 'Create business requirement' }).click();
  await expect(page.getByText('That is in the past. Give a later day.')).toBeVisible();
});

for (const [locale, twoWays, hint] of [
  ['de-DE', '1.250', 'Thousands or a fraction? Write 1250, or 1,25.'],
  ['en-GB', '1,250', 'Thousands or a fraction? Write 1250, or 1.25.'],
] as const)
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('a number stays as it was typed, and what can be meant both ways is asked back', async ({ page }) => {
      await page.goto('/outcomes/new');
      const baseline = page.getByRole('textbox', { name: /^Baseline/ }).first();
      for (const typed of ['3,5', '3.5', '-12,5', '-0.5', '-0,5', '1.234,56']) {
        await baseline.fill('');
        await baseline.pressSequentially(typed);
        await expect(baseline).toHaveValue(typed);
        await expect(baseline).not.toHaveAttribute('aria-invalid', 'true');
      }
      await baseline.fill(twoWays);
      await expect(page.getByText(hint)).toBeVisible();
      await page.getByRole('button', { name: 'Create outcome' }).click();
      await expect(baseline).toBeFocused();
      await page.reload();
      await expect(baseline).toHaveValue(twoWays);
    });
  });

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('a wrong password is said in words', async ({ page }) => {
    // As the sign-in answers; a real one would count against the few that an address may make in a minute.
    await page.route('**/auth/sign-in/email', (route) =>
      route.fulfill({ status: 401, json: { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' } }),
    );
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('ben@example.org');
    await page.getByLabel('Password', { exact: true }).fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('E-mail or password is not right.');
  });
});
