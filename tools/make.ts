// `npm run make record STAGE NAME`: the files of a new record type, registered, with a first test that fails until its purpose is said.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stages } from './architecture.ts';
import { filesOf, registered } from './make/record.ts';
import type { Names } from './make/record.ts';
import { toolPath } from './run.ts';

const root = process.cwd();
const usage = `npm run make record STAGE NAME [-- --prefix ABC]
  STAGE is one of ${stages.join(', ')}; NAME is the record type in kebab-case: test-case`;

function fault(line: string): never {
  console.error(`${line}\n${usage}`);
  process.exit(2);
}

/** The names, or a line that says what is wrong with them. */
function namesOf(args: string[]): Names {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { prefix: { type: 'string' } } });
  const [what, named, type = ''] = positionals;
  const stage = stages.find((each) => each === named);
  if (what !== 'record') fault('Say what to make: record.');
  if (!stage) fault(`${named ?? 'Nothing'} is no stage.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(type)) fault(`${type || 'Nothing'} is no name of a record type.`);
  if (existsSync(join(root, stage, type))) fault(`${stage}/${type} is there already.`);
  const prefix = values.prefix ?? type.replaceAll('-', '').slice(0, 3).toUpperCase();
  if (!/^[A-Z]{2,4}$/.test(prefix)) fault(`${prefix} is no prefix: two to four capital letters.`);
  const numbers = readdirSync(join(root, stage, 'migrations')).map((file) => Number(file.slice(0, 4)));
  const migration = String((Math.floor(Math.max(0, ...numbers) / 10) + 1) * 10).padStart(4, '0');
  return { stage, type, prefix, migration };
}

const names = namesOf(process.argv.slice(2));
const lists = { Module: `${names.stage}/stage.ts`, Web: `${names.stage}/stage.web.ts` } as const;
const files: Record<string, string> = {
  ...filesOf(names),
  ...Object.fromEntries(
    Object.entries(lists).map(([of, path]) => [
      path,
      registered(readFileSync(join(root, path), 'utf8'), names, of as keyof typeof lists),
    ]),
  ),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const code = Object.keys(files).filter((path) => path.endsWith('.ts'));
spawnSync(process.execPath, [toolPath('biome'), 'format', '--write', ...code], { cwd: root, stdio: 'ignore' });
console.log(`Written:\n${Object.keys(files)
  .map((path) => `  ${path}`)
  .join('\n')}

Next:
  npm run unit -- ${names.stage}/${names.type}     its first test fails: say in record.ts what the record is for
  npm run reference                  and commit what it writes
  a recipe in test/support/walk-creations.ts or walk-recipes.ts, if its walk needs more than its fields`);
