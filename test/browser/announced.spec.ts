// Who administers an organisation that has lost its administrator: announced by two of the provider, read on the first page by who
// is left, and stopped.
import { expect, test } from '@playwright/test';
import { looksWell } from './accessible.ts';
import { people } from './arrange.ts';
import { forsaken } from './forsaken.ts';
import { call, signIn } from './own.ts';

test.use({ storageState: { cookies: [], origins: [] } });

interface Listed {
  items: { id: string; title: string; ref: string }[];
}

test('whom two of the provider announce stands on the first page of whoever is left, who stops it', async ({
  page,
  browser,
}) => {
  await signIn(page, people.administrator);
  const { items } = await call<Listed>(page, 'GET', '/customers?limit=50');
  const customer = items.find(({ title }) => title === forsaken.title);
  await page.goto(`/customers/${customer?.ref}`);
  await expect(page.getByText('It has no administrator who can sign in')).toBeVisible();
  await page.getByRole('button', { name: 'Announce an administrator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Announced as administrator' }).fill(forsaken.announced);
  await page.getByRole('option', { name: new RegExp(forsaken.announced) }).click();
  await dialog.getByLabel('Reason').fill('Gus Gone left, and nobody there can let anybody in.');
  await dialog.getByRole('button', { name: 'Announce an administrator' }).click();
  const panel = page.getByRole('main');
  await expect(panel.getByText(/A second administrator of the provider has to join/)).toBeVisible();
  await looksWell(page, 'announced-by-one');

  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [other, theirs] = await Promise.all([contexts[0].newPage(), contexts[1].newPage()]);
  await signIn(other, forsaken.second, `/customers/${customer?.ref}`);
  await other.getByRole('button', { name: 'Announce it with them' }).click();
  await other.getByRole('dialog').getByLabel('Reason').fill('I know Nia Calder from there.');
  await other.getByRole('dialog').getByRole('button', { name: 'Announce it with them' }).click();
  await expect(other.getByText(/If nobody stops it they may come from/)).toBeVisible();
  await looksWell(other, 'announced-by-two');

  await signIn(theirs, forsaken.left);
  const notice = theirs.getByRole('region', { name: `Who administers ${forsaken.title}` });
  await expect(notice).toContainText(forsaken.announced);
  await expect(notice).toContainText(people.administrator.name);
  await expect(notice).toContainText(forsaken.second.name);
  await looksWell(theirs, 'announced-to-them');
  await notice.getByRole('button', { name: 'Stop it' }).click();
  const stop = theirs.getByRole('dialog');
  await stop.getByLabel('Reason').fill('I do not know them.');
  await looksWell(theirs, 'announced-stop');
  await stop.getByRole('button', { name: 'Stop the announcement' }).click();
  await expect(notice).toBeHidden();
  await page.reload();
  await expect(page.getByText(/announced .* as administrator/)).toBeHidden();
  await Promise.all(contexts.map((each) => each.close()));
});
