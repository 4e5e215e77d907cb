// Two people at one record, each in a browser of their own.
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { call, ownRequirement } from './own.ts';

test.use({ storageState: 'test-results/business owner.json' });

const source = 'Where it comes from';
const affected = 'Services affected';

/** The same record in the browser of somebody else. */
async function colleagueAt(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ storageState: 'test-results/sponsor.json' });
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

const edit = async (page: Page, field: string, text: string) => {
  await page.getByRole('button', { name: `Edit ${field}` }).click();
  await page.getByRole('textbox', { name: field }).fill(text);
};
const fieldOf = async (page: Page, ref: string, name: string) =>
  (await call<{ record: { fields: Record<string, unknown> } }>(page, 'GET', `/business-requirements/${ref}`)).record
    .fields[name];

test('different fields merge, and both pages show both', async ({ page, browser }) => {
  const { ref } = await ownRequirement(page, 'Lockers at the station');
  const path = `/business-requirements/${ref}`;
  await page.goto(path);
  const other = await colleagueAt(browser, path);
  await edit(page, source, 'A letter');
  await edit(other, affected, 'Collection');
  await other.keyboard.press('Control+Enter');
  await expect(other.getByText(`${affected} saved.`)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${source} saved.`)).toBeVisible();
  for (const each of [page, other]) {
    await expect(each.getByText('A letter')).toBeVisible();
    await expect(each.getByText('Collection', { exact: true })).toBeVisible();
  }
  await other.context().close();
});

for (const choice of ['Keep theirs', 'Save mine', 'Go on editing'] as const)
  test(`the same field asks, and overwrites nothing before it is answered: ${choice}`, async ({ page, browser }) => {
    const { ref } = await ownRequirement(page, `Lockers: ${choice}`);
    const path = `/business-requirements/${ref}`;
    await page.goto(path);
    const other = await colleagueAt(browser, path);
    await edit(page, source, 'Mine');
    await edit(other, source, 'Theirs');
    await other.keyboard.press('Enter');
    await expect(other.getByText(`${source} saved.`)).toBeVisible();
    // The page has followed by now: saving must still rest on what stood when its editor was opened.
    await expect(page.getByText('Meanwhile altered by somebody else to: Theirs')).toBeVisible();
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: `Two edits of ${source}` });
    await expect(question).toContainText('Simon Reyes altered this while you were editing');
    await expect(question).toContainText('Theirs');
    await expect(question).toContainText('Mine');
    expect(await fieldOf(page, ref, 'triggerSource')).toBe('Theirs');
    await question.getByRole('button', { name: choice }).click();
    if (choice === 'Go on editing') {
      await expect(page.getByRole('textbox', { name: source })).toHaveValue('Mine');
      await page.getByRole('textbox', { name: source }).fill('Both of us');
      await page.keyboard.press('Enter');
    }
    const right = { 'Keep theirs': 'Theirs', 'Save mine': 'Mine', 'Go on editing': 'Both of us' }[choice];
    await expect(question).toHaveCount(0);
    await expect.poll(() => fieldOf(page, ref, 'triggerSource')).toBe(right);
    await expect(page.getByText(right, { exact: true })).toBeVisible();
    await other.context().close();
  });

test('the title asks as well', async ({ page, browser }) => {
  const { ref } = await ownRequirement(page, 'Lockers, unnamed');
  const path = `/business-requirements/${ref}`;
  await page.goto(path);
  const other = await colleagueAt(browser, path);
  await edit(page, 'Title', 'Lockers by me');
  await edit(other, 'Title', 'Lockers by her');
  await other.keyboard.press('Enter');
  await expect(other.getByText('Title saved.')).toBeVisible();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Two edits of Title' });
  await question.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lockers by her');
  await other.context().close();
});
