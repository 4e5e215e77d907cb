// Two people at one record, each in a browser of their own.
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { call, openFollowing, ownRequirement } from './own.ts';

test.use({ storageState: 'test-results/business owner.json' });

const source = 'Where it comes from';
const affected = 'Services affected';

/** The same record in the browser of somebody else. */
async function colleagueAt(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ storageState: 'test-results/sponsor.json' });
  const page = await context.newPage();
  await openFollowing(page, path);
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
  await openFollowing(page, path);
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
    await openFollowing(page, path);
    const other = await colleagueAt(browser, path);
    await edit(page, source, 'Mine');
    await edit(other, source, 'Theirs');
    await other.keyboard.press('Enter');
    await expect(other.getByText(`${source} saved.`)).toBeVisible();
    // The page has followed by now: saving must still rest on what stood when its editor was opened.
    await expect(page.getByText('Meanwhile altered by somebody else to: Theirs')).toBeVisible();
    await page.keyboard.press('Enter');
    const question = page.getByRole('group', { name: `Two edits of ${source}` });
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
  await openFollowing(page, path);
  const other = await colleagueAt(browser, path);
  await edit(page, 'Title', 'Lockers by me');
  await edit(other, 'Title', 'Lockers by her');
  await other.keyboard.press('Enter');
  await expect(other.getByText('Title saved.')).toBeVisible();
  await page.keyboard.press('Enter');
  const question = page.getByRole('group', { name: 'Two edits of Title' });
  await question.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lockers by her');
  await other.context().close();
});

test('a dialog goes on over an edit of something else', async ({ page, browser }) => {
  const { ref } = await ownRequirement(page, 'Lockers, given up');
  const path = `/business-requirements/${ref}`;
  await openFollowing(page, path);
  const other = await colleagueAt(browser, path);
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody asks.');
  await edit(other, source, 'Theirs');
  await other.keyboard.press('Enter');
  await expect(other.getByText(`${source} saved.`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText(`${ref} is now withdrawn.`)).toBeVisible();
  expect(await fieldOf(page, ref, 'triggerSource')).toBe('Theirs');
  await other.context().close();
});

test.describe('at a gate', () => {
  test.use({ storageState: 'test-results/owner.json' });

  test('a decision is not made on what was altered while its reason was written, unread', async ({ page }) => {
    const path = '/business-requirements/BR-2';
    interface Stands {
      record: { version: number; fields: { triggerSource: string | null } };
    }
    // The page as if the gate were open; everything else is the server's own.
    await page.route('**/api/v1/gates/G1/*', async (route) => {
      const gate = await (await route.fetch()).json();
      await route.fulfill({
        json: { ...gate, open: true, inState: true, asked: true, mayDecide: { allowed: true, refusals: [] } },
      });
    });
    await openFollowing(page, '/gates/G1/BR-2');
    await page.getByRole('textbox', { name: 'Reason' }).fill('We need it.');
    const { record } = await call<Stands>(page, 'GET', path);
    const triggerSource = `A letter after ${record.version}`;
    await call(page, 'PATCH', path, { expectedVersion: record.version, triggerSource });
    const told = page.getByText('What this decision rests on was altered while you were writing.');
    await expect(told).toBeVisible();
    await page.getByRole('group', { name: 'Outcomes' }).getByRole('button').first().click();
    await expect(page.getByText('Read first what was altered meanwhile.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('We need it.');
    await page.getByRole('button', { name: 'I have read it' }).click();
    await expect(told).toHaveCount(0);
  });
});
