// Every statement that the last whole run of the tests sent is prepared once more on a database that was only just migrated, as the
// application's role: none leans on what a test left behind. Fails with those that PostgreSQL does not take.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { migrationFolders } from '../app/server/migrations.ts';
import { connect } from '../core/database/connect.ts';
import { startEmbedded } from '../core/database/embedded/index.ts';
import { allJobs } from '../app/server/background.ts';
import { appGroup, migrate } from '../core/database/migrate.ts';
import { prepareJobs } from '../core/jobs/run.ts';
import { statementsFolder } from '../test/support/statements.ts';

/** Tables that an act, or a test, makes for itself and that end with it: who reads them cannot be prepared without them. */
const passing = /\b(?:kept_\w+|pg_temp\.\w+|sample\.\w+)\b/;

function recorded(): string[] {
  const files = existsSync(statementsFolder) ? globSync('*.sql', { cwd: statementsFolder }) : [];
  return files.map((file) => readFileSync(join(statementsFolder, file), 'utf8')).filter((text) => !passing.test(text));
}

/** What PostgreSQL says against a statement; nothing where it takes it. */
async function fault(client: pg.PoolClient, text: string): Promise<string | null> {
  try {
    await client.query(`prepare once_more as ${text}`);
    await client.query('deallocate once_more');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function faults(texts: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'servicewright-statements-'));
  const server = await startEmbedded({ dataFolder: folder, fsync: false });
  const owner = connect(server.ownerConfig, { max: 2, longStatements: true });
  const app = connect(server.appConfig, { max: 1 });
  try {
    await migrate(owner, migrationFolders, server.appConfig.user);
    const jobs = allJobs({ keys: folder, dataFolder: folder, told: () => undefined });
    await prepareJobs(owner, server.ownerConfig, jobs, appGroup);
    const client = await app.connect();
    const found: string[] = [];
    for (const text of texts) {
      const said = await fault(client, text);
      if (said) found.push(`${said}\n${text}\n`);
    }
    client.release();
    return found;
  } finally {
    await Promise.all([owner.end(), app.end()]);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const texts = recorded();
const found = texts.length ? await faults(texts) : ['No test left a statement: run the unit tests first.'];
for (const said of found) console.log(said);
console.log(`${texts.length - found.length} of ${texts.length} statements were prepared once more.`);
process.exitCode = found.length ? 1 : 0;
