import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationFolders } from '../../app/server/migrations.ts';
import { connect } from '../../core/database/connect.ts';
import { schemaDump } from '../../core/database/dump.ts';
import { startEmbedded } from '../../core/database/embedded/index.ts';
import { migrate } from '../../core/database/migrate.ts';

/** All tables, as a new installation has them. */
export async function schema(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'servicewright-reference-'));
  const server = await startEmbedded({ dataFolder: folder, fsync: false });
  const owner = connect(server.ownerConfig, { max: 2, longStatements: true });
  try {
    await migrate(owner, migrationFolders, server.appConfig.user);
    return await schemaDump(owner, { without: ['pgboss'] });
  } finally {
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
