import { expect, test } from '@playwright/test';

const budget = 200_000;

for (const route of ['/', '/business-requirements', '/business-requirements/BR-1']) {
  test(`${route} loads no more than 200 kB of compressed JavaScript before its heading stands`, async ({ page }) => {
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector('h1')) return;
        performance.mark('heading');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    // What was asked for later is not weighed, however early it comes: that differs with how busy the machine is.
    const scripts = await page.evaluate(() => {
      const heading = performance.getEntriesByName('heading')[0]?.startTime ?? 0;
      return performance
        .getEntriesByType('resource')
        .filter((each): each is PerformanceResourceTiming => each instanceof PerformanceResourceTiming)
        .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= heading)
        .map(({ name, encodedBodySize }) => ({ name, encodedBodySize }));
    });
    const whole = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    expect(scripts.every(({ encodedBodySize }) => encodedBodySize > 0)).toBe(true);
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThanOrEqual(budget);
  });
}
