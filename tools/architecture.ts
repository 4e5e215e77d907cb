import { adviceFor, floorAdvice } from './advice.ts';
import { floorOf, standsOn } from './floors.ts';
import { type Facts, factsOf, type Import, type SourceFile } from './source.ts';

/** The five lifecycle stages, in order; each is a folder at the root and a PostgreSQL schema. */
export const stages = ['strategy', 'design', 'transition', 'operation', 'improvement'] as const;

/** Which root folders the files of a root folder may import. Tests may also use `test` and `app`. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  handover: ['handover', 'core'],
  ...Object.fromEntries(stages.map((stage) => [stage, [stage, 'handover', 'core']])),
  app: ['app', ...stages, 'handover', 'core'],
  examples: ['examples', 'app', ...stages, 'handover', 'core'],
  test: ['test', 'examples', 'app', ...stages, 'handover', 'core', 'tools'],
  tools: ['tools', 'test', 'examples', 'app', ...stages, 'handover', 'core'],
};

/** Packages that a file may use which runs in browser and server alike. */
export const purePackages: readonly string[] = ['zod'];

/** Packages that a screen may use. A trailing `/` stands for a whole scope. */
export const screenPackages: readonly string[] = ['react', 'react-dom', '@mantine/', '@tanstack/', '@tabler/', 'zod'];

/** Words of ITIL that no name in core may contain; `package` is left out for package.json. */
export const wordsOutsideCore: readonly string[] = 'incident problem portfolio release outage requirement catalogue'
  .split(' ')
  .flatMap((word) => [word, `${word}s`])
  .concat('itil', 'cmdb', 'sla');

/** Folders of core where such a word is the standard term of another field. */
export const standardTerms: Readonly<Record<string, readonly string[]>> = {
  // RFC 9457, "Problem Details for HTTP APIs".
  'core/http/': ['problem', 'problems'],
  'core/ui/api': ['problem', 'problems'],
};

/** Root folders that put the stages together, or play on them. */
const above: readonly string[] = ['app', 'examples'];

/** A rule broken by a file: what was found, and what to do instead. */
export type Breach = { rule: string; file: string; found: string; advice: string };

type Rule = (facts: Facts, all: ReadonlyMap<string, Facts>) => { found: string; advice: string }[];

const stagePattern = stages.join('|');
const pureFile = new RegExp(
  `^(?:${stagePattern}|handover)(?:/[^/]+)*/(?:record|lifecycle|rules|checklist|views)(?:\\.ts|/)`,
);
const moduleFile = new RegExp(`^(${stagePattern})/([^/]+)/(.+)$`);
const screenFile = new RegExp(`^(?:${stagePattern})/(?:[^/]+/ui/|[^/]+/module\\.web\\.ts$|stage\\.web\\.ts$)`);
const storeFile = /(?:^|\/)store(?:\.ts$|\/)/;

/** What a module offers: what it exports on purpose, and the shapes of its answers, which the API tells anyhow. */
const isOpen = (file: string | undefined): boolean => file === 'index.ts' || file === 'views.ts';

const rootOf = (path: string): string => path.split('/', 1)[0] ?? '';
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const fileImports = (facts: Facts): { file: string; isType: boolean }[] =>
  facts.imports.filter((each) => 'file' in each);
const isInside = (each: Import, prefix: string): boolean => 'file' in each && each.file.startsWith(prefix);

