// Keys of one's own, and the link that lets somebody of one's side in again.
import { expect, test } from '@playwright/test';
import { looksWell } from './accessible.ts';
import { password, people } from './arrange.ts';
import { call, newColleague, signIn } from './own.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test('a key is made, told once, seen and revoked by its owner', async ({ page }) => {
  await signIn(page, people.owner);
  await page.getByRole('button', { name: new RegExp(people.owner.name) }).click();
  await page.getByRole('menuitem', { name: 'Sign-in and keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and keys' })).toBeVisible();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it is for').fill('Monthly figures');
  await looksWell(page, 'make-key');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  const secret = dialog.getByLabel('Key', { exact: true });
  await expect(secret).toHaveText(/^sw_/);
  const key = (await secret.textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: /Monthly figures/ }).first();
  await expect(row).toContainText('read');
  await looksWell(page, 'your-keys');
  const me = () => fetch(new URL('/api/v1/me', page.url()), { headers: { authorization: `Bearer ${key}` } });
  expect((await me()).status).toBe(200);
  await row.getByRole('button', { name: 'Revoke Monthly figures' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The key “Monthly figures” is revoked.')).toBeVisible();
  await expect(row).toContainText('revoked');
  expect((await me()).status).toBe(401);
});

test('a password is changed by who knows it, and what the old one opened ends', async ({ page, browser }) => {
  const email = await newColleague(page, 'Nia Newword');
  const [here, elsewhere] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [own, other] = await Promise.all([here.newPage(), elsewhere.newPage()]);
  await signIn(other, { email });
  await signIn(own, { email }, '/keys');
  await own.getByRole('button', { name: 'Change your password' }).click();
  const dialog = own.getByRole('dialog');
  await dialog.getByLabel('Password until now').fill('not the right one');
  await dialog.getByLabel('New password').fill('another long pass phrase');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(dialog.getByText('That is not the password that you have.')).toBeVisible();
  await looksWell(own, 'change-password');
  await dialog.getByLabel('Password until now').fill(password);
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(own.getByText('Your password is changed.')).toBeVisible();
  await own.reload();
  await expect(own.getByRole('heading', { level: 1, name: 'Sign-in and keys' })).toBeVisible();
  await other.goto('/work');
  await expect(other).toHaveURL(/sign-in/);
  await Promise.all([here.close(), elsewhere.close()]);
});

test('who forgot the password gets a link from the administrator of their side, and nobody else makes it', async ({
  page,
}) => {
  await signIn(page, people.authority);
  // Whoever administers a customer notes its own people, and need not say whose they are.
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Tess Forgot');
  await page.getByRole('button', { name: 'Create person' }).click();
  await page.getByRole('button', { name: 'Make a link to sign in' }).click();
  const address = page.url();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It works for a week.');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = (await dialog.getByLabel('Link', { exact: true }).textContent()) ?? '';
  const token = link.split('#')[1];
  await dialog.getByRole('button', { name: 'Done' }).click();
  await call(page, 'POST', '/welcome', { token, name: 'Tess', email: 'tess@example.org', password });
  await page.reload();
  await expect(page.getByText('Has a password.')).toBeVisible();
  await page.getByRole('button', { name: 'Forgotten password or second factor' }).click();
  await expect(dialog).toContainText('all sessions and keys end');
  await looksWell(page, 'new-link');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByLabel('Link', { exact: true })).toContainText('/welcome#');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await looksWell(page, 'person');

  await page.context().clearCookies();
  await signIn(page, people.administrator, new URL(address).pathname);
  await expect(page.getByText('The administrator of their own side sees how they sign in.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Forgotten password or second factor' })).toHaveCount(0);
});

