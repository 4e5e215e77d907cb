import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modules } from '../app/server/modules.ts';
import { createRegistry } from '../app/server/registry.ts';
import { type Breach, breachesIn, ruleNames, stages } from './architecture.ts';
import { factsOf, sourceFiles } from './source.ts';
import type { SourceFile } from './source.ts';

const root = join(import.meta.dirname, '..');

const projectFiles = (): SourceFile[] => sourceFiles(root);

const asLine = ({ file, found, rule, advice }: Breach): string =>
  `${file} ${found}\n    rule: ${rule}\n    instead: ${advice}`;

test('the project keeps its dependency rules', () => {
  expect(breachesIn(projectFiles()).map(asLine).join('\n')).toBe('');
});

/** Pages of the application that core's own frame leads to; the API has an operation of the same name. */
const framed = ['loop'];

test('core names no table and no address of a stage', () => {
  const paths = [
    ...[...createRegistry().records.values()].flatMap(({ definition: { stage, path } }) =>
      stage === 'party' ? [] : [path],
    ),
    ...modules.flatMap(({ endpoints = [] }) => endpoints.map(({ path }) => path.split('/')[1] ?? '')),
  ].filter((path) => !framed.includes(path));
  const named = new RegExp(`^/(?:${[...new Set(paths)].join('|')})\\b|\\b(?:${stages.join('|')})\\.[a-z_]+\\b`);
  const found = projectFiles()
    .filter(({ path }) => path.startsWith('core/') && !path.includes('.test.'))
    .flatMap((file) => factsOf(file).literals.flatMap((text) => (named.test(text) ? [`${file.path}: ${text}`] : [])));
  expect(found.join('\n')).toBe('');
});

type Planted = { rule: string; path: string; text: string; others?: SourceFile[] };

