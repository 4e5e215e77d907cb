// Where the thread of what is in use is broken stands on a page of its own, and red in the thread.
import { expect, test } from '@playwright/test';
import { looksWell } from './accessible.ts';

test.use({ storageState: 'test-results/service owner.json' });

test('a service that works without an agreed requirement is told, with what mends it', async ({ page, browser }) => {
  await page.goto('/orphans');
  await expect(page.getByRole('heading', { level: 1, name: 'Breaks in the thread' })).toBeVisible();
  const headers = { 'x-servicewright-client': 'ui', origin: new URL(page.url()).origin };
  const made = await page.request.post('/api/v1/services', { data: { title: 'Shadow desk' }, headers });
  const { record } = await made.json();
  const desk = await browser.newContext({ storageState: 'test-results/service desk.json' });
  const data = { title: 'Nobody asked for this desk', service: record.id };
  expect((await desk.request.post(`${headers.origin}/api/v1/incidents`, { data, headers })).status()).toBe(201);
  await desk.close();

  const row = page.getByRole('listitem').filter({ hasText: 'Shadow desk' });
  // Operation counts its cases beside the act.
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('No agreed requirement leads to', { timeout: 2000 });
  }).toPass();
  await looksWell(page, 'orphans');
  await row.getByRole('link', { name: /Shadow desk/ }).click();
  await expect(page.getByRole('list', { name: 'Where the thread is broken' })).toContainText('Broken');
  await looksWell(page, 'orphan-thread');
});
