// Hands that stay on the keyboard: what is typed arrives, whatever the layout, and the place is never lost.
import { expect, test } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { openFollowing } from './own.ts';

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or do anything' });
const requirements = async (page: Page) => {
  await page.goto('/business-requirements');
  await expect(page.getByRole('row')).toHaveCount(4);
};
const linkOfRow = (page: Page, row: number) => page.getByRole('row').nth(row).getByRole('link');

test('letters typed while the palette is still loading are not lost', async ({ page }) => {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/palette-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await requirements(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('the lox');
  await page.keyboard.press('Backspace');
  release();
  await expect(palette(page)).toHaveValue('the lo');
  await expect(palette(page)).toBeFocused();
  await page.keyboard.type('op');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/loop$/);
});

test('Space shows the row at the side, and takes it away', async ({ page }) => {
  await requirements(page);
  await page.keyboard.press('j');
  await expect(linkOfRow(page, 1)).toBeFocused();
  await page.keyboard.press(' ');
  await expect(page).toHaveURL(/peek=/);
  await page.keyboard.press(' ');
  await expect(page).not.toHaveURL(/peek=/);
});

test('on a narrow page the side is closed by its own cross, and one stands at the row again', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await requirements(page);
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  const side = page.getByRole('complementary', { name: 'Side panel' });
  const cross = side.getByRole('button', { name: 'Close the side panel' });
  const [around, within] = [await side.boundingBox(), await cross.boundingBox()];
  expect(within?.y ?? 0).toBeGreaterThanOrEqual(around?.y ?? Number.POSITIVE_INFINITY);
  await cross.click();
  await expect(linkOfRow(page, 1)).toBeFocused();
});

test('focus goes back to the row when palette or keys are closed', async ({ page }) => {
  await requirements(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(linkOfRow(page, 2)).toBeFocused();
  for (const key of ['Control+k', '?']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(linkOfRow(page, 2)).toBeFocused();
  }
});

test('back from a record one stands at its row', async ({ page }) => {
  await requirements(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Card terminals');
  await page.goBack();
  await expect(linkOfRow(page, 2)).toBeFocused();
  await page.keyboard.press('j');
  await expect(linkOfRow(page, 3)).toBeFocused();
});

interface Press {
  key: string;
  code: string;
  modifiers?: number;
}
const control = 2;

/** A press as a keyboard of another layout, or one with Caps Lock, sends it. */
async function press(session: CDPSession, sent: Press): Promise<void> {
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...sent });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...sent });
}

for (const [layout, sent] of [
  ['a Russian layout', { key: 'л', code: 'KeyK', modifiers: control }],
  ['a Greek layout', { key: 'κ', code: 'KeyK', modifiers: control }],
  ['Caps Lock', { key: 'K', code: 'KeyK', modifiers: control }],
] as const)
  test(`the palette opens with ${layout}`, async ({ page }) => {
    await requirements(page);
    await press(await page.context().newCDPSession(page), sent);
    await expect(palette(page)).toBeFocused();
  });

test('rows are walked and chosen one by one with Caps Lock and on a Russian layout', async ({ page }) => {
  await requirements(page);
  const session = await page.context().newCDPSession(page);
  await press(session, { key: 'J', code: 'KeyJ' });
  await press(session, { key: 'X', code: 'KeyX' });
  await press(session, { key: 'о', code: 'KeyJ' });
  await press(session, { key: 'о', code: 'KeyJ' });
  await expect(linkOfRow(page, 3)).toBeFocused();
  await press(session, { key: 'X', code: 'KeyX' });
  await expect(page.getByText('2 chosen')).toBeVisible();
});

test('Enter that ends a composition chooses nothing', async ({ page }) => {
  await requirements(page);
  await page.keyboard.press('Control+k');
  await palette(page).fill('loop');
  await palette(page).evaluate((field) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true })),
  );
  await expect(palette(page)).toBeVisible();
  await expect(page).toHaveURL(/\/business-requirements$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/loop$/);
});

