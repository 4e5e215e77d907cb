import { expect, test } from '@playwright/test';
import { breaksNoRule, inScheme, needsNoSidewaysScrolling, schemes } from './accessible.ts';

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

for (const route of routes) {
  test(`${route} breaks no rule of WCAG 2.2 AA in light or dark, and needs no sideways scrolling`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
    for (const scheme of schemes) {
      await inScheme(page, scheme);
      await breaksNoRule(page);
    }
    await needsNoSidewaysScrolling(page, 320);
  });
}