const rules = {
  'dependencies point inwards': ({ path, ...facts }) => {
    const own = mayImport[rootOf(path)];
    if (!own) return [];
    const allowed = isTest(path) ? [...own, 'test', 'app', 'examples'] : own;
    return fileImports({ path, ...facts })
      .filter(({ file }) => file.includes('/') && !allowed.includes(rootOf(file)))
      .map(({ file }) => ({ found: `imports ${file}`, advice: adviceFor(rootOf(path), rootOf(file)) }));
  },

  'core is built in floors': (facts) => {
    if (rootOf(facts.path) !== 'core' || isTest(facts.path)) return [];
    const own = floorOf(facts.path);
    if (own === undefined)
      return [{ found: 'stands on no floor', advice: 'say in tools/floors.ts what its folder stands on' }];
    return fileImports(facts)
      .filter(({ file }) => rootOf(file) === 'core' && !standsOn(own, floorOf(file)))
      .map(({ file }) => ({ found: `imports ${file}`, advice: floorAdvice(own, floorOf(file)) }));
  },

  'a module reaches its sibling through index.ts': (facts) => {
    const [, stage, module] = moduleFile.exec(facts.path) ?? [];
    if (!stage || !module || isTest(facts.path)) return [];
    return fileImports(facts)
      .filter(({ file }) => {
        const [, otherStage, other, rest] = moduleFile.exec(file) ?? [];
        return otherStage === stage && other !== module && !isOpen(rest);
      })
      .map(({ file }) => ({
        found: `imports ${file}`,
        advice: `export what you need from ${file.split('/').slice(0, 2).join('/')}/index.ts and import it from there`,
      }));
  },

  'what stands above the stages reaches a module through index.ts': (facts) => {
    if (!above.includes(rootOf(facts.path)) || isTest(facts.path)) return [];
    return fileImports(facts)
      .filter(({ file }) => {
        const [, , , rest] = moduleFile.exec(file) ?? [];
        return rest !== undefined && !isOpen(rest);
      })
      .map(({ file }) => ({
        found: `imports ${file}`,
        advice: `export what you need from ${file.split('/').slice(0, 2).join('/')}/index.ts; only the shapes of answers (views.ts) are imported as they are`,
      }));
  },

  'record, lifecycle and rules are pure': (facts, all) => {
    if (!pureFile.test(facts.path) || isTest(facts.path)) return [];
    const chain = impureChain(facts, all, new Set());
    if (!chain) return [];
    return [
      {
        found: `reaches ${chain.join(' through ')}`,
        advice:
          'these files run in the browser too: do it in commands.ts, store.ts or jobs.ts and hand the outcome in as a value',
      },
    ];
  },

  'a screen imports only record, lifecycle, rules and core/ui': (facts) => {
    if (!screenFile.test(facts.path) || isTest(facts.path)) return [];
    const stage = rootOf(facts.path);
    return facts.imports
      .filter((each) => !isForScreens(each, stage))
      .map((each) => ({
        found: `imports ${'file' in each ? each.file : each.package}`,
        advice: 'a screen learns everything else through the API: call the typed client of core/ui',
      }));
  },

  'SQL stands in store.ts': ({ path, literals, calls, tags }) => {
    const isEndpoint = path.startsWith('core/http/');
    const isElsewhere = ['core', 'test', 'tools'].includes(rootOf(path)) || !(rootOf(path) in mayImport);
    if ((isElsewhere && !isEndpoint) || isTest(path) || storeFile.test(path)) return [];
    const written = literals
      .filter((literal) => sqlStatement.test(literal))
      .map((literal) => literal.trim().split('\n', 1)[0] ?? '');
    const built = kyselyVerbs.filter((verb) => calls.has(verb));
    const tagged = tags.has('sql') ? ['sql`…`'] : [];
    return [...written, ...built, ...tagged].map((found) => ({
      found: `says ${found}`,
      advice: 'move the statement into a function of store.ts, named after the question it answers',
    }));
  },

  'SQL is written one clause a line': ({ path, literals }) => {
    if (isTest(path) || !(rootOf(path) in mayImport) || ['test', 'tools'].includes(rootOf(path))) return [];
    return literals
      .filter((literal) => sqlStatement.test(literal) || sqlFragment.test(literal))
      .flatMap((literal) => literal.split('\n'))
      .filter((line) => line.length > longestLine || severalClauses.test(line))
      .map((line) => ({
        found: `says ${line.trim()}`,
        advice: 'begin a line with each clause, and give what is long a line for each item or condition',
      }));
  },

  'a store names its own schema': ({ path, literals }) => {
    const own = rootOf(path);
    if (!storeFile.test(path) || isTest(path) || !(own in mayImport) || own === 'app') return [];
    return literals
      .flatMap((literal) => [...literal.matchAll(stageTable)])
      .filter(([, schema]) => schema !== own)
      .map(([table]) => ({
        found: `names ${table}`,
        advice: 'join core.record for headers, or read a fact that the owning stage keeps in handover/facts/',
      }));
  },

  'a table is looked up by its own names': (facts, all) => {
    if (isTest(facts.path) || !(rootOf(facts.path) in mayImport) || ['test', 'tools'].includes(rootOf(facts.path)))
      return [];
    const imported = facts.bindings.filter(({ file, exported }) => all.get(file)?.plainObjects.has(exported));
    return [...facts.plainObjects, ...imported.map(({ name }) => name)]
      .filter((name) => facts.lookedUp.has(name))
      .map((name) => ({
        found: `looks ${name} up by a name`,
        advice:
          'write it as lookup({ … }) of core/names/lookup.ts: every plain object answers to "constructor" and "__proto__"',
      }));
  },

  'ids and times are given in one form': ({ path, calls }) => {
    if (isTest(path) || path === 'core/names/forms.ts' || ['test', 'tools'].includes(rootOf(path))) return [];
    return ['uuid', 'guid', 'datetime']
      .filter((name) => calls.has(name))
      .map((name) => ({
        found: `calls z.${name}()`,
        advice:
          'use idText, dateText and instantText of core/names/forms.ts: one spelling, and no year that nothing can hold',
      }));
  },

  'core speaks no ITIL': ({ path, identifiers }) => {
    if (rootOf(path) !== 'core') return [];
    const allowed = Object.entries(standardTerms).flatMap(([folder, terms]) => (path.startsWith(folder) ? terms : []));
    const banned = wordsOutsideCore.filter((word) => !allowed.includes(word));
    return [path, ...identifiers]
      .filter((name) => wordsIn(name).some((word) => banned.includes(word)))
      .map((name) => ({
        found: `says ${name}`,
        advice:
          'core serves any record: use the general word (record, move, entry, refusal, version), or move the code to a stage or handover',
      }));
  },

  'names say what a thing is': ({ path, exports }) => {
    if (!(rootOf(path) in mayImport)) return [];
    const fileName =
      path
        .split('/')
        .at(-1)
        ?.replace(/(\.test)?\.tsx?$/, '') ?? '';
    return [fileName, ...exports]
      .filter((name) => /^(?:manager|helper|util)s?$/.test(wordsIn(name).at(-1) ?? ''))
      .map((name) => ({
        found: `says ${name}`,
        advice: 'name it after the thing or the deed: command, query, store, parse…, format…',
      }));
  },
} satisfies Record<string, Rule>;