for (const route of ['/business-requirements', '/business-requirements/BR-1', '/gates/G1/BR-1', '/stages'])
  test(`on ${route} what has the focus is seen, and nothing lies over it`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
    await page.setViewportSize({ width: 1000, height: 420 });
    const faults: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(async () => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        await frame();
        await frame();
        const at = document.activeElement;
        // Behind the last of the page comes the browser's own bar: then nothing here has the focus.
        if (!at?.matches(':focus') || at === document.body) return null;
        const name = `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent}`.slice(0, 60);
        const box = at.getBoundingClientRect();
        const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
        const seen = over !== null && (at.contains(over) || over.contains(at) || over.closest('label') !== null);
        const { outlineStyle, outlineWidth, boxShadow, borderTopColor } = getComputedStyle(at);
        // A field's own edge takes the accent's colour.
        const accent = document.createElement('i');
        accent.style.color = 'var(--sw-accent)';
        document.body.append(accent);
        const isEdged = at.matches('input, textarea, select') && borderTopColor === getComputedStyle(accent).color;
        accent.remove();
        const isRinged = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || isEdged;
        const [x, y] = [Math.round(box.x), Math.round(box.y)];
        return seen && isRinged
          ? null
          : `${name} at ${x}, ${y}: ${seen ? `no ring ${borderTopColor}` : `under ${over?.outerHTML.slice(0, 80)}`}`;
      });
      if (fault) faults.push(fault);
    }
    expect(faults).toEqual([]);
  });

test('a view stands in its address: another window shows the same', async ({ page, browser }) => {
  await requirements(page);
  await page.getByRole('searchbox', { name: 'Find in this list' }).fill('stores');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('columnheader', { name: 'Number' }).getByRole('button').click();
  await linkOfRow(page, 1).focus();
  await page.keyboard.press(' ');
  await expect(page).toHaveURL(/peek=/);
  await expect(page).toHaveURL(/sort=/);
  const refs = (of: Page) => of.getByRole('row').getByText(/^BR-\d+$/);
  const other = await (await browser.newContext({ storageState: 'test-results/owner.json' })).newPage();
  await other.goto(page.url());
  await expect(other.getByRole('complementary')).toBeVisible();
  await expect(refs(other)).toHaveText(await refs(page).allTextContents());
  await other.context().close();
});

test.describe('in the queue of the example', () => {
  test.use({ storageState: 'test-results/service desk.json' });

  test('ages are counted by the clock of the example from the first row on', async ({ page }) => {
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/me', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto('/incidents');
    const ages = page.locator('tr[data-row] time');
    await expect(ages.first()).toBeVisible();
    expect((await ages.allTextContents()).filter((age) => age.includes('yr'))).toEqual([]);
    held.resolve();
  });

  test('a case that arrives does not move the one under the pointer', async ({ page }) => {
    await openFollowing(page, '/incidents');
    const rows = page.locator('tr[data-row]');
    await expect(rows.first()).toBeVisible();
    // From here on what arrives waits: before, another test's may still come between.
    await rows.nth(1).hover();
    const under = await rows.nth(1).innerText();
    const place = await rows.nth(1).boundingBox();
    const { items } = await (await page.request.get('/api/v1/services?state=catalogue&limit=1')).json();
    const answer = await page.request.post('/api/v1/incidents', {
      data: { title: 'Night desk has no light', service: items[0].id },
      headers: { 'x-servicewright-client': 'ui', origin: new URL(page.url()).origin },
    });
    expect(answer.status()).toBe(201);
    // Other tests may bring some as well.
    await expect(page.getByText(/^\d+ new/)).toBeVisible();
    expect(await rows.nth(1).innerText()).toBe(under);
    expect(await rows.nth(1).boundingBox()).toEqual(place);
    await page.mouse.move(5, 5);
    await expect(rows.filter({ hasText: 'Night desk has no light' })).toBeVisible();
  });
});

test('the menu of one’s account opens by the keyboard at the first press, and gives the focus back', async ({
  page,
}) => {
  await page.goto('/business-requirements');
  const button = page.getByRole('button', { name: /your account/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toHaveCount(0);
  await expect(button).toBeFocused();
});
