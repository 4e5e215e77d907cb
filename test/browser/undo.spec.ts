// Taking back an edit, and a decision that is nothing before the server says so.
import { expect, test } from '@playwright/test';
import { ownRequirement } from './own.ts';

const source = 'Where it comes from';

test.describe('an edit', () => {
  test.use({ storageState: 'test-results/business owner.json' });

  for (const way of ['button', 'keys'] as const)
    test(`is taken back by ${way} within ten seconds, and the history shows both`, async ({ page }) => {
      const { ref } = await ownRequirement(page, `Benches: ${way}`);
      await page.goto(`/business-requirements/${ref}`);
      await page.getByRole('button', { name: `Edit ${source}` }).click();
      await page.getByRole('textbox', { name: source }).fill('A letter');
      await page.keyboard.press('Enter');
      await expect(page.getByText(`${source} saved.`)).toBeVisible();
      if (way === 'button') await page.getByRole('button', { name: 'Undo' }).click();
      else await page.keyboard.press('Control+z');
      await expect(page.getByText(`${source} is as it was before.`)).toBeVisible();
      await page.getByRole('tab', { name: 'History' }).click();
      await expect(page.getByRole('listitem').filter({ hasText: 'Edited' })).toHaveCount(2);
    });

  for (const [status, kind] of [
    [403, 'a right that is missing'],
    [409, 'a conflict'],
    [422, 'a value that is none'],
    [500, 'a fault of the server'],
  ] as const)
    test(`refused for ${kind} puts the field back, says why in words and keeps what was typed`, async ({ page }) => {
      const { ref } = await ownRequirement(page, `Benches: ${kind}`);
      await page.route('**/api/v1/business-requirements/*', (route) =>
        route.request().method() === 'PATCH'
          ? route.fulfill({
              status,
              contentType: 'application/problem+json',
              body: JSON.stringify({
                code: 'x',
                refusals: [{ code: 'x', sentence: `It cannot be: ${kind}.`, hint: 'Do this.' }],
              }),
            })
          : route.continue(),
      );
      await page.goto(`/business-requirements/${ref}`);
      await page.getByRole('button', { name: `Edit ${source}` }).click();
      await page.getByRole('textbox', { name: source }).fill('A letter');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toContainText(`It cannot be: ${kind}. Do this.`);
      await expect(page.getByText('You had typed: A letter')).toBeVisible();
      await page.getByRole('button', { name: 'Go on editing' }).click();
      await expect(page.getByRole('textbox', { name: source })).toHaveValue('A letter');
    });
});

test.describe('a decision', () => {
  test.use({ storageState: 'test-results/sponsor.json' });

  test('stands as sent, not as made, until the server confirms it', async ({ page }) => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/gates/G7/*/decisions', async (route) => {
      await held;
      await route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          code: 'decision.evidence',
          refusals: [
            { code: 'decision.evidence', sentence: 'The evidence was edited meanwhile.', hint: 'Read it again.' },
          ],
        }),
      });
    });
    await page.goto('/gates/G7/IMP-2');
    await page.getByRole('textbox', { name: 'Reason' }).fill('It pays for itself.');
    await page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'Fund' }).click();
    await expect(
      page.getByText('Sent: Fund. Not decided until the server confirms it', { exact: false }),
    ).toBeVisible();
    await expect(page.getByText(/^Recorded/)).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Decided', exact: true })).toHaveCount(0);
    answer();
    await expect(page.getByRole('alert').filter({ hasText: 'Not decided' })).toContainText(
      'The evidence was edited meanwhile. Read it again.',
    );
    await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('It pays for itself.');
  });
});
