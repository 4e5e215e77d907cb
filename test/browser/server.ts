// The server that the browser tests run against: real, on a database of its own that is gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFromEnvironment } from '../../core/database/settings.ts';
import { startServer } from '../../app/server/start.ts';
import { harbour } from '../../examples/harbour/harbour.ts';
import { arrange } from './arrange.ts';
import { arrangeForsaken } from './forsaken.ts';
import { keepSignedIn, playExample } from './example.ts';
import { port } from './port.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-browser-'));
const database = await databaseFromEnvironment({ ...process.env, SERVICEWRIGHT_DATA: dataFolder });
const server = await startServer({ database, example: harbour, port, dataFolder, callsPerMinute: 100_000 });
if (server.firstLink) {
  await arrange(server.url, server.firstLink);
  await arrangeForsaken(server.url, database);
}
const example = await playExample(server.url, database, dataFolder);
for (const role of [
  'service owner',
  'service desk',
  'portfolio manager',
  'sponsor',
  'business owner',
  'problem manager',
])
  await keepSignedIn(server.url, example, role);
// Playwright waits for this file's address to answer; it does so only once everything is arranged.
console.log(`arranged at ${server.url}`);

let stopping = false;

/** The signal comes twice, directly and through the wrapper that started this. */
async function stop() {
  if (stopping) return;
  stopping = true;
  await server.close();
  rmSync(dataFolder, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
