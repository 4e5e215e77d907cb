// Runs a tool of node_modules/.bin on the pinned Node: `npx vitest` typed by hand may run on an older one.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const packageOf: Record<string, string> = {
  tsc: 'typescript',
  biome: '@biomejs/biome',
  playwright: '@playwright/test',
};

/** Finds the file a package's `bin` entry names. Throws when the package is not installed. */
export function toolPath(tool: string): string {
  const name = packageOf[tool] ?? tool;
  const manifestPath = join(import.meta.dirname, '..', 'node_modules', name, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as { bin?: string | Record<string, string> };
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[tool];
  if (!bin) throw new Error(`${name} has no program called ${tool}`);
  return join(dirname(manifestPath), bin);
}

if (import.meta.main) {
  const [tool = '', ...args] = process.argv.slice(2);
  const child = spawn(process.execPath, [toolPath(tool), ...args], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
}
