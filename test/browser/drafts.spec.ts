// What was typed is never thrown away by leaving: it comes back, named as a draft.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { ownRequirement } from './own.ts';

test.use({ storageState: 'test-results/business owner.json' });

const source = 'Where it comes from';
const note = 'This is your draft from before, not sent yet.';

const withdrawing = async (page: Page) => {
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeVisible();
  return dialog;
};

const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'a click beside it': (page) => page.mouse.click(5, 5),
  Escape: (page) => page.keyboard.press('Escape'),
  'a reload': (page) => page.reload(),
  'going back and forth': async (page) => {
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Business requirements');
    await page.goForward();
  },
};

for (const [way, leave] of Object.entries(ways))
  test(`the text of a dialog survives ${way}`, async ({ page }) => {
    const own = await ownRequirement(page, `Parking: ${way}`);
    await page.goto('/business-requirements');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Business requirements');
    await page.goto(`/business-requirements/${own.ref}`);
    await (await withdrawing(page)).getByRole('textbox', { name: 'Reason' }).fill('Nobody asks any more.');
    await leave(page);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const dialog = await withdrawing(page);
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('Nobody asks any more.');
    await expect(dialog.getByText(note)).toBeVisible();
    await dialog.getByRole('button', { name: 'Discard the draft' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('');
  });

test('Cancel discards, with a way back', async ({ page }) => {
  const own = await ownRequirement(page, 'Parking: cancelled');
  await page.goto(`/business-requirements/${own.ref}`);
  const dialog = await withdrawing(page);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not wanted.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect((await withdrawing(page)).getByRole('textbox', { name: 'Reason' })).toHaveValue('Not wanted.');
});

test('an open edit survives Escape, navigation and a reload, and is named', async ({ page }) => {
  const own = await ownRequirement(page, 'Parking for bicycles');
  await page.goto('/business-requirements');
  await page.goto(`/business-requirements/${own.ref}`);
  const draft = page.getByText('A draft of yours, not saved: A long letter');
  await page.getByRole('button', { name: `Edit ${source}` }).click();
  await page.getByRole('textbox', { name: source }).fill('A long letter');
  await page.keyboard.press('Escape');
  await expect(draft).toBeVisible();
  await expect(page.getByRole('button', { name: `Edit ${source}` })).toBeFocused();
  await page.getByRole('button', { name: 'Go on editing' }).click();
  await expect(page.getByRole('textbox', { name: source })).toHaveValue('A long letter');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Business requirements');
  await page.goForward();
  await expect(draft).toBeVisible();
  await page.reload();
  await expect(draft).toBeVisible();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(draft).toHaveCount(0);
});

test('the draft of a new record says that it is one, and can be discarded', async ({ page }) => {
  await page.goto('/business-requirements/new');
  await page.getByRole('textbox', { name: 'Title' }).fill('Seats in the shade');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Seats in the shade');
  await expect(page.getByText(note)).toBeVisible();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('');
  await expect(page.getByText(note)).toHaveCount(0);
});

test('focus goes back to where it was after a dialog, and stays at the moves after a move', async ({ page }) => {
  const own = await ownRequirement(page, 'Parking for prams');
  await page.goto(`/business-requirements/${own.ref}`);
  await withdrawing(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Withdraw', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Start analysis' }).press('Enter');
  await expect(page.getByText(`${own.ref} is now analysing.`)).toBeVisible();
  await expect(page.getByRole('group', { name: `Moves of ${own.ref}` }).locator(':focus')).toHaveText('Decide at G1');
  const dialog = await withdrawing(page);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody asks.');
  await dialog.getByRole('button', { name: 'Withdraw' }).press('Enter');
  await expect(page.getByText(`${own.ref} is now withdrawn.`)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});