/** The names of all rules. */
export const ruleNames = Object.keys(rules);

/** Every breach of the dependency rules in the given files; the order is that of the rules, then of the files. */
export function breachesIn(files: readonly SourceFile[]): Breach[] {
  const all = new Map(files.map((file) => [file.path, factsOf(file)]));
  return Object.entries<Rule>(rules).flatMap(([rule, check]) =>
    [...all.values()].flatMap((facts) => check(facts, all).map((breach) => ({ rule, file: facts.path, ...breach }))),
  );
}

const sqlStatement =
  /^\s*(?:(?:select|SELECT)\s[\s\S]*\s(?:from|FROM)\s|(?:insert\s+into|INSERT\s+INTO)\s|(?:update|UPDATE)\s+\S+\s+(?:set|SET)\s|(?:delete\s+from|DELETE\s+FROM)\s+\S+\.|(?:with|WITH)\s+\w+\s+(?:as|AS)\s*\(|(?:create|alter|drop|CREATE|ALTER|DROP)\s+(?:table|index|schema|role|TABLE|INDEX|SCHEMA|ROLE)\s)/;
/** A part of a statement, kept under a name. */
const sqlFragment =
  /^\s*(?:select|from|(?:left |cross |full )?join|where|coalesce\(|\(?\s*select)\b[^\n]*(?:\n|$)[\s\S]*\s(?:from|where|on)\s/;
const longestLine = 130;
/** What is short may stand on one line, as a sentence may. */
const severalClauses =
  /^(?=.{105,})\s*(?:select|insert|update|delete|from)\b[^(]*\s(?:where|order by|group by|join|values \(|from)\s(?!epoch)/;
const kyselyVerbs = ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto'];
const stageTable = new RegExp(`\\b(${stagePattern})\\.[a-z_]+`, 'g');

/** The way from a file to something that a browser cannot run; `undefined` when all is pure. Types cost nothing. */
function impureChain(facts: Facts, all: ReadonlyMap<string, Facts>, seen: Set<string>): string[] | undefined {
  seen.add(facts.path);
  for (const each of facts.imports) {
    if (each.isType) continue;
    if ('package' in each) {
      if (!purePackages.includes(each.package)) return [each.package];
      continue;
    }
    const next = all.get(each.file);
    if (!next || seen.has(each.file)) continue;
    const chain = impureChain(next, all, seen);
    if (chain) return [...chain, each.file];
  }
  return undefined;
}

/** The pure declarations that records are made of: what a screen needs to know of a field or a state. */
const declarations = [
  'core/names/lookup.ts',
  'core/record/define/define.ts',
  'core/record/define/fields.ts',
  'core/lifecycle/lifecycle.ts',
];

function isForScreens(each: Import, stage: string): boolean {
  if ('package' in each)
    return screenPackages.some((name) => (name.endsWith('/') ? each.package.startsWith(name) : each.package === name));
  return (
    pureFile.test(each.file) ||
    isInside(each, 'core/ui/') ||
    declarations.includes(each.file) ||
    (rootOf(each.file) === stage && screenFile.test(each.file))
  );
}

function wordsIn(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}
