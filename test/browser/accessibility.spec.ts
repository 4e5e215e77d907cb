import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const routes = [
  '/',
  '/work',
  '/decisions',
  '/loop',
  '/loop?view=table',
  '/stages',
  '/stages/strategy',
  '/business-requirements',
  '/business-requirements?state=agreed',
  '/business-requirements/new',
  '/business-requirements/BR-1',
  '/business-requirements/BR-1?tab=history',
  '/gates/G1/BR-1',
  '/measurement',
  '/people',
  '/sign-in',
  '/welcome',
  '/nothing/here',
];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const route of routes) {
  test(`${route} breaks no rule of WCAG 2.2 AA in light or dark, and needs no sideways scrolling`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // The scheme follows the system's by an effect: judged before it, half the page would be in the other one.
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      // Even the shortest change of a colour is one: while it lasts, ink and ground are of neither scheme.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html.slice(0, 160)) }))).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBeLessThanOrEqual(0);
  });
}
