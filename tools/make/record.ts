// The files of a new record type: a worked record with two states, notes, and a first test that fails until somebody says what
// the record is for. Pure: what is written where, for make.ts to write.
import type { LifecycleStage } from '../../core/record/define/define.ts';

export interface Names {
  stage: LifecycleStage;
  /** Kebab-case, singular: `test-case`. */
  type: string;
  /** Before its numbers. */
  prefix: string;
  /** Of the new migration. */
  migration: string;
}

const camelOf = (type: string) => type.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
const snakeOf = (type: string) => type.replaceAll('-', '_');
const wordsOf = (type: string) => type.replaceAll('-', ' ');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const pluralOf = (type: string) => (type.endsWith('y') ? `${type.slice(0, -1)}ies` : `${type}s`);

/** The files by path. */
export function filesOf(names: Names): Record<string, string> {
  const folder = `${names.stage}/${names.type}`;
  return {
    [`${folder}/record.ts`]: recordFile(names),
    [`${folder}/lifecycle.ts`]: lifecycleFile(names),
    [`${folder}/rules.ts`]: rulesFile(names),
    [`${folder}/module.ts`]: moduleFile(names),
    [`${folder}/module.web.ts`]: webFile(names),
    [`${folder}/${names.type}.test.ts`]: testFile(names),
    [`${names.stage}/migrations/${names.migration}-${names.type}.sql`]: migrationFile(names),
  };
}

function recordFile({ stage, type, prefix }: Names): string {
  const name = camelOf(type);
  return `import { defineRecord } from '../../core/record/define/define.ts';
import { longText, person } from '../../core/record/define/fields.ts';
import { ${name}Lifecycle } from './lifecycle.ts';

export const ${name}Record = defineRecord({
  type: '${type}',
  prefix: '${prefix}',
  stage: '${stage}',
  path: '${pluralOf(type)}',
  table: '${stage}.${snakeOf(type)}',
  label: '${capital(wordsOf(type))}',
  plural: '${capital(pluralOf(wordsOf(type)))}',
  layout: 'case',
  purpose: 'Say in one sentence what such a record is for.',
  lifecycle: ${name}Lifecycle,
  traits: { notes: {} },
  fields: {
    description: longText({ label: 'Description' }),
    assignee: person({ label: 'Assignee' }),
  },
  columns: ['assignee'],
  search: ['description'],
});
`;
}

function lifecycleFile({ type }: Names): string {
  return `import { anybody } from '../../core/record/define/decide.ts';
import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

/** ${capital(wordsOf(type))}. */
export const ${camelOf(type)}Lifecycle = defineLifecycle({
  initial: 'open',
  states: {
    open: { label: 'Open', tone: 'attention', editable: true },
    done: { label: 'Done', tone: 'good', final: true },
  },
  create: { who: [anybody] },
  edit: { who: [anybody] },
  moves: {
    finish: {
      label: 'Finish',
      from: ['open'],
      to: 'done',
      who: [anybody],
      asks: ['assignee'],
      rules: ['described'],
      primary: true,
    },
  },
});
`;
}

function rulesFile({ type }: Names): string {
  const name = camelOf(type);
  return `import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { ${name}Record } from './record.ts';

/** What it must fulfil. */
export const ${name}Rules = rulesOf<typeof ${name}Record>({
  described: {
    sentence: 'It says what it is about.',
    gives: ['${type}.described'],
    check: ({ values }) =>
      unless(
        Boolean(values.description),
        refusal('${type}.described', 'It has no description.', 'Write what it is about.', 'description'),
      ),
  },
});
`;
}

function moduleFile({ type }: Names): string {
  const name = camelOf(type);
  return `import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { ${name}Record } from './record.ts';
import { ${name}Rules } from './rules.ts';

/** ${capital(pluralOf(wordsOf(type)))}. */
export const ${name}Module: Module = {
  records: [served({ definition: ${name}Record, rules: ${name}Rules })],
};
`;
}

function webFile({ type }: Names): string {
  const name = camelOf(type);
  return `import type { WebModule } from '../../core/ui/registry.ts';
import { ${name}Record } from './record.ts';

/** What the screens know of it. */
export const ${name}Web: WebModule = {
  records: [${name}Record],
};
`;
}

function testFile({ type }: Names): string {
  const path = pluralOf(type);
  const words = wordsOf(type);
  return `import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';
import { ${camelOf(type)}Record } from './record.ts';

let app: TestApplication;
let desk: Client;

beforeAll(async () => {
  app = await createTestApplication();
  desk = await app.person('Dee Desk', ['SDK']);
});
afterAll(() => app.close());

describe('${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}', () => {
  it('is made, refused once, and finished', async () => {
    const { id } = await desk.create('${path}', { title: 'The first one' });
    const finish = (version: number) =>
      desk.post(\`/${path}/\${id}/moves/finish\`, { expectedVersion: version, assignee: desk.id });
    expect((await finish(1)).body.refusals).toMatchObject([{ code: '${type}.described' }]);
    expect((await desk.patch(\`/${path}/\${id}\`, { expectedVersion: 1, description: 'What it is about.' })).status).toBe(200);
    expect((await finish(2)).body.record.state).toBe('done');
  });

  it('says what it is for', () => {
    expect(${camelOf(type)}Record.purpose).not.toMatch(/^Say in one sentence/);
  });
});
`;
}

function migrationFile({ stage, type }: Names): string {
  const table = `${stage}.${snakeOf(type)}`;
  return `-- Breaks nothing: ${pluralOf(wordsOf(type))}.
create sequence ${stage}.number_${snakeOf(type)};
create table ${table} (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('open', 'done')),
  description text, assignee uuid,
  primary key (provider_id, id)
);
grant select, insert, update on ${table} to servicewright_app;
grant usage on sequence ${stage}.number_${snakeOf(type)} to servicewright_app;
`;
}

/** A stage's list of modules with one more, at its end. */
export function registered(list: string, { stage, type }: Names, of: 'Module' | 'Web'): string {
  const name = `${camelOf(type)}${of}`;
  const file = of === 'Module' ? 'module.ts' : 'module.web.ts';
  const withImport = list.replace(/\n\n\/\*\*/, `\nimport { ${name} } from './${type}/${file}';\n\n/**`);
  const withName = withImport.replace(/(\[)([^[\]]*?),?(\s*\](?:,\n\};|;)\s*)$/, `$1$2, ${name}$3`);
  if (!withImport.includes(name) || withName === withImport)
    throw new Error(`${stage} lists its modules in another form`);
  return withName;
}
