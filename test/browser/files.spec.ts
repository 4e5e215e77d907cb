// Files on an incident, as the desk gives and removes them.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { breaksNoCustom } from './accessible.ts';
import { call, ownRequirement } from './own.ts';

test.use({ storageState: 'test-results/service desk.json' });

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function openNew(page: Page, title: string): Promise<string> {
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/services?state=catalogue&limit=1');
  const body = { title, service: items[0]?.id };
  const { record } = await call<{ record: { id: string; ref: string } }>(page, 'POST', '/incidents', body);
  await page.goto(`/incidents/${record.ref}`);
  await expect(page.getByText('No file was given yet.')).toBeVisible();
  return record.id;
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'Files' });

test('files are chosen, shown, saved as they were given and removed with a reason', async ({ page }) => {
  await openNew(page, 'Label printer 2 smears');
  const panel = panelOf(page);
  const choosing = page.waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Add files' }).focus();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles([
    { name: 'printer log.txt', mimeType: 'text/plain', buffer: Buffer.from('head 3 hot\n') },
    { name: 'label.png', mimeType: 'image/png', buffer: png },
  ]);
  await expect(panel.getByRole('link', { name: 'label.png' })).toBeVisible();
  const saving = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'printer log.txt' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('printer log.txt');
  expect(readFileSync(await saved.path(), 'utf8')).toBe('head 3 hot\n');
  await breaksNoCustom(page);

  await panel.getByRole('button', { name: 'Remove label.png' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove label.png' });
  await dialog.getByRole('textbox', { name: 'Why' }).fill('Shows an address.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('label.png is removed.')).toBeVisible();
  await expect(panel.getByRole('link', { name: 'label.png' })).toHaveCount(0);
  await expect(panel.getByText(/removed by/)).toBeVisible();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Removed a file')).toBeVisible();
  await expect(page.getByText('Added a file').first()).toBeVisible();
});

test('a file is dropped, for the provider alone; an empty one is refused with the reason, and the rest go on', async ({
  page,
}) => {
  await openNew(page, 'Label printer 3 is silent');
  const panel = panelOf(page);
  await panel.getByRole('checkbox', { name: /^Internal/ }).check();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], 'nothing.txt', { type: 'text/plain' }));
    transfer.items.add(new File(['<svg/>'], 'plan.svg', { type: 'image/svg+xml' }));
    return transfer;
  });
  const place = panel.getByText('or drop them here');
  await place.dispatchEvent('dragover', { dataTransfer: dropped });
  await place.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(panel.getByText('There is nothing in it.')).toBeVisible();
  await expect(panel.getByRole('link', { name: 'plan.svg' })).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'plan.svg' }).getByText('Internal')).toBeVisible();
  await panel.getByRole('button', { name: 'Dismiss nothing.txt' }).click();
  await expect(panel.getByText('nothing.txt')).toHaveCount(0);
});

test.describe('as evidence', () => {
  test.use({ storageState: 'test-results/business owner.json' });

  test('a file goes with what is attested, is read at the gate and stays on the record', async ({ page }) => {
    const own = await ownRequirement(page, 'Slots on Sundays');
    await page.goto(`/gates/G1/${own.ref}`);
    await page
      .getByRole('button', { name: /^Attest: / })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    const choosing = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Add a file' }).click();
    await (await choosing).setFiles({ name: 'survey.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') });
    await dialog.getByRole('textbox', { name: 'What you state' }).fill('Asked in March.');
    await dialog.getByRole('button', { name: 'Attest' }).click();
    await expect(page.getByText('Attested in your name.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'survey.csv' })).toBeVisible();
    await page.goto(`/business-requirements/${own.ref}`);
    const row = panelOf(page).getByRole('listitem').filter({ hasText: 'survey.csv' });
    await expect(row.getByText('Evidence rests on it')).toBeVisible();
    await expect(row.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  });
});
