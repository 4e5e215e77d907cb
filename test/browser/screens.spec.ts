// What a screen shows under other conditions than usual: on paper, in the system's colours, narrow, with a clock of its own.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { breaksNoRule } from './accessible.ts';

const open = async (page: Page, path: string) => {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
};
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A step of a page's own time, far below the 300 ms for which React may hold back what comes after a fallback. */
const step = 10;
const stepsAllowed = 15;

for (const [route, asked] of [
  ['/business-requirements', /\/api\/v1\/business-requirements\?/],
  ['/business-requirements/BR-1', /\/api\/v1\/business-requirements\/BR-1$/],
] as const)
  test(`${route} asks for what it shows without waiting for a timer of its own`, async ({ page }) => {
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    await page.clock.install({ time: new Date('2026-11-26T09:00:00Z') });
    await page.goto('/sign-in');
    await page.clock.pauseAt(new Date('2026-11-26T10:00:00Z'));
    await page.goto(route);
    for (let taken = 0; taken < stepsAllowed && !seen.some((url) => asked.test(url)); taken += 1) {
      await page.waitForLoadState('networkidle');
      await page.clock.runFor(step);
    }
    expect(seen.filter((url) => asked.test(url)).length).toBeGreaterThan(0);
  });

test('on paper there is what is written, and nothing to press', async ({ page }) => {
  await open(page, '/business-requirements/BR-1');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('what shoppers told us they want').first()).toBeVisible();
  for (const hidden of [page.getByRole('banner'), page.getByRole('navigation'), page.getByRole('button')])
    for (const each of await hidden.all()) await expect(each).toBeHidden();
  await expect(page.locator('body')).toHaveCSS('color', 'rgb(0, 0, 0)');
});

test("in the system's colours what is chosen is seen to be", async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await open(page, '/business-requirements');
  const boxes = page.getByRole('checkbox', { name: /^Choose/ });
  await boxes.first().check();
  const ground = (index: number) => boxes.nth(index).evaluate((box) => getComputedStyle(box).backgroundColor);
  await expect.poll(async () => (await ground(0)) !== (await ground(1))).toBe(true);
});

test("in the system's colours the chosen tab and what cannot be pressed are told apart", async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, '/business-requirements/BR-1');
  const edge = (name: string) =>
    page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
  expect(await edge('Overview')).not.toBe(await edge('History'));
  await open(page, '/gates/G1/BR-1');
  const inks = await page
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map(
        (button) =>
          [
            button.matches(':disabled, [data-disabled], [aria-disabled="true"]'),
            getComputedStyle(button).color,
          ] as const,
      ),
    );
  const off = inks.filter(([isOff]) => isOff).map(([, ink]) => ink);
  const on = inks.filter(([isOff]) => !isOff).map(([, ink]) => ink);
  expect(off.length).toBeGreaterThan(0);
  expect(on.filter((ink) => off.includes(ink))).toEqual([]);
});

test('pencils are there before one points at them', async ({ page }) => {
  await open(page, '/business-requirements/BR-1');
  const pencil = page.getByRole('button', { name: 'Edit Title' });
  await expect(pencil).toHaveCSS('opacity', '1');
});

test('the history tells what was altered from what to what, and nothing that stayed empty', async ({ page }) => {
  await open(page, '/business-requirements/BR-3');
  const { record } = await (await page.request.get('/api/v1/business-requirements/BR-3')).json();
  const edit = (expectedVersion: number, priority: string) =>
    page.request.patch('/api/v1/business-requirements/BR-3', {
      data: { expectedVersion, priority },
      headers: { 'x-servicewright-client': 'ui', origin: new URL(page.url()).origin },
    });
  expect((await edit(record.version, 'should')).status()).toBe(200);
  expect((await edit(record.version + 1, 'must')).status()).toBe(200);
  await open(page, '/business-requirements/BR-3?tab=history');
  const entries = page.getByRole('region', { name: 'History' }).locator('ol > li');
  await expect(entries.first()).toContainText('Should');
  await expect(entries.first().locator('del')).toHaveText('Should');
  await expect(entries.first()).toContainText('Must');
  await expect(entries.last()).toContainText('Created it');
  await expect(entries.last()).not.toContainText('Required by');
});

test('New is offered where something can be made, and nowhere else', async ({ page }) => {
  await open(page, '/stages');
  const { creates } = await (await page.request.get('/api/v1/me')).json();
  await expect(page.getByRole('button', { name: /^(New|Take over) / })).toHaveCount(creates.length);
  await open(page, '/service-versions');
  await expect(page.getByRole('button', { name: /^New / })).toHaveCount(0);
  await open(page, '/service-versions/new');
  await expect(page.getByText('Nobody creates service versions by hand')).toBeVisible();
  await open(page, '/services/new');
  await expect(page.getByText('None of your roles may create services')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('new service version');
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test.describe('with the example', () => {
  test.use({ storageState: 'test-results/service owner.json' });

  test('services are taken over on the form of services', async ({ page }) => {
    await open(page, '/services/new');
    await expect(page.getByRole('heading', { level: 1, name: 'Take over a service as it runs' })).toBeVisible();
  });

  test('what waits is counted by the clock of the example, before anything else of it is known', async ({ page }) => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/v1/me', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/decisions');
    const wait = page.getByRole('listitem').filter({ hasText: 'G7' }).locator('time').first();
    await expect(wait).toBeVisible();
    await expect(wait).not.toContainText(/\d,\d{3} days/);
    release();
    await expect(wait).not.toContainText(/\d,\d{3} days/);
  });

  for (const width of [320, 390, 1280])
    test(`no list or history needs sideways scrolling at ${width} px`, async ({ page }) => {
      test.setTimeout(240_000);
      await open(page, '/stages');
      const lists = await page
        .getByRole('main')
        .getByRole('link')
        .evaluateAll((links) => [
          ...new Set(links.map((link) => link.getAttribute('href') ?? '').filter((href) => /^\/[a-z-]+$/.test(href))),
        ]);
      await page.setViewportSize({ width, height: 800 });
      const wide: string[] = [];
      for (const route of [...lists, '/changes/CHG-1?tab=history', '/incidents/INC-2064?tab=history']) {
        await open(page, route);
        if ((await sideways(page)) > 0) wide.push(route);
      }
      expect(wide).toEqual([]);
    });
});

test.describe('as the service desk of the example', () => {
  test.use({ storageState: 'test-results/service desk.json' });

  test('an example says on paper that it is one', async ({ page }) => {
    await open(page, '/incidents/INC-2064');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('Harbour IT is an example.')).toBeVisible();
  });

  test('a menu of further moves holds nothing but moves', async ({ page }) => {
    await open(page, '/incidents?state=in_progress');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await expect(page.getByRole('group', { name: /^Moves of / })).toBeVisible();
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    await expect(page.getByRole('menu')).toBeVisible();
    await breaksNoRule(page, 'menu of further moves');
  });
});