// Its kind: a try that the server answers with a question. Looked at besides: making a key (the same), and the acts on one's own
// sign-in, which ask for the password from the beginning.
test('who signed in a while ago is asked for the password, and told of no failure before', async ({ page }) => {
  await signIn(page, people.authority);
  const { person } = await call<{ person: { customer: string } }>(page, 'GET', '/me');
  const colleague = { title: 'Stella Stale', customer: person.customer };
  const { record } = await call<{ record: { ref: string } }>(page, 'POST', '/people', colleague);
  const fresh = {
    code: 'sign-in.fresh',
    sentence: 'This asks for your password.',
    hint: 'Give it.',
    field: 'password',
  };
  const refused = JSON.stringify({ type: 'about:blank', title: 'x', status: 403, code: fresh.code, refusals: [fresh] });
  await page.route('**/api/v1/people/*/invitation', (route) =>
    route.request().postDataJSON()?.password
      ? route.continue()
      : route.fulfill({ status: 403, contentType: 'application/problem+json', body: refused }),
  );
  await page.goto(`/people/${record.ref}`);
  await page.getByRole('button', { name: 'Make a link to sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const own = dialog.getByLabel('Your password');
  await expect(own).toBeFocused();
  await expect(own).toHaveAccessibleDescription('This asks for your password.');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await looksWell(page, 'link-asks-password');
  await own.fill(password);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByLabel('Link', { exact: true })).toContainText('/welcome#');
});

test('a customer organisation is claimed by the link that the administrator of the provider makes', async ({
  page,
}) => {
  await signIn(page, people.administrator);
  const { record } = await call<{ record: { ref: string } }>(page, 'POST', '/customers', {
    title: 'Kestrel Mills',
    relationship: 'external',
    zone: 'Europe/London',
  });
  await page.goto(`/customers/${record.ref}`);
  await expect(page.getByText('until its administrator has claimed it, nobody decides for it')).toBeVisible();
  await page.getByRole('button', { name: 'Make the link for its administrator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = (await dialog.getByLabel('Link', { exact: true }).textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  const taken = { token: link.split('#')[1], name: 'Kit Mills', email: 'kit@example.org', password };
  await call(page, 'POST', '/welcome', taken);
  await page.reload();
  await expect(page.getByText('Its own administrator keeps its people and their rights.')).toBeVisible();
  await looksWell(page, 'claim');

  await signIn(page, taken);
  const { person } = await call<{ person: { customer: string } }>(page, 'GET', '/me');
  const second = { title: 'Sal Mills', customer: person.customer };
  const { record: colleague } = await call<{ record: { id: string } }>(page, 'POST', '/people', second);
  const right = { ...second, title: 'Business owner', person: colleague.id, role: 'BOW' };
  await call(page, 'POST', '/role-grants', right);
  const { token } = await call<{ token: string }>(page, 'POST', `/people/${colleague.id}/invitation`);
  const email = 'sal@example.org';
  await call(page, 'POST', '/welcome', { token, name: 'Sal Mills', email, password });
  await signIn(page, { email });
  const notice = page.getByRole('region', { name: 'Who administers Kestrel Mills' });
  await expect(notice).toContainText('One person claimed Kestrel Mills');
  await looksWell(page, 'claim-to-confirm');
  await notice.getByRole('button', { name: 'Confirm the claim' }).click();
  await dialog.getByLabel('Reason').fill('Kit runs our office.');
  await dialog.getByRole('button', { name: 'Confirm the claim' }).click();
  await expect(notice).toBeHidden();
});

// Its kind: a field whose words are a code that nobody knows by heart.
test('a role is given from the page of who gets it, chosen and read by what it is called', async ({ page }) => {
  await signIn(page, people.administrator);
  const { record } = await call<{ record: { ref: string } }>(page, 'POST', '/people', { title: 'Rolf Ready' });
  await page.goto(`/people/${record.ref}`);
  await page.getByRole('link', { name: 'Give a role' }).click();
  await expect(page.getByRole('combobox', { name: 'Person' })).toHaveValue('Rolf Ready');
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Change manager' });
  await looksWell(page, 'grant-new');
  await page.getByRole('button', { name: 'Create role grant' }).click();
  await expect(page.getByRole('definition').filter({ hasText: 'Change manager' })).toBeVisible();
  await page.goto(`/people/${record.ref}`);
  await page.getByRole('link', { name: 'Roles held' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Rolf Ready' })).toContainText('Change manager');
  await expect(page.getByRole('row').filter({ hasText: 'Change manager' })).toHaveCount(1);
});

// Its kind: records that are somebody's by what they are, whoever is named as seeing them.
test('the forms of organisations, people and rights do not ask for whom they are', async ({ page }) => {
  await signIn(page, people.administrator);
  for (const path of ['customers', 'people', 'role-grants', 'delegations']) {
    await page.goto(`/${path}/new`);
    await expect(page.getByRole('combobox', { name: 'Owner' })).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Add a customer' })).toHaveCount(0);
  }
});
