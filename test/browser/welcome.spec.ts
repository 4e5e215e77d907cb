// Whoever opens a one-time link is told what became of it, and finds the next step. Its kind: a refusal about something that no
// input of the form stands for, and an entrance that leads nowhere; looked at as well: the other forms that set refusals beside inputs.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { looksWell } from './accessible.ts';
import { password, people } from './arrange.ts';
import { call, signIn } from './own.ts';

test.use({ storageState: { cookies: [], origins: [] } });

async function comeBy(page: Page, token: string, name: string, email: string) {
  await page.goto('about:blank');
  await page.goto(`/welcome#${token}`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
}

test('the administrator of a new customer begins with its people, and a link that was used says so', async ({
  page,
}) => {
  await signIn(page, people.administrator);
  const given = { title: 'Sable Bindery', relationship: 'external', zone: 'Europe/London' };
  const { record } = await call<{ record: { id: string } }>(page, 'POST', '/customers', given);
  const { token } = await call<{ token: string }>(page, 'POST', `/customers/${record.id}/invitation`);
  await page.context().clearCookies();

  await comeBy(page, token, 'Sid Binder', 'sid@sable.example');
  await expect(page.getByRole('button', { name: 'Note a person' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Note a customer organisation' })).toHaveCount(0);
  await looksWell(page, 'first-run-customer');
  await page.getByRole('button', { name: 'Note a person' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'New person' })).toBeVisible();

  await page.context().clearCookies();
  await page.goto('about:blank');
  await page.goto(`/welcome#${token}`);
  await expect(page.getByText('This link is unknown, used or expired. Ask for a new one.')).toBeVisible();
  await looksWell(page, 'welcome-used-link');
});
