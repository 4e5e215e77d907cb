// An incident at the desk's hands.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { call } from './own.ts';

test.use({ storageState: 'test-results/service desk.json' });

interface Listed {
  items: { id: string }[];
}
interface Case {
  record: { id: string; ref: string; version: number };
}

/** An incident that somebody works on. */
async function worked(page: Page, title: string, given: object = {}): Promise<Case['record']> {
  const first = async (path: string) => (await call<Listed>(page, 'GET', `/${path}?limit=1`)).items[0]?.id;
  const { person } = await call<{ person: { id: string } }>(page, 'GET', '/me');
  const [service, team] = [await first('services'), await first('teams')];
  const triage = { service, impact: '3', urgency: 'medium' };
  const { record } = await call<Case>(page, 'POST', '/incidents', { title, ...triage, ...given });
  const move = (name: string, expectedVersion: number, more: object) =>
    call<Case>(page, 'POST', `/incidents/${record.id}/moves/${name}`, { expectedVersion, ...more });
  const assigned = await move('assign', record.version, { ...triage, team });
  return (await move('start-work', assigned.record.version, { assignee: person.id })).record;
}

test('a new one is not asked how it ended', async ({ page }) => {
  await page.goto('/incidents/new');
  await expect(page.getByRole('textbox', { name: 'Description' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Assignee' })).toBeVisible();
  for (const later of ['Resolution', 'How it was resolved', 'Service restored at', 'Waiting for'])
    await expect(page.getByLabel(later)).toHaveCount(0);
});

test('a fault mended in its first minute is resolved as it stands, with the time filled in', async ({ page }) => {
  const { ref } = await worked(page, 'Scanner at gate 4 beeps twice');
  await page.goto(`/incidents/${ref}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Service restored at')).not.toHaveValue('');
  await dialog.getByLabel('How it was resolved').selectOption('fixed');
  await dialog.getByLabel('Resolution', { exact: false }).last().fill('Restarted.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByText(`${ref} is now resolved.`)).toBeVisible();
});

test('the priority is altered where it is shown, with a reason', async ({ page }) => {
  const { ref } = await worked(page, 'Scanner at gate 6 is dark');
  await page.goto(`/incidents/${ref}`);
  const pencil = page.getByRole('button', { name: 'Edit Impact' });
  await pencil.click();
  const dialog = page.getByRole('dialog', { name: `Set another priority ${ref}` });
  await dialog.getByLabel('Impact').selectOption('1');
  await dialog.getByLabel('Urgency').selectOption('high');
  await dialog.getByRole('button', { name: 'Set another priority' }).click();
  await expect(dialog.getByText('A kind of reason is needed.')).toBeVisible();
  await dialog.getByLabel('Kind of reason').selectOption('impact_changed');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('All gates are dark now.');
  await dialog.getByRole('button', { name: 'Set another priority' }).click();
  await expect(page.getByText('Set another priority: done.')).toBeVisible();
  await expect(page.getByText('P1', { exact: true }).first()).toBeVisible();
  await expect(pencil).toBeFocused();
});

test('a public note does not claim a reader where no customer is named, and history tells of note and priority', async ({
  page,
}) => {
  const { ref, id, version } = await worked(page, 'Scanner at gate 8 is dark');
  await call(page, 'POST', `/incidents/${id}/moves/reprioritise`, {
    expectedVersion: version,
    impact: '2',
    urgency: 'high',
    reasonCode: 'misclassified',
    reason: 'It is the main gate.',
  });
  await page.goto(`/incidents/${ref}`);
  await expect(page.getByText('No customer is named on it, so none can read it.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Public note' }).fill('We are there.');
  await page.getByRole('button', { name: 'Add public note' }).click();
  await expect(page.getByText('Note added.', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Public note' })).toBeFocused();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Wrote a public note')).toBeVisible();
  await expect(page.getByText('It was misclassified: It is the main gate.')).toBeVisible();
});

test('whoever writes among their own people goes on doing so after the first note', async ({ page }) => {
  const { ref } = await worked(page, 'Scanner at gate 9 is dark');
  await page.goto(`/incidents/${ref}`);
  await page.getByRole('radiogroup', { name: 'Who sees it' }).getByText('Internal').click();
  const note = page.getByRole('textbox', { name: 'Internal note' });
  for (const text of ['Ask the shop first.', 'They said no.']) {
    await note.fill(text);
    await page.getByRole('button', { name: 'Add internal note' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: text })).toContainText('Internal');
    await expect(note).toHaveValue('');
    await expect(note).toBeFocused();
  }
});

test('a refused dialog takes one to what it refuses, and a list opens where something is to be chosen', async ({
  page,
}) => {
  const { ref } = await worked(page, 'Scanner at gate 10 is dark');
  await page.goto(`/incidents/${ref}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How it was resolved').selectOption('fixed');
  await dialog.getByRole('textbox', { name: 'Resolution' }).fill('Restarted.');
  await dialog.getByLabel('Service restored at').fill('2015-01-05T10:00');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expect(dialog.getByLabel('Service restored at')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await dialog.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Assign to others' }).click();
  const team = dialog.getByRole('combobox', { name: 'Team' });
  await expect(team).toBeFocused();
  await expect(team).not.toHaveValue('');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('listbox')).toBeVisible();
});

test('what another wrote into a field that the dialog asks for is asked about, not overwritten', async ({ page }) => {
  const { ref, id } = await worked(page, 'Scanner at gate 7 is dark');
  await page.goto(`/incidents/${ref}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How it was resolved').selectOption('fixed');
  const { record } = await call<Case>(page, 'GET', `/incidents/${id}`);
  await call(page, 'PATCH', `/incidents/${id}`, { expectedVersion: record.version, resolution: 'Cable changed.' });
  const resolution = dialog.getByRole('textbox', { name: 'Resolution' });
  await resolution.fill('Restarted.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  const question = dialog.getByRole('alert');
  await expect(question).toContainText('altered "Resolution" while you were here');
  await expect(question).toContainText('Theirs: Cable changed.');
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await expect(resolution).toHaveValue('Cable changed.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByText(`${ref} is now resolved.`)).toBeVisible();
  await expect(page.getByText('Cable changed.')).toBeVisible();
});

test('what is said with a move goes with it as one act, and is kept through a refusal and a click beside', async ({
  page,
}) => {
  const customer = (await call<Listed>(page, 'GET', '/customers?limit=1')).items[0]?.id;
  const { ref } = await worked(page, 'Scanner at gate 11 is dark', { customers: [customer] });
  await page.goto(`/incidents/${ref}`);
  const resolve = page.getByRole('button', { name: 'Resolve', exact: true });
  await resolve.click();
  const dialog = page.getByRole('dialog');
  const note = dialog.getByRole('textbox', { name: 'Public note' });
  await dialog.getByLabel('How it was resolved').selectOption('fixed');
  await dialog.getByRole('textbox', { name: 'Resolution' }).fill('Restarted.');
  await dialog.getByLabel('Service restored at').fill('2015-01-05T10:00');
  await expect(note).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Say something with it' }).click();
  await expect(note).toBeFocused();
  await note.fill('Your scanner reads again.');
  await expect(note).toHaveAccessibleDescription('The customer reads this.');
  await note.press('Control+Enter');
  await expect(dialog.getByLabel('Service restored at')).toBeFocused();
  await expect(dialog.getByText('Service cannot have been restored', { exact: false })).toBeVisible();
  await expect(note).toHaveValue('Your scanner reads again.');
  await page.mouse.click(5, 5);
  await expect(dialog).toHaveCount(0);
  await resolve.click();
  await expect(note).toHaveValue('Your scanner reads again.');
  await expect(dialog.getByLabel('Service restored at')).toHaveValue('2015-01-05T10:00');
  await dialog.getByLabel('Service restored at').fill('');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expect(dialog.getByText('Service restored at is needed.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await resolve.click();
  await expect(note).toHaveValue('Your scanner reads again.');
});

test('one entry of the history tells the move and what was said with it', async ({ page }) => {
  const { ref, id } = await worked(page, 'Scanner at gate 12 is dark');
  const entries = async () => (await call<{ items: object[] }>(page, 'GET', `/records/${id}/journal`)).items.length;
  const before = await entries();
  await page.goto(`/incidents/${ref}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How it was resolved').selectOption('fixed');
  await dialog.getByRole('textbox', { name: 'Resolution' }).fill('Restarted.');
  await dialog.getByRole('button', { name: 'Say something with it' }).click();
  await dialog.getByRole('radiogroup', { name: 'Who sees it' }).getByText('Internal').click();
  const note = dialog.getByRole('textbox', { name: 'Internal note' });
  await note.fill('Its plug was loose again.');
  await expect(note).toHaveAccessibleDescription('Your own people read this, the customer does not.');
  await note.press('Control+Enter');
  await expect(page.getByText(`${ref} is now resolved; your note is added.`)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Its plug was loose again.' })).toContainText('Internal');
  expect(await entries()).toBe(before + 1);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Resolve, with an internal note')).toBeVisible();
});

test.describe('read in New York', () => {
  test.use({ timezoneId: 'America/New_York', locale: 'en-US' });

  test("times in a refusal are the reader's own, in zone and language", async ({ page }) => {
    const { ref } = await worked(page, 'Scanner at gate 5 beeps twice');
    await page.goto(`/incidents/${ref}`);
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('How it was resolved').selectOption('fixed');
    await dialog.getByLabel('Resolution', { exact: false }).last().fill('Restarted.');
    await dialog.getByLabel('Service restored at').fill('2015-01-05T10:00');
    await dialog.getByRole('button', { name: 'Resolve' }).click();
    const said = dialog.getByText('Service cannot have been restored before the incident began', { exact: false });
    await expect(said).toContainText(/\(\w{3} \d{1,2}, 2016, \d{2}:\d{2} (AM|PM)\)/);
    await expect(said).not.toContainText('Z)');
  });
});
