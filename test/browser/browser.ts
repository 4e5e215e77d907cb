// Finds a Chromium without asking anyone to install one: E2E_CHROMIUM, Playwright's own download, one on the PATH, the one from npm.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

export interface Browser {
  executablePath: string;
  args: string[];
}

const root = join(import.meta.dirname, '..', '..');
// The package's own arguments are for one page in a small sandbox (one process, no web security): tests want a usual browser.
const usual = ['--no-sandbox', '--disable-gpu'];
const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

function fromPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return onPath.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

async function fromNpm(): Promise<Browser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  if (!existsSync(manifest)) return undefined;
  // It reuses any file called `chromium` in the temporary folder, of whatever version: so each version unpacks into a folder of its own.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(root, 'node_modules', '.cache', `chromium-${version}`);
  const executablePath = await unpack(folder);
  if (starts(executablePath)) return { executablePath, args: usual };
  // A bare machine lacks NSS and NSPR: the package brings them, but unpacks them only under this name.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const whole = await unpack(`${folder}-with-libraries`);
  process.env.LD_LIBRARY_PATH = [join(`${folder}-with-libraries`, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(delimiter);
  return starts(whole) ? { executablePath: whole, args: usual } : undefined;
}

const starts = (executablePath: string) => spawnSync(executablePath, ['--version'], { timeout: 20_000 }).status === 0;

async function unpack(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The browser the tests run in. Throws one sentence that says what to do when there is none. */
export async function findBrowser(): Promise<Browser> {
  const named = process.env.E2E_CHROMIUM;
  if (named) return { executablePath: named, args: [] };
  const downloaded = chromium.executablePath();
  if (existsSync(downloaded)) return { executablePath: downloaded, args: [] };
  const found = fromPath();
  if (found) return { executablePath: found, args: [] };
  const packed = await fromNpm();
  if (packed) return packed;
  throw new Error('No Chromium was found: set E2E_CHROMIUM to one, or run "npx playwright install chromium".');
}
