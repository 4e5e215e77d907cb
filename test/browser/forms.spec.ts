import { expect, test } from '@playwright/test';
import type { Locator } from '@playwright/test';

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
  await expect(page.getByLabel('Required by')).toBeFocused();
});

test('a refusal of the whole leaves the focus at what was pressed', async ({ page }) => {
  const refusal = { code: 'x', sentence: 'Not today.', hint: 'Try tomorrow.' };
  await page.route('**/api/v1/business-requirements', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'about:blank', title: 'x', status: 409, code: 'x', refusals: [refusal] }),
        })
      : route.continue(),
  );
  await page.goto('/business-requirements/new');
  await page.getByRole('textbox', { name: 'Title' }).fill('Tables inside');
  await page.getByRole('textbox', { name: 'The need, in the words of the business' }).fill('They ask for it.');
  await page.getByLabel('What brought it up').selectOption('market');
  const create = page.getByRole('button', { name: 'Create business requirement' });
  await create.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Not today. Try tomorrow.');
  await expect(create).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const)
  test(`where to type, what to tick and what has the focus is seen on the ${scheme} ground`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/business-requirements/new');
    const ratios = (locator: Locator, edge: 'borderTopColor' | 'outlineColor') =>
      locator.evaluateAll(
        (all, name) =>
          all.map((each) => {
            const luminance = (colour: string) => {
              const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
                const share = Number(part) / 255;
                return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
              });
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const [a, b] = [getComputedStyle(each)[name], getComputedStyle(document.body).backgroundColor].map(
              luminance,
            );
            return (Math.max(a ?? 0, b ?? 0) + 0.05) / (Math.min(a ?? 0, b ?? 0) + 0.05);
          }),
        edge,
      );
    const isSeen = (all: number[]) => all.length > 0 && all.every((each) => each >= 3); // WCAG 1.4.11
    const inputs = page.getByRole('main').locator('input:not([type="checkbox"]), textarea, select');
    await expect(inputs.first()).toBeFocused();
    expect(isSeen(await ratios(inputs, 'borderTopColor'))).toBe(true);
    await page.goto('/business-requirements');
    await expect(page.getByRole('checkbox').first()).toBeVisible();
    expect(isSeen(await ratios(page.getByRole('checkbox'), 'borderTopColor'))).toBe(true);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'State' }).focus();
    expect(isSeen(await ratios(page.getByRole('button', { name: 'State' }), 'outlineColor'))).toBe(true);
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
