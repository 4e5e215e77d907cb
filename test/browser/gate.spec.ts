import { expect, test } from '@playwright/test';

test('a gate that is not open says why, in words beside the buttons', async ({ page }) => {
  await page.goto('/gates/G1/BR-3');
  await expect(page.getByRole('alert')).toContainText('You cannot decide here now');
  const button = page.getByRole('group', { name: 'Outcomes' }).getByRole('button').first();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(/cannot decide/);
});

test('what the gate wants to see and nobody gave stands as missing, and can be attested', async ({ page }) => {
  await page.goto('/gates/G1/BR-3');
  const pieces = page.getByRole('group', { name: 'Pieces of evidence' });
  await expect(pieces.getByText('Missing').first()).toBeVisible();
  await pieces.getByRole('button', { name: 'Attest: Draft outcomes' }).click();
  await page.getByRole('textbox', { name: 'What you state' }).fill('Agreed in the board meeting.');
  await page.getByRole('dialog').getByRole('button', { name: 'Attest' }).click();
  await expect(page.getByText('Attested in your name.')).toBeVisible();
  await expect(pieces.getByRole('row', { name: /Attested Draft outcomes/ })).toBeVisible();
});
