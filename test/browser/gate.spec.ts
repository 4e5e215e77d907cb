import { expect, test } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { call, moveOwn, ownRequirement } from './own.ts';

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
  await pieces.getByRole('button', { name: 'Attest: Affected business units' }).click();
  await page.getByRole('textbox', { name: 'What you state' }).fill('Agreed in the board meeting.');
  await page.getByRole('dialog').getByRole('button', { name: 'Attest' }).click();
  await expect(page.getByText('Attested in your name.')).toBeVisible();
  await expect(pieces.getByRole('row', { name: /Attested Affected business units/ })).toBeVisible();
  await expect(pieces.locator(':focus')).toHaveCount(1);
  await pieces.getByRole('button', { name: 'State anew: Affected business units' }).click();
  await page.getByRole('textbox', { name: 'What you state' }).fill('The shops, and the warehouse.');
  await page.getByRole('dialog').getByRole('button', { name: 'Attest' }).click();
  await expect(pieces.getByText('The shops, and the warehouse.')).toBeVisible();
  await expect(pieces.getByText('Agreed in the board meeting.')).toHaveCount(0);
});

test.describe('as the business owner', () => {
  test.use({ storageState: 'test-results/business owner.json' });

  test('a record that waits for my decision says so in its filled button, and what gives it up is never that', async ({
    page,
  }) => {
    const own = await ownRequirement(page, 'Receipts by mail');
    await moveOwn(page, own, 'analyse');
    await page.goto(`/business-requirements/${own.ref}`);
    const moves = page.getByRole('group', { name: `Moves of ${own.ref}` });
    await expect(moves.getByRole('button', { name: 'Decide at G1' })).toHaveAttribute('data-variant', 'filled');
    await expect(moves.getByRole('button', { name: 'Withdraw' })).toHaveAttribute('data-variant', 'default');
    await moves.getByRole('button', { name: /not now$/ }).click();
    // Agreeing and declining stand behind the gate's button; whatever is refused says why.
    for (const each of await page.getByRole('dialog').locator('> ul > li').all())
      await expect(each.getByRole('listitem').first()).not.toBeEmpty();
    await page.keyboard.press('Escape');
    await moves.getByRole('button', { name: 'Decide at G1' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('G1');
  });

  test('what was declined says so where it was decided, and offers no decision any more', async ({ page }) => {
    const own = await ownRequirement(page, 'Receipts by pigeon');
    await call(page, 'PATCH', `/business-requirements/${own.id}`, { expectedVersion: own.version, priority: 'could' });
    await call(page, 'POST', '/outcomes', {
      title: 'Pigeons arrive',
      statement: 'Receipts arrive by pigeon.',
      requirement: own.id,
      measure: 'pigeons that arrive',
      unit: 'pigeons',
    });
    await moveOwn(page, own, 'analyse');
    await page.goto(`/gates/G1/${own.ref}`);
    await page.getByRole('textbox', { name: 'Reason' }).fill('Nobody wants pigeons.');
    await page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'Decline' }).click();
    await expect(page.getByText(`Recorded: Decline, G1 on ${own.ref}.`)).toBeVisible();
    const decided = page.getByRole('region', { name: 'Decided', exact: true });
    await expect(decided).toContainText('Nobody wants pigeons.');
    await expect(page.getByRole('group', { name: 'Outcomes' })).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  });
});

test.describe('as the sponsor, at a gate that is open', () => {
  test.use({ storageState: 'test-results/sponsor.json' });

  test('the reason is typed after a decision was pressed without one', async ({ page }) => {
    await page.goto('/gates/G7/IMP-2');
    await page.getByRole('group', { name: 'Outcomes' }).getByRole('button').first().click();
    await expect(page.getByText('Write the reason first', { exact: false })).toBeVisible();
    const reason = page.getByRole('textbox', { name: 'Reason' });
    await reason.pressSequentially('It pays for itself.');
    await expect(reason).toHaveValue('It pays for itself.');
    await page.reload();
    await expect(reason).toHaveValue('It pays for itself.');
    await expect(page.getByText('This is your draft from before, not sent yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await expect(reason).toHaveValue('');
  });

  test('its evidence is read on a phone without moving it sideways', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto('/gates/G7/IMP-2');
    const pieces = page.getByRole('group', { name: 'Pieces of evidence' });
    await expect(pieces.getByRole('row').nth(1)).toBeVisible();
    expect(await pieces.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
  });

  test("in the system's own colours the main button, the chosen tab and what is barred are still told apart", async ({
    page,
  }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto('/gates/G7/IMP-2');
    const outcomes = page.getByRole('group', { name: 'Outcomes' }).getByRole('button');
    const looks = (button: Locator) =>
      button.evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).borderStyle].join());
    await expect(outcomes.first()).toBeVisible();
    expect(await looks(outcomes.first())).not.toBe(await looks(outcomes.last()));
    const open = await looks(outcomes.last());
    await page.goto('/gates/G9/IMP-2');
    await expect(outcomes.last()).toHaveAttribute('aria-disabled', 'true');
    expect(await looks(outcomes.last())).not.toBe(open);
    await page.goto('/improvements/IMP-2');
    const underline = (tab: Locator) => tab.evaluate((each) => getComputedStyle(each).borderBottom);
    const tabs = page.getByRole('tab');
    await expect(tabs.first()).toBeVisible();
    expect(await underline(tabs.first())).not.toBe(await underline(tabs.last()));
  });
});
