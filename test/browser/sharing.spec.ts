// With whom a record is shared is asked on its page, and answered there by who decides for a customer on it.
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { breaksNoRule } from './accessible.ts';
import { call } from './own.ts';

test.use({ storageState: 'test-results/service desk.json' });

interface Listed {
  items: { id: string; title: string }[];
}
interface Case {
  record: { id: string; ref: string };
}

const scenes = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 390 },
] as const;
type Scene = (typeof scenes)[number];

async function seenAs(browser: Browser, role: string, { scheme, width }: Scene): Promise<Page> {
  const context = await browser.newContext({ storageState: `test-results/${role}.json`, colorScheme: scheme });
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  return page;
}

async function isAccessible(page: Page, picture: string): Promise<void> {
  await page.screenshot({ path: `test-results/${picture}.png` });
  await breaksNoRule(page, picture);
}

async function logged(page: Page, title: string): Promise<Case['record']> {
  const { items: customers } = await call<Listed>(page, 'GET', '/customers?limit=10');
  const own = customers.find((each) => each.title !== 'Tidewater Quay');
  const service = (await call<Listed>(page, 'GET', '/services?state=catalogue&limit=1')).items[0]?.id;
  const triage = { service, impact: '3', urgency: 'medium', customers: [own?.id] };
  return (await call<Case>(page, 'POST', '/incidents', { title, ...triage })).record;
}

for (const scene of scenes)
  test(`is asked and consented to, ${scene.scheme} at ${scene.width} pixels`, async ({ page, browser }) => {
    const { ref } = await logged(page, `Boats wait, ${scene.scheme}`);
    const desk = await seenAs(browser, 'service desk', scene);
    await desk.goto(`/incidents/${ref}`);
    await desk.getByRole('button', { name: 'Share with…' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('combobox').fill('Tidewater');
    await desk.getByRole('option', { name: 'Tidewater Quay' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Both take goods by water.');
    await isAccessible(desk, `sharing-ask-${scene.scheme}`);
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(desk.getByText('Waits for the consent of')).toBeVisible();
    const owner = await seenAs(browser, 'business owner', scene);
    await owner.goto('/decisions');
    const waiting = owner.getByRole('region', { name: 'Waiting for my consent' });
    await expect(waiting).toContainText('Tidewater Quay is to share in it: Both take goods by water.');
    await isAccessible(owner, `sharing-waits-${scene.scheme}`);
    await waiting.getByRole('link', { name: `Boats wait, ${scene.scheme}` }).click();
    const banner = owner.getByRole('region', { name: 'Waits for consent' });
    await expect(banner).toContainText('Tidewater Quay');
    await isAccessible(owner, `sharing-banner-${scene.scheme}`);
    await banner.getByRole('button', { name: 'Consent' }).click();
    const answer = owner.getByRole('dialog');
    await answer.getByRole('textbox', { name: 'Reason' }).fill('We agreed.');
    await answer.getByRole('button', { name: 'Consent' }).click();
    await expect(banner).toBeHidden();
    await desk.reload();
    await expect(desk.getByLabel('Facts and links')).toContainText('Tidewater Quay');
    for (const each of [desk, owner]) await each.context().close();
  });

for (const scene of scenes)
  test(`a case of the wrong customer is logged again, ${scene.scheme} at ${scene.width} pixels`, async ({
    page,
    browser,
  }) => {
    const { ref } = await logged(page, `Not theirs, ${scene.scheme}`);
    const desk = await seenAs(browser, 'service desk', scene);
    await desk.goto(`/incidents/${ref}`);
    await desk.getByRole('button', { name: 'Wrong customer…' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Whose case it is' }).fill('Tidewater');
    await desk.getByRole('option', { name: 'Tidewater Quay' }).click();
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Boats wait at the quay');
    await dialog.getByRole('combobox', { name: 'Service' }).click();
    await desk.getByRole('listbox').getByRole('option').first().click();
    await isAccessible(desk, `log-again-${scene.scheme}`);
    await dialog.getByRole('button', { name: 'Cancel and log again' }).click();
    await expect(desk.getByRole('heading', { level: 1 })).toContainText('Boats wait at the quay');
    await desk.goto(`/incidents/${ref}`);
    await expect(desk.getByText('Cancelled').first()).toBeVisible();
    await desk.context().close();
  });
