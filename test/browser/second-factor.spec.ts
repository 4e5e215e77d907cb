// A second factor is switched on, used, lost and switched off by the screens alone. Its kind: what the sign-in can do and no
// screen reached; looked at as well: new recovery codes, a wrong password and a wrong code on the way.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { oneTimeCode } from '../support/one-time-code.ts';
import { looksWell } from './accessible.ts';
import { password } from './arrange.ts';
import { newColleague } from './own.ts';

test.use({ storageState: { cookies: [], origins: [] } });

async function begin(page: Page, email: string, next = '/keys') {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
const yourKeys = (page: Page) =>
  expect(page.getByRole('heading', { level: 1, name: 'Sign-in and keys' })).toBeVisible();
const codesOf = async (page: Page): Promise<string[]> =>
  ((await page.getByRole('dialog').getByLabel('Recovery codes', { exact: true }).textContent()) ?? '').split('\n');

/** By keys alone, with a wrong password and a wrong code on the way; tells the secret and the recovery codes. */
async function switchOn(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole('button', { name: 'Switch a second factor on' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type('not the right one');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That is not the password that you have.')).toBeVisible();
  await dialog.getByLabel('Your password').fill(password);
  await page.keyboard.press('Enter');
  const code = dialog.getByLabel('Code that it shows');
  await expect(code).toBeFocused();
  await expect(dialog.getByRole('img', { name: 'Picture for the authenticator' })).toBeVisible();
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That code is not right, or no longer.')).toBeVisible();
  await looksWell(page, 'second-factor-authenticator');
  const secret = ((await dialog.getByLabel('Secret', { exact: true }).textContent()) ?? '').replaceAll(' ', '');
  await code.fill(oneTimeCode(secret));
  await code.press('Enter');
  await expect(dialog.getByText('The second factor is on')).toBeVisible();
  await looksWell(page, 'second-factor-on');
  const codes = await codesOf(page);
  await dialog.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(page.getByText('a code of your authenticator.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return { secret, codes };
}

test('a second factor is switched on, asked for at the sign-in, and off again with the password', async ({
  page,
  browser,
}) => {
  const email = await newColleague(page, 'Fay Factor');
  const context = await browser.newContext();
  const own = await context.newPage();
  await begin(own, email);
  await yourKeys(own);
  const { secret } = await switchOn(own);
  await looksWell(own, 'your-keys-second-factor');

  await context.clearCookies();
  await begin(own, email);
  await expect(own.getByLabel('Code of your authenticator')).toBeFocused();
  await looksWell(own, 'sign-in-code');
  await own.keyboard.type(oneTimeCode(secret, 1));
  await own.keyboard.press('Enter');
  await yourKeys(own);

  await own.getByRole('button', { name: 'Switch it off' }).click();
  await looksWell(own, 'second-factor-off');
  await own.getByRole('dialog').getByLabel('Your password').fill(password);
  await own.keyboard.press('Enter');
  await expect(own.getByText('The second factor is off.')).toBeVisible();
  await expect(own.getByRole('button', { name: 'Switch a second factor on' })).toBeVisible();
  await context.close();
});

test('who lost the authenticator comes in by a recovery code, once, and makes new ones', async ({ page, browser }) => {
  const email = await newColleague(page, 'Rita Recovers');
  const context = await browser.newContext();
  const own = await context.newPage();
  await begin(own, email);
  await yourKeys(own);
  const { codes } = await switchOn(own);
  expect(codes).toHaveLength(10);
  const byCode = async (code: string) => {
    await context.clearCookies();
    await begin(own, email);
    await own.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await expect(own.getByLabel('Recovery code')).toBeFocused();
    await expect(own.getByText('The administrator of your own side gives you a new link')).toBeVisible();
    await own.keyboard.type(code);
    await own.keyboard.press('Enter');
  };
  await byCode(codes[0] ?? '');
  await yourKeys(own);
  await byCode(codes[0] ?? '');
  await expect(own.getByText('That is none of your recovery codes, or it was used.')).toBeVisible();
  await looksWell(own, 'sign-in-recovery-code');
  await byCode(codes[1] ?? '');
  await yourKeys(own);
  await own.getByRole('button', { name: 'New recovery codes' }).click();
  await own.getByRole('dialog').getByLabel('Your password').fill(password);
  await own.keyboard.press('Enter');
  await expect(own.getByRole('dialog')).toContainText('each of these lets you in once');
  const [fresh = ''] = await codesOf(own);
  await byCode(codes[2] ?? '');
  await expect(own.getByText('That is none of your recovery codes, or it was used.')).toBeVisible();
  await byCode(fresh);
  await yourKeys(own);
  await context.close();
});
