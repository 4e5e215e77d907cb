import { expect, test } from '@playwright/test';

test('j, k, x, Shift+x and Enter move, choose, choose a range and open', async ({ page }) => {
  await page.goto('/business-requirements');
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.keyboard.press('j');
  await expect(page.getByRole('row').nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByText('3 chosen')).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/business-requirements\/BR-2$/);
});

test('a filter stands in the address and comes back with it', async ({ page }) => {
  await page.goto('/business-requirements');
  await page.getByRole('searchbox', { name: 'Find in this list' }).fill('terminals');
  await expect(page).toHaveURL(/q=terminals/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('terminals');
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('an empty list says what it is for and offers one action', async ({ page }) => {
  await page.goto('/outcomes');
  const make = page.getByRole('button', { name: /^New outcome/ });
  await expect(make).toBeVisible();
  await expect(make).toHaveCount(1);
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/outcomes\/new$/);
  // Where this person may make none, it says what the list is for and offers nothing.
  await page.goto('/service-packages');
  await expect(page.getByText('What is offered to the business')).toBeVisible();
  await expect(page.getByRole('button', { name: /^New / })).toHaveCount(0);
});

test('the palette opens from a text field and goes where it is told', async ({ page }) => {
  await page.goto('/business-requirements');
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or do anything' }).fill('the loop');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/loop$/);
});

test('the overlay lists exactly the keys that the page has bound', async ({ page }) => {
  await page.goto('/business-requirements');
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').locator('[data-key]').first()).toBeVisible();
  const listed = await page
    .getByRole('dialog')
    .locator('[data-key]')
    .evaluateAll((each) => each.map((one) => one.getAttribute('data-key')));
  expect(new Set(listed)).toEqual(new Set([' ', '/', '?', 'Enter', 'j', 'k', 'mod+k', 'n', 'shift+x', 'x']));
});

test('what is left asks for nothing more, whatever the next address is', async ({ page }) => {
  await page.goto('/business-requirements?sort=number');
  await expect(page.getByRole('row')).toHaveCount(4);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) asked.push(pathname.replace(/^\/api\/v1/, ''));
  });
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(page.getByRole('tab', { name: 'History' })).toBeVisible();
  expect(asked.filter((path) => path === '/business-requirements')).toEqual([]);
  await page.getByRole('navigation').getByRole('link', { name: 'Outcomes' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Outcomes');
  await expect.poll(() => asked).toContain('/outcomes');
  expect(asked.filter((path) => path.startsWith('/outcomes/'))).toEqual([]);
});
