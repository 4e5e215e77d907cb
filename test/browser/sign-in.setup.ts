import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { PlayedExample } from '../../app/server/example.ts';
import { password, people } from './arrange.ts';
import { emailOf } from './example.ts';
import { exampleFile } from './port.ts';

test('a person signs in and comes back to where they wanted to go', async ({ page }) => {
  await page.goto('/business-requirements');
  await expect(page).toHaveURL(/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(people.owner.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Business requirements' })).toBeVisible();
  await page.context().storageState({ path: 'test-results/owner.json' });
});

for (const role of ['service owner', 'service desk', 'sponsor', 'business owner'])
  test(`the example's ${role} signs in`, async ({ request, baseURL }) => {
    const example = JSON.parse(readFileSync(exampleFile, 'utf8')) as PlayedExample; // written by server.ts
    const answer = await request.post('/api/v1/auth/sign-in/email', {
      data: { email: emailOf(example, role), password: example.password },
      headers: { origin: baseURL ?? '' },
    });
    expect(answer.status()).toBe(200);
    await request.storageState({ path: `test-results/${role}.json` });
  });
