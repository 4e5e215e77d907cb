// A service package in the hands of those who draft it, and at its provider's gate.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { call } from './own.ts';
import { draftedPackage, pageOf, submittedPackage } from './package.ts';

test.use({ storageState: 'test-results/portfolio manager.json' });

const statementOf = async (page: Page, ref: string) =>
  (
    await call<{ checklist: { item: string; statement: string | null }[] }>(page, 'GET', `/service-packages/${ref}`)
  ).checklist.find(({ item }) => item === 'SP-05')?.statement;

for (const choice of ['Keep theirs', 'Save mine', 'Go on editing'] as const)
  test(`two people at one item of a checklist are asked, and nothing is overwritten before: ${choice}`, async ({
    page,
    browser,
  }) => {
    const { ref } = await draftedPackage(page, browser, `Gift wrapping: ${choice}`);
    const other = await pageOf(browser, 'service owner');
    for (const each of [page, other]) await each.goto(`/service-packages/${ref}?tab=checklist&item=SP-05`);
    const mine = page.getByRole('textbox', { name: 'Statement' });
    await mine.fill('Mine');
    await other.getByRole('textbox', { name: 'Statement' }).fill('Theirs');
    await other.getByRole('button', { name: 'Save draft' }).click();
    // The page has followed by now: saving must still rest on what stood when typing began.
    await expect(page.getByText('Theirs', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Save draft' }).click();
    const question = page.getByRole('group', { name: 'Two edits of SP-05' });
    await expect(question).toContainText('Sara Owen altered this item while you were writing');
    expect(await statementOf(page, ref)).toBe('Theirs');
    await expect(mine).toHaveValue('Mine');
    if (choice === 'Go on editing') {
      await question.getByRole('button', { name: choice }).click();
      await expect(question).toHaveCount(0);
      await expect(mine).toBeFocused();
      await mine.fill('Both of us');
      await page.getByRole('button', { name: 'Save draft' }).click();
    } else await question.getByRole('button', { name: choice }).click();
    const right = { 'Keep theirs': 'Theirs', 'Save mine': 'Mine', 'Go on editing': 'Both of us' }[choice];
    await expect(question).toHaveCount(0);
    await expect.poll(() => statementOf(page, ref)).toBe(right);
    await expect(mine).toHaveValue(right);
    await other.context().close();
  });

// Its kind: a link that whoever holds the end it leads into makes from there, for the other end is nobody's whom they are.
test('a further requirement is packaged from the page of the package', async ({ page, browser }) => {
  const { ref } = await draftedPackage(page, browser, 'Gift cards');
  await draftedPackage(page, browser, 'Gift cards by mail');
  await page.goto(`/service-packages/${ref}`);
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: `${ref} …` }).selectOption({ label: 'packages' });
  await dialog.getByRole('combobox', { name: '… this record' }).fill('Gift cards by mail');
  await page.getByRole('option', { name: /Gift cards by mail/ }).click();
  await dialog.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(page.getByText('Linked.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Links' }).getByText('Gift cards by mail').first()).toBeVisible();
});

test('what cannot be approved can still be sent back', async ({ page, browser }) => {
  const { ref } = await submittedPackage(page, browser, { title: 'Gift wrapping at home', isFunded: false });
  await page.goto(`/gates/P1/${ref}`);
  await expect(page.getByRole('alert')).toContainText('It cannot be approved now');
  await expect(page.getByRole('alert')).toContainText('No promise without funding');
  const outcomes = page.getByRole('group', { name: 'Outcomes' });
  for (const barred of ['Offer', 'Approve with conditions']) {
    await expect(outcomes.getByRole('button', { name: barred, exact: true })).toHaveAttribute('aria-disabled', 'true');
    await expect(outcomes.getByRole('button', { name: barred, exact: true })).toHaveAccessibleDescription(
      /cannot be approved/,
    );
  }
  await page.getByRole('textbox', { name: 'Reason' }).fill('Say first who pays.');
  await page.getByRole('button', { name: /^Add/ }).first().click();
  await page.getByRole('textbox', { name: 'Finding' }).fill('It names no funding.');
  await page.getByLabel('Weight').selectOption('must');
  await outcomes.getByRole('button', { name: 'Return with findings' }).click();
  await expect(page.getByText(`Recorded: Return with findings, P1 on ${ref}.`)).toBeVisible();
  await page.goto(`/service-packages/${ref}`);
  await expect(page.getByText('Drafting', { exact: true }).first()).toBeVisible();
});

test("a provider's gate is decided by its screens alone", async ({ page, browser }) => {
  const { ref } = await submittedPackage(page, browser, { title: 'Gift wrapping at the till', isFunded: true });
  await page.goto('/decisions');
  await page.getByRole('link', { name: 'P1 Policy conformity: Gift wrapping at the till' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('P1');
  const pieces = page.getByRole('group', { name: 'Pieces of evidence' });
  for (const piece of ['Policy evaluation', 'Capability check', 'Strategic fit']) {
    await pieces.getByRole('button', { name: `Attest: ${piece}` }).click();
    await page.getByRole('textbox', { name: 'What you state' }).fill('Looked at with the teams.');
    await page.getByRole('dialog').getByRole('button', { name: 'Attest' }).click();
    await expect(pieces.getByRole('row', { name: new RegExp(`Attested ${piece}`) })).toBeVisible();
  }
  await page.getByRole('textbox', { name: 'Reason' }).fill('It conforms, and we can deliver it.');
  await page.getByRole('group', { name: 'Outcomes' }).getByRole('button').first().click();
  await expect(page.getByText(new RegExp(`Recorded: .*, P1 on ${ref}`))).toBeVisible();
  await page.goto(`/service-packages/${ref}`);
  await expect(page.getByText('Offered', { exact: true }).first()).toBeVisible();
  await page.getByRole('tab', { name: /Decisions/ }).click();
  await expect(page.getByText('It conforms, and we can deliver it.')).toBeVisible();
});