const planted: Planted[] = [
  {
    rule: 'dependencies point inwards',
    path: 'core/clock/tick.ts',
    text: "import { x } from '../../handover/chain.ts';",
  },
  {
    rule: 'dependencies point inwards',
    path: 'operation/incident/rules.ts',
    text: "import type { X } from '../../design/catalogue/record.ts';",
  },
  { rule: 'dependencies point inwards', path: 'handover/chain.ts', text: "export { x } from '../design/stage.ts';" },
  {
    rule: 'dependencies point inwards',
    path: 'operation/incident/module.ts',
    text: "const x = await import('../../app/server/main.ts');",
  },
  {
    rule: 'dependencies point inwards',
    path: 'core/clock/tick.ts',
    text: "import { x } from '../../test/support/database.ts';",
  },
  {
    rule: 'dependencies point inwards',
    path: 'operation/x/x.test.ts',
    text: "import { x } from '../../design/x/index.ts';",
  },
  {
    rule: 'a module reaches its sibling through index.ts',
    path: 'operation/incident/commands.ts',
    text: "import { x } from '../request/store.ts';",
  },
  {
    rule: 'what stands above the stages reaches a module through index.ts',
    path: 'app/cli/count.ts',
    text: "import { x } from '../../operation/incident/store.ts';",
  },
  {
    rule: 'record, lifecycle and rules are pure',
    path: 'operation/incident/rules.ts',
    text: "import { hash } from 'node:crypto';",
  },
  {
    rule: 'record, lifecycle and rules are pure',
    path: 'design/supplier/lifecycle.ts',
    text: "import { Pool } from 'pg';",
  },
  {
    rule: 'record, lifecycle and rules are pure',
    path: 'operation/incident/record.ts',
    text: "import { x } from './store.ts';",
    others: [{ path: 'operation/incident/store.ts', text: "import { Pool } from 'pg';" }],
  },
  {
    rule: 'a screen imports only record, lifecycle, rules and core/ui',
    path: 'operation/incident/ui/board.tsx',
    text: "import { x } from '../commands.ts';",
  },
  {
    rule: 'a screen imports only record, lifecycle, rules and core/ui',
    path: 'operation/incident/ui/board.tsx',
    text: "import { x } from '../../../core/database/connect.ts';",
  },
  {
    rule: 'a screen imports only record, lifecycle, rules and core/ui',
    path: 'operation/incident/module.web.ts',
    text: "import x from 'left-pad';",
  },
  {
    rule: 'SQL stands in store.ts',
    path: 'operation/incident/commands.ts',
    text: 'run(`select id from operation.incident where id = ${id}`);',
  },
  {
    rule: 'SQL stands in store.ts',
    path: 'operation/incident/routes.ts',
    text: "db.selectFrom('operation.incident');",
  },
  { rule: 'SQL stands in store.ts', path: 'core/http/find.ts', text: "run('select 1 from core.record');" },
  { rule: 'SQL stands in store.ts', path: 'app/server/main.ts', text: 'run(sql`1`);' },
  {
    rule: 'a store names its own schema',
    path: 'operation/incident/store.ts',
    text: "run('select id from design.component where id = $1');",
  },
  {
    rule: 'SQL is written one clause a line',
    path: 'operation/problem/store.ts',
    text: "run(`select p.id, p.title, p.service, p.component, p.category from operation.problem p where p.provider_id = $1 and p.state = 'logged'`);",
  },
  {
    rule: 'core is built in floors',
    path: 'core/lifecycle/way.ts',
    text: "import type { Work } from '../record/define/work.ts';",
  },
  {
    rule: 'core is built in floors',
    path: 'core/record/edit/save.ts',
    text: "import { standing } from '../../decision/standing.ts';",
  },
  {
    rule: 'core is built in floors',
    path: 'core/http/endpoint.ts',
    text: "import type { Panel } from '../ui/registry.ts';",
  },
  { rule: 'core is built in floors', path: 'core/cellar/wine.ts', text: 'export const bottles = 1;' },
  {
    rule: 'a table is looked up by its own names',
    path: 'operation/incident/build.ts',
    text: 'const words = { done: 1 } as const; export const wordOf = (name: string) => words[name];',
  },
  {
    rule: 'a table is looked up by its own names',
    path: 'core/import/build.ts',
    text: "import { words as known } from './words.ts'; export const wordOf = (name: string) => known[name];",
    others: [{ path: 'core/import/words.ts', text: 'export const words: Record<string, number> = { done: 1 };' }],
  },
  {
    rule: 'ids and times are given in one form',
    path: 'core/http/find.ts',
    text: "import { z } from 'zod'; export const id = z.uuid();",
  },
  {
    rule: 'ids and times are given in one form',
    path: 'improvement/matrix/routes.ts',
    text: "import { z } from 'zod'; export const at = z.iso.datetime({ offset: true });",
  },
  { rule: 'core speaks no ITIL', path: 'core/record/read/incident-count.ts', text: 'export const count = 1;' },
  { rule: 'core speaks no ITIL', path: 'core/record/page/read.ts', text: 'type Row = { releaseId: string };' },
  { rule: 'names say what a thing is', path: 'operation/incident/date-utils.ts', text: 'export const day = 1;' },
  { rule: 'names say what a thing is', path: 'operation/incident/queue.ts', text: 'export class QueueManager {}' },
];

test.each(planted)('$path breaks "$rule" with $text', ({ rule, path, text, others = [] }) => {
  const found = breachesIn([{ path, text }, ...others]);
  expect(found.map((breach) => `${breach.file}: ${breach.rule}`)).toEqual([`${path}: ${rule}`]);
});

test('every rule has a planted breach', () => {
  expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(ruleNames));
});

test.each<SourceFile>([
  {
    path: 'operation/incident/commands.ts',
    text: "import { x } from '../request/index.ts'; import { y } from '../../handover/facts/a.ts'; import { z } from '../../core/clock/a.ts';",
  },
  { path: 'operation/incident/rules.ts', text: "import { z } from 'zod'; import type { Pool } from 'pg';" },
  {
    path: 'operation/incident/ui/board.tsx',
    text: "import { x } from '../record.ts'; import { y } from '../../../core/ui/page.tsx'; import { Button } from '@mantine/core';",
  },
  {
    path: 'operation/incident/store.ts',
    text: "run('select id from operation.incident join core.record using (id)');",
  },
  { path: 'operation/incident/record.ts', text: "export const label = 'Select one from the list';" },
  {
    path: 'operation/stage.ts',
    text: "import { x } from './incident/module.ts'; import { y } from '../core/http/a.ts';",
  },
  {
    path: 'operation/incident/incident.test.ts',
    text: "import { x } from '../../test/support/database.ts'; import { y } from '../../app/server/main.ts';",
  },
  { path: 'core/http/problem.ts', text: 'export type Problem = { title: string };' },
  { path: 'core/http/refusal.ts', text: "client.release(); const type = 'application/problem+json';" },
])('$path may say $text', (file) => {
  expect(breachesIn([file])).toEqual([]);
});
