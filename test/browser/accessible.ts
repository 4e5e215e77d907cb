// Judges what stands on a page by the rules of WCAG 2.2 AA, once nothing of it moves.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const everything = [...wcag, 'best-practice'];

/** Waits until no colour and nothing else is on its way: half a change of colour, ink and ground are of no scheme. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const ends = (each: Animation) => Number.isFinite(each.effect?.getComputedTiming().endTime);
    const moves = () => document.getAnimations().some((each) => each.playState === 'running' && ends(each));
    // What the page alters by an effect of its own begins to move a frame or two later.
    await frame();
    await frame();
    while (moves()) await frame();
  });
}

/** Sets the colours, and waits until the page has followed the system's by its effect. */
export async function inScheme(page: Page, colorScheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  await settled(page);
}

/** No rule of WCAG 2.2 AA is broken; `what` names in the failure what was looked at. */
export async function breaksNoRule(page: Page, what = page.url(), rules = wcag): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(({ id, nodes }) => ({
    what,
    id,
    at: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)}: ${failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/** Nor any custom that the field calls good. */
export const breaksNoCustom = (page: Page): Promise<void> => breaksNoRule(page, page.url(), everything);

/** The page is not wider than the window. */
export async function needsNoSidewaysScrolling(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBeLessThanOrEqual(0);
}

/** In both colours without a fault that axe finds; with PICTURES set, pictures of it. */
export async function looksWell(page: Page, name: string) {
  // From its beginning: what lies half below the bar at the top is no target now.
  await page.evaluate(() => window.scrollTo(0, 0));
  for (const scheme of schemes) {
    await inScheme(page, scheme);
    await breaksNoRule(page);
    for (const width of [1280, 390]) {
      await needsNoSidewaysScrolling(page, width);
      const folder = process.env['PICTURES'];
      if (folder) await page.screenshot({ path: `${folder}/${name}-${scheme}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
