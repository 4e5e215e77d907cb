import { expect, test } from '@playwright/test';

const budget = 200_000;

for (const route of ['/', '/business-requirements', '/business-requirements/BR-1']) {
  test(`${route} loads no more than 200 kB of compressed JavaScript at first`, async ({ page }) => {
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js'))
        scripts.push(
          response
            .request()
            .sizes()
            .then(({ responseBodySize }) => responseBodySize),
        );
    });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await page.waitForLoadState('load');
    const sizes = await Promise.all(scripts);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThanOrEqual(budget);
  });
}
