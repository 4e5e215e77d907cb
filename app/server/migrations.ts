import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationFolder } from '../../core/database/migrate.ts';

const root = join(import.meta.dirname, '../..');
const schemas = ['core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement', 'identity'];

/** The folders whose migrations make the whole database, in the order they run. */
export const migrationFolders: readonly MigrationFolder[] = schemas
  .map((schema) => ({ schema, folder: join(root, schema, 'migrations') }))
  .filter(({ folder }) => existsSync(folder));
