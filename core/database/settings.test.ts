import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseFromEnvironment } from './settings.ts';

test('with one URL the same role does both jobs, and the journal is not protected', async () => {
  const DATABASE_URL = 'postgres://app:secret@db.example/sw';
  const { ownerConfig, appConfig, appLogin, protectsJournal } = await databaseFromEnvironment({ DATABASE_URL });
  expect({ ownerConfig, appConfig, appLogin, protectsJournal }).toEqual({
    ownerConfig: { connectionString: DATABASE_URL },
    appConfig: { connectionString: DATABASE_URL },
    appLogin: 'app',
    protectsJournal: false,
  });
});

test.each([
  ['postgres://owner:secret@db.example/sw', true],
  ['postgres://app:other@db2.example/sw', false],
])('with the owner URL %s the journal is protected: %s', async (DATABASE_OWNER_URL, expected) => {
  const settings = await databaseFromEnvironment({
    DATABASE_URL: 'postgres://app:secret@db.example/sw',
    DATABASE_OWNER_URL,
  });
  expect(settings.protectsJournal).toBe(expected);
  expect(settings.ownerConfig).toEqual({ connectionString: DATABASE_OWNER_URL });
});

test('reads a user that stands in the query or is percent-encoded', async () => {
  const inQuery = await databaseFromEnvironment({ DATABASE_URL: 'postgres:///sw?host=/run/postgresql&user=app' });
  const encoded = await databaseFromEnvironment({ DATABASE_URL: 'postgres://a%40b:secret@db.example/sw' });
  expect([inQuery.appLogin, encoded.appLogin]).toEqual(['app', 'a@b']);
});

test('without a URL it starts the embedded database in the named folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'servicewright-settings-'));
  const settings = await databaseFromEnvironment({ SERVICEWRIGHT_DATA: folder });
  expect(settings.embedded?.dataFolder).toBe(folder);
  expect([settings.appLogin, settings.protectsJournal]).toEqual(['app', true]);
  await settings.stop();
  await rm(folder, { recursive: true });
});
