// What was agreed becomes another: asked, decided, and whoever decided on what it was is asked again.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { looksWell } from './accessible.ts';
import { call, moveOwn, ownRequirement } from './own.ts';
import type { Own } from './own.ts';

test.use({ storageState: 'test-results/business owner.json' });

interface Gate {
  subject: { version: number };
  evidenceHash: string;
}

/** A requirement that its owner agreed, with the outcome that was agreed with it. */
async function agreed(page: Page): Promise<{ requirement: Own; outcome: Own }> {
  const requirement = await ownRequirement(page, 'Parcels before nine');
  const { id, version } = requirement;
  await call(page, 'PATCH', `/business-requirements/${id}`, { expectedVersion: version, priority: 'should' });
  const { record: outcome } = await call<{ record: Own }>(page, 'POST', '/outcomes', {
    title: 'Late parcels',
    statement: 'Fewer parcels come after nine.',
    requirement: id,
    measure: 'late / all',
    unit: '%',
    direction: 'lower',
    baseline: 12,
    target: 6,
  });
  await moveOwn(page, requirement, 'analyse');
  const { subject, evidenceHash } = await call<Gate>(page, 'GET', `/gates/G1/${id}`);
  const seen = { expectedVersion: subject.version, evidenceHash };
  await call(page, 'POST', `/gates/G1/${id}/decisions`, { outcome: 'approve', reason: 'We need it.', ...seen });
  return { requirement, outcome };
}

test('an agreed outcome is amended by decision, and the decision on what it was is asked about again', async ({
  page,
}) => {
  const { requirement, outcome } = await agreed(page);
  await page.goto(`/outcomes/${outcome.ref}`);
  await expect(page.getByText('The business agreed to this outcome.')).toBeVisible();
  await looksWell(page, 'outcome-agreed');
  await page.getByRole('link', { name: 'Propose an amendment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('amendment');
  await expect(page.getByText('Now: 6', { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Why' }).fill('Two more vans came.');
  await page
    .getByRole('spinbutton', { name: 'Target' })
    .or(page.getByRole('textbox', { name: 'Target' }))
    .fill('4');
  await looksWell(page, 'amendment-new');
  await page.getByRole('button', { name: 'Create amendment' }).click();
  await expect(page.getByRole('row', { name: /Target 6 4/ })).toBeVisible();
  await expect(page.getByText('Baseline from', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: '12 fields stay as they are' }).click();
  await expect(page.getByText('Baseline from', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Only what becomes another' }).click();
  await looksWell(page, 'amendment');
  await page.getByRole('button', { name: 'Decide at G11' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('The vans are paid for.');
  await looksWell(page, 'amendment-gate');
  await page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'Amend', exact: true }).click();
  await expect(page.getByText(/^Recorded: Amend, G11 on AMD-/)).toBeVisible();

  await page.goto('/decisions');
  const changed = page.getByRole('region', { name: /^Altered since I decided/ });
  const row = changed.getByRole('listitem').filter({ hasText: requirement.ref });
  await expect(row).toBeVisible();
  await looksWell(page, 'decisions-changed');
  await row.getByRole('link').click();
  const altered = page.getByRole('region', { name: 'Altered since it was decided' });
  await expect(altered.getByText('Target: 6 4')).toBeVisible();
  await looksWell(page, 'gate-changed');
  await page.getByRole('textbox', { name: 'Reason' }).fill('It is what we want now.');
  await page.getByRole('group', { name: 'Outcomes' }).getByRole('button', { name: 'It stands', exact: true }).click();
  await expect(page.getByText(`Recorded: It stands, G1 on ${requirement.ref}.`)).toBeVisible();
  await expect(altered).toHaveCount(0);
});
