// A record type that nobody wrote, made in a copy of the project by `npm run make record`, walks its states on its page.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { port } from './port.ts';

test.use({ storageState: { cookies: [], origins: [] }, actionTimeout: 20_000 });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const root = join(import.meta.dirname, '../..');
const left = /^(?:node_modules|dist|data|test-results|\.git)$/;
const copy = mkdtempSync(join(tmpdir(), 'servicewright-made-page-'));
const data = mkdtempSync(join(tmpdir(), 'servicewright-made-data-'));
let server: ChildProcess | undefined;
let firstLink = '';

/** Starts the program of the copy, which builds its screens first. Gives the one-time link that it prints. */
function started(): Promise<string> {
  const env = { ...process.env, SERVICEWRIGHT_DATA: data };
  const child = spawn(process.execPath, ['servicewright.ts', 'start', '--port', String(port + 1)], { cwd: copy, env });
  server = child;
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part.toString();
      const link = /First sign-in[^:]*: (\S+)/.exec(said)?.[1];
      if (link) resolve(link);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`the copy did not start: ${said}`)));
  });
}

test.beforeAll(async () => {
  cpSync(root, copy, { recursive: true, filter: (path) => !left.test(path.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const made = spawnSync(process.execPath, ['tools/make.ts', 'record', 'operation', 'service-notice'], { cwd: copy });
  expect(made.status, String(made.stderr)).toBe(0);
  firstLink = await started();
});

test.afterAll(async () => {
  if (server && server.exitCode === null) {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
  for (const folder of [copy, data]) rmSync(folder, { recursive: true, force: true });
});

test('it is made, refused once in words, and finished', async ({ page }) => {
  await page.goto(firstLink);
  await page.getByLabel('Name').fill('Ada Lindqvist');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.locator('input[name=password]').fill('a long enough pass phrase');
  await page.locator('button[type=submit]').click();
  await expect(page).not.toHaveURL(/welcome/);

  const origin = new URL(firstLink).origin;
  await page.goto(`${origin}/service-notices`);
  await expect(page.getByRole('heading', { level: 1, name: 'Service notices' })).toBeVisible();
  await page.goto(`${origin}/service-notices/new`);
  await page.getByRole('textbox', { name: 'Title' }).fill('The lift is serviced on Sunday');
  await page.getByRole('button', { name: 'Create service notice' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /The lift is serviced/ })).toBeVisible();

  await page.getByRole('button', { name: /not now$/ }).click();
  await expect(page.getByRole('dialog').getByText('It has no description.')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Edit Description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('From seven to nine.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Description saved.')).toBeVisible();

  await page.getByRole('button', { name: 'Finish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Assignee' }).fill('Ada');
  await page.getByRole('option', { name: /Ada Lindqvist/ }).click();
  await dialog.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible();
});
