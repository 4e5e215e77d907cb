import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const budget = 200_000;

for (const route of ['/', '/business-requirements', '/business-requirements/BR-1']) {
  test(`${route} loads no more than 200 kB of compressed JavaScript at first`, async ({ page }) => {
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body());
    });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await page.waitForLoadState('load');
    const bodies = await Promise.all(scripts);
    expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThanOrEqual(budget);
  });
}
