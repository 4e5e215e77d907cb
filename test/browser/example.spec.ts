// The screens on the data of the example: a service that went through all five stages, with two thousand incidents.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { breaksNoRule, inScheme, needsNoSidewaysScrolling, schemes } from './accessible.ts';

const open = async (page: Page, path: string) => {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
};

test.describe('as the service owner', () => {
  test.use({ storageState: 'test-results/service owner.json' });

  test('the loop shows the service at its stage, and leads to it', async ({ page }) => {
    await open(page, '/loop');
    await page.getByRole('link', { name: /^SVC-1 Service desk with restoration targets/ }).click();
    await expect(page).toHaveURL(/\/services\/SVC-1$/);
  });

  test('the loop as a table says the same', async ({ page }) => {
    await open(page, '/loop?view=table');
    await expect(page.getByRole('link', { name: /Service desk with restoration targets/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /G7/ })).toContainText('1');
  });

  test('the service page shows value, outcomes, cases and who subscribes', async ({ page }) => {
    await open(page, '/services/SVC-1');
    await expect(page.getByText('of 2')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Harbour Group', exact: true })).toBeVisible();
    await page.getByRole('tab', { name: /^Promise and truth/ }).click();
    await expect(page.getByRole('row', { name: /OUT-1 .*24 h.*8 h/ })).toBeVisible();
  });

  test('the thread is walked with the arrow keys, from the sentence of the business on', async ({ page }) => {
    await open(page, '/services/SVC-1');
    const requirement = page.getByRole('link', { name: /^Business requirement: BR-\d+ One place to turn to/ });
    await requirement.focus();
    await page.keyboard.press('ArrowRight');
    await expect(
      page.getByRole('link', { name: /^Outcome: OUT-\d .*, [\d.]+ / }).and(page.locator(':focus')),
    ).toBeVisible();
    await page.keyboard.press('ArrowLeft');
    await expect(requirement).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/business-requirements\/BR-\d+$/);
  });

  test('the thread as a table names the newest measurement', async ({ page }) => {
    await open(page, '/services/SVC-1?thread=table');
    await expect(page.getByRole('row', { name: /Outcome measurement .*OM-3/ })).toContainText(' h');
    await expect(page.getByRole('row', { name: /OM-1 / })).toHaveCount(0);
  });

  test('a release names all its gates with what was decided there, and leads to them', async ({ page }) => {
    await open(page, '/releases/REL-1');
    const gates = page.getByRole('region', { name: 'Gates' });
    await expect(gates.getByRole('listitem')).toHaveCount(6);
    await gates.getByRole('link', { name: /^P8/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('P8');
  });

  test('the matrix shows twelve cells, the empty ones with their reason', async ({ page }) => {
    await open(page, '/measurement');
    await expect(page.getByRole('link', { name: /Hand-overs per incident/ })).toBeVisible();
    await expect(page.getByText(/No data: no cost or working time is booked/)).toBeVisible();
  });

  test('a metric shows its chart, formula, signals, and its values as a table', async ({ page }) => {
    await open(page, '/measurement/PE-5');
    await expect(page.getByRole('heading', { level: 1, name: 'Hand-overs per incident' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'above the natural limit' }).first()).toBeVisible();
    await page.getByText(/^All \d+ values as a table$/).click();
    await expect(page.getByRole('cell', { name: '1 Mar 2016' }).first()).toBeVisible();
  });
});

test.describe('as the service desk', () => {
  test.use({ storageState: 'test-results/service desk.json' });

  test('a case tells its clocks in words: what is left, when it is due, and where the time went', async ({ page }) => {
    await open(page, '/incidents/INC-2064');
    const clocks = page.getByRole('region', { name: 'Clocks' });
    await expect(clocks.getByText('Service restored')).toBeVisible();
    await expect(clocks.getByText('left of 24 h')).toBeVisible();
    await expect(clocks.getByText(/60 h outside service hours/)).toBeVisible();
    await clocks.getByText('Where the time went, stretch by stretch').last().click();
    await expect(
      clocks
        .getByRole('listitem')
        .filter({ hasText: /18 Jul 2016, 08:00.*outside service hours/ })
        .last(),
    ).toBeVisible();
    await expect(clocks.getByText(/America\/Sao_Paulo/)).toBeVisible();
  });

  test('a note is kept as a draft, and added for those it is meant for', async ({ page }) => {
    await open(page, '/incidents/INC-2066');
    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByText('Internal', { exact: true }).last().click();
    await notes.getByRole('textbox', { name: 'Internal note' }).fill('The second account is a duplicate.');
    await page.reload();
    await expect(notes.getByRole('textbox', { name: 'Internal note' })).toHaveValue(
      'The second account is a duplicate.',
    );
    await notes.getByRole('button', { name: 'Add internal note' }).click();
    await expect(notes.getByRole('listitem').filter({ hasText: 'The second account is a duplicate.' })).toContainText(
      'Internal',
    );
    await expect(notes.getByRole('textbox')).toHaveValue('');
  });
});

test.describe('as the sponsor', () => {
  test.use({ storageState: 'test-results/sponsor.json' });

  test('what waits for a decision stands first, and leads to its gate', async ({ page }) => {
    await open(page, '/');
    await page
      .getByRole('region', { name: /^Decisions that wait for me/ })
      .getByRole('link')
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('G7');
    await expect(page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'Fund' })).toBeEnabled();
  });
});

const routes = [
  '/loop',
  '/services/SVC-1',
  '/services/SVC-1?thread=table',
  '/services/SVC-1?tab=promise',
  '/gates/G7/IMP-2',
  '/decisions',
  '/measurement',
  '/measurement/PE-5',
  '/incidents',
  '/incidents/INC-2064',
  '/design-packages/SDP-1?tab=checklist',
  '/releases/REL-1',
  '/improvements/IMP-1',
];

test.describe('on the example', () => {
  test.use({ storageState: 'test-results/service desk.json' });

  for (const route of routes) {
    test(`${route} breaks no rule of WCAG 2.2 AA in light or dark, and needs no sideways scrolling`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await open(page, route);
      for (const scheme of schemes) {
        await inScheme(page, scheme);
        await breaksNoRule(page);
      }
      await needsNoSidewaysScrolling(page, 320);
    });
  }
});
