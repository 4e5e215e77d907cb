// `npm run dev`: the server and the screens, each anew when its code is saved, on the example with its small log. The data
// stands in data/dev and stays; remove the folder to begin anew.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { databaseFromEnvironment } from '../core/database/settings.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { port: { type: 'string', default: '5173' }, 'server-port': { type: 'string', default: '8080' } },
});
const dataFolder = process.env['SERVICEWRIGHT_DATA'] ?? join(root, 'data/dev');
const server = `http://127.0.0.1:${values['server-port']}`;
const env = { ...process.env, SERVICEWRIGHT_DATA: dataFolder, SERVICEWRIGHT_URL: server };
const program = join(root, 'servicewright.ts');
mkdirSync(dataFolder, { recursive: true });

/** What the example told when it was played: also whom to sign in as. */
const told = join(dataFolder, 'example.txt');

/** Runs Node to its end, or until it is stopped. */
function run(args: readonly string[], stdout: 'inherit' | 'pipe' = 'inherit') {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['inherit', stdout, 'inherit'] });
  return { child, ended: new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1))) };
}

async function playExample(): Promise<void> {
  const { child, ended } = run([program, 'demo', 'incident-log'], 'pipe');
  child.stdout?.pipe(process.stdout, { end: false });
  child.stdout?.pipe(createWriteStream(told, { mode: 0o600 }));
  if ((await ended) !== 0) throw new Error('The example could not be played; what it said stands above.');
}

// Held here, so that the database goes on while the server starts anew.
const database = await databaseFromEnvironment(env);
try {
  if (!existsSync(told)) await playExample();
  const screens = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { port: Number(values.port), strictPort: true, proxy: { '/api': server, '/readyz': server } },
  });
  await screens.listen();
  screens.printUrls();
  console.log(`Whom to sign in as stands at the end of ${told}`);
  const { child, ended } = run([
    '--watch',
    '--watch-preserve-output',
    program,
    'start',
    '--port',
    values['server-port'],
    '--public-url',
    `http://localhost:${values.port}`,
  ]);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  await ended;
  await screens.close();
} finally {
  await database.stop();
}
