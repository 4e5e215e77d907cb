// What another system calls a record, on its page.
import { expect, test } from '@playwright/test';
import { call } from './own.ts';

test.use({ storageState: 'test-results/service desk.json' });

interface Items {
  items: { ref: string; fields: Record<string, unknown> }[];
}

test('a record that came from another system says what that calls it, and when it was last read', async ({ page }) => {
  const { items } = await call<Items>(page, 'GET', '/incidents?limit=200&sort=number');
  const last = items.at(-1)?.ref ?? '';
  const { record } = await call<{ record: { fields: { sourceKey: string } } }>(page, 'GET', `/incidents/${last}`);
  await page.goto(`/incidents/${last}`);
  const panel = page.getByRole('region', { name: 'In other systems' });
  await expect(panel.getByText(`${record.fields.sourceKey} in made-example-log`)).toBeVisible();
  await expect(panel.getByText('last read')).toBeVisible();
});

test('one that was begun here says so', async ({ page }) => {
  const { record: service } = await call<{ record: { id: string } }>(page, 'GET', '/services/SVC-1');
  const { record } = await call<{ record: { ref: string } }>(page, 'POST', '/incidents', {
    title: 'Lamp is out',
    service: service.id,
  });
  await page.goto(`/incidents/${record.ref}`);
  await expect(
    page.getByRole('region', { name: 'In other systems' }).getByText('no other system tells of it'),
  ).toBeVisible();
});
