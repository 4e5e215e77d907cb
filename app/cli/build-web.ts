import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../core/database/embedded/index.ts';

/** Builds the web application once; a checkout without its build tools runs the API alone and says so. */
export async function buildWeb(): Promise<void> {
  if (!existsSync(join(checkout, 'vite.config.ts'))) return;
  console.log('Building the web application (first start, some seconds) ...');
  const { build } = await import('vite');
  await build({ configFile: join(checkout, 'vite.config.ts'), logLevel: 'error' });
}
