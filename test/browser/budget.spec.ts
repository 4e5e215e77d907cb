import { type Response, expect, test } from '@playwright/test';

const budget = 200_000;

for (const route of ['/', '/business-requirements', '/business-requirements/BR-1']) {
  test(`${route} loads no more than 200 kB of compressed JavaScript at first`, async ({ page }) => {
    const scripts: Promise<number>[] = [];
    const weigh = (response: Response) => {
      if (!response.url().endsWith('.js')) return;
      const sizes = response.request().sizes();
      scripts.push(sizes.then(({ responseBodySize }) => responseBodySize));
    };
    page.on('response', weigh);
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await page.waitForLoadState('load');
    // What is loaded ahead after that is not weighed, nor still being weighed when the page is closed.
    page.off('response', weigh);
    const sizes = await Promise.all(scripts);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThanOrEqual(budget);
  });
}
