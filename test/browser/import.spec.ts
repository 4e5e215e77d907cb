// A table of another system, from the file to its taking back, by an administrator's screens alone.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { breaksNoCustom } from './accessible.ts';
import { password, people } from './arrange.ts';
import { port } from './port.ts';

test.use({ storageState: { cookies: [], origins: [] } });

const table = [
  'Ticket;Summary;Status;Updated;Urgency;Assigned to;Shoe size',
  'IM-1;Scanner is dark;Neu;9.3.2026 14:05;hoch;Ann;44',
  'IM-1;Scanner is dark;Closed;25.3.2026 8:00;hoch;Ann;44',
  'IM-2;No labels;Neu;10.3.2026 9:30;?;;44',
  ';Nobody knows;Neu;10.3.2026 9:30;hoch;;44',
].join('\n');

async function signIn(page: Page): Promise<void> {
  const answer = await page.request.post('/api/v1/auth/sign-in/email', {
    headers: { origin: `http://localhost:${port}` },
    data: { email: people.administrator.email, password },
  });
  expect(answer.ok()).toBe(true);
}

test('a file is mapped, looked at, imported, found and taken back', async ({ page }) => {
  await signIn(page);
  await page.goto('/work');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Imports' }).first().click();
  await page.getByRole('button', { name: 'New import' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await choosing).setFiles({ name: 'desk.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });

  // Semicolons, key, time, title and a word of a state are guessed; what is in another language is set by hand.
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('Ticket');
  await expect(page.getByLabel('How times are written')).toHaveValue('d.M.yyyy HH:mm');
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('{Summary}');
  await expect(page.getByLabel('State: Closed')).toHaveValue('closed');
  await page.getByLabel('State: Neu').selectOption({ label: 'New' });
  await page.getByLabel('Urgency: hoch').selectOption({ label: 'High' });
  await page.getByLabel('Name of the source').fill('');
  await page.getByLabel('Assignee: what the column holds').selectOption({ label: "The provider's own people" });
  await page.getByRole('button', { name: 'Look at the first records' }).click();
  await expect(page.getByText('It cannot be looked at yet')).toBeVisible();
  await page.getByLabel('Name of the source').fill('Old desk');
  await page.getByRole('button', { name: 'Look at the first records' }).click();
  await expect(page.getByText(/Of the first 4 rows 3 can be taken and 1 cannot/)).toBeVisible();
  await expect(
    page.getByRole('group', { name: 'The first records' }).getByRole('row', { name: /IM-1 .*Closed/ }),
  ).toBeVisible();
  await breaksNoCustom(page);

  await page.getByRole('button', { name: 'Start the import' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'desk.csv' })).toBeVisible();
  await expect(page.getByText('Ended', { exact: true })).toBeVisible();
  const rejects = page.getByRole('region', { name: /rows? (was|were) not taken/ });
  await expect(rejects.getByRole('row', { name: /^5 / })).toBeVisible();
  const saving = page.waitForEvent('download');
  await rejects.getByRole('link', { name: 'Save as CSV' }).click();
  expect((await saving).suggestedFilename()).toContain('.csv');

  await page.getByRole('button', { name: 'Use its mapping again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New import' })).toBeVisible();
  await page.goBack();

  await page.getByRole('button', { name: 'Take back' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('2 records are shown nowhere any more', { exact: false })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It was the wrong desk.');
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('The import is taken back.')).toBeVisible();
  await expect(page.getByText('It was the wrong desk.')).toBeVisible();
  await page.getByRole('link', { name: 'Imports' }).first().click();
  await expect(page.getByRole('row', { name: /desk\.csv.*Taken back/ })).toBeVisible();
});

test('who administers nothing is told that imports are not theirs', async ({ browser }) => {
  const context = await browser.newContext({ storageState: 'test-results/service desk.json' });
  const page = await context.newPage();
  await page.goto('/imports');
  await expect(page.getByText('Imports are made by an administrator of the provider.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Imports' })).toHaveCount(0);
  await context.close();
});
