// The server goes while somebody reads and writes: nothing that was read goes with it, nothing typed is lost or doubled.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { call, moveOwn, openFollowing, ownRequirement } from './own.ts';
import type { Own } from './own.ts';

test.use({ storageState: 'test-results/business owner.json' });

const source = 'Where it comes from';
const affected = 'Services affected';

async function opened(page: Page, title: string): Promise<Own> {
  const own = await ownRequirement(page, title);
  await openFollowing(page, `/business-requirements/${own.ref}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  return own;
}
const openEditor = async (page: Page, field: string) => {
  await page.getByRole('button', { name: `Edit ${field}` }).click();
  await expect(page.getByRole('textbox', { name: field })).toBeVisible();
};
const edit = async (page: Page, field: string, text: string) => {
  await openEditor(page, field);
  await page.getByRole('textbox', { name: field }).fill(text);
  await page.keyboard.press('Control+Enter');
};
interface Entries {
  items: { kind: string; edits: Record<string, unknown> | null }[];
}
/** What the journal says was edited, oldest first. */
async function edits(page: Page, { id }: Own) {
  const { items } = await call<Entries>(page, 'GET', `/records/${id}/journal`);
  return items
    .filter(({ kind }) => kind === 'edited')
    .map((each) => each.edits)
    .toReversed();
}

test('what is read stays, also when it is asked again in vain', async ({ page }) => {
  const own = await opened(page, 'Gift cards');
  const asked: string[] = [];
  await page.route('**/api/v1/business-requirements/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  // Somebody else's edit makes the page ask again.
  await moveOwn(page, own, 'analyse');
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect(page.getByText('The server cannot be reached.', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gift cards');
  await expect(page.getByText('Gift cards: what shoppers told us they want.')).toBeVisible();
  await page.unroute('**/api/v1/business-requirements/**');
  await expect(page.getByRole('listitem').filter({ hasText: 'Analysing' })).toHaveAttribute('aria-current', 'step');
});

test('edits wait in sight with what was typed, and are sent once when the server is back', async ({
  page,
  context,
}) => {
  const own = await opened(page, 'Gift cards by post');
  // The inputs are there: only the server goes.
  await openEditor(page, source);
  await page.keyboard.press('Escape');
  await context.setOffline(true);
  await edit(page, source, 'A letter');
  await edit(page, affected, 'Post room');
  await expect(page.getByText('Waits for the server, not saved yet: A letter')).toBeVisible();
  await expect(page.getByText('Waits for the server, not saved yet: Post room')).toBeVisible();
  await expect(page.getByText('2 edits wait to be sent.')).toBeVisible();
  expect(await edits(page, own)).toEqual([]);
  await context.setOffline(false);
  await expect(page.getByText(/^Waits for the server/)).toHaveCount(0);
  await expect(page.getByText('You can go on reading', { exact: false })).toHaveCount(0);
  await expect(page.getByText('A letter', { exact: true })).toBeVisible();
  await expect(page.getByText('Post room', { exact: true })).toBeVisible();
  // Shown at once, saved a moment later: twice, and no more.
  await expect.poll(async () => (await edits(page, own)).length).toBe(2);
  await page.reload();
  const saved = await edits(page, own);
  expect(saved).toHaveLength(2);
  expect(Object.assign({}, ...saved)).toEqual({ triggerSource: 'A letter', affectedServices: 'Post room' });
});

test('an edit whose answer was lost on the way is not made twice', async ({ page }) => {
  const own = await opened(page, 'Gift cards by mail');
  let lost = 0;
  await page.route(`**/api/v1/business-requirements/${own.id}`, async (route) => {
    if (route.request().method() !== 'PATCH' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await edit(page, source, 'An e-mail');
  await expect(page.getByText(`${source} saved.`)).toBeVisible();
  expect(lost).toBe(1);
  expect(await edits(page, own)).toEqual([{ triggerSource: 'An e-mail' }]);
});

test('a page that could not be opened comes by itself', async ({ page, context }) => {
  const own = await opened(page, 'Gift cards at the till');
  await context.setOffline(true);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('This cannot be shown')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('This cannot be shown')).toHaveCount(0);
  await expect(page.getByText('Created', { exact: false }).first()).toBeVisible();
  expect(own.ref).toMatch(/^BR-/);
});

test.describe('at a gate', () => {
  test.use({ storageState: 'test-results/sponsor.json' });

  test('a decision is never queued: it is said not to be made, and is not made later', async ({ page }) => {
    const decisions = async () =>
      (await call<{ decisions: unknown[] }>(page, 'GET', '/gates/G7/IMP-2')).decisions.length;
    const before = await decisions();
    await page.goto('/gates/G7/IMP-2');
    await page.getByRole('textbox', { name: 'Reason' }).fill('It pays for itself.');
    let tries = 0;
    await page.route('**/decisions', (route) => {
      tries += 1;
      return route.abort();
    });
    await page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'Fund' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Not decided' })).toContainText('cannot be reached');
    // The server answers again: what waits would be sent now.
    await page.unroute('**/decisions');
    await expect(page.getByText('You can go on reading', { exact: false })).toHaveCount(0);
    await page.reload();
    expect(tries).toBe(1);
    expect(await decisions()).toBe(before);
    await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('It pays for itself.');
  });
});
