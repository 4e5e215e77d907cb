import { globSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { parseSync } from 'vite';

/** A source file of this project: its path from the root, with `/`, and its text. */
export type SourceFile = { path: string; text: string };

/** Every file of code in the project, tests included. */
export function sourceFiles(root: string): SourceFile[] {
  const paths = globSync('**/*.{ts,tsx}', { cwd: root, exclude: ['node_modules', 'dist', 'data'] });
  return paths
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** An import or re-export. `file` is the path it means inside the project, `package` the package it means otherwise. */
export type Import = { isType: boolean } & ({ file: string } | { package: string });

/** What the dependency rules need to know of a file. */
export type Facts = {
  path: string;
  imports: Import[];
  /** Names that the file itself chose: not those it calls on the values of others. */
  identifiers: Set<string>;
  exports: Set<string>;
  /** String and template literals; `$` stands where a template has an expression. */
  literals: string[];
  /** Names of the methods it calls. */
  calls: Set<string>;
  /** Names of the tags before templates. */
  tags: Set<string>;
  /** Constants of the file as a whole that are written as plain objects. */
  plainObjects: Set<string>;
  /** Names that are looked up by a key which is not written there: `names[key]`. */
  lookedUp: Set<string>;
  /** What the file calls the constants that it imports of files of ours. */
  bindings: { name: string; file: string; exported: string }[];
};

/** Parses a file and collects its facts. Throws on a syntax error. */
export function factsOf({ path, text }: SourceFile): Facts {
  const parsed = parseSync(path, text);
  if (parsed.errors[0]) throw new Error(`${path}: ${parsed.errors[0].message}`);
  const facts: Facts = {
    path,
    imports: importsOf(path, text, parsed.module),
    identifiers: new Set(),
    exports: new Set(),
    literals: [],
    calls: new Set(),
    tags: new Set(),
    plainObjects: plainObjectsOf(parsed.program),
    lookedUp: new Set(),
    bindings: bindingsOf(path, parsed.module),
  };
  for (const { entries } of parsed.module.staticExports) {
    for (const { exportName } of entries) if (exportName.name) facts.exports.add(exportName.name);
  }
  visit(parsed.program, facts);
  return facts;
}

type ParsedModule = ReturnType<typeof parseSync>['module'];

function importsOf(path: string, text: string, module: ParsedModule): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, isType: boolean): void => {
    const isOwn = specifier.startsWith('.');
    found.push({
      isType,
      ...(isOwn ? { file: posix.join(posix.dirname(path), specifier) } : { package: packageOf(specifier) }),
    });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end);
    if (/^['"`][^$]*['"`]$/.test(written)) add(written.slice(1, -1), false);
  }
  return found;
}

function bindingsOf(path: string, module: ParsedModule): Facts['bindings'] {
  return module.staticImports
    .filter(({ moduleRequest }) => moduleRequest.value.startsWith('.'))
    .flatMap(({ moduleRequest, entries }) =>
      entries.flatMap(({ importName, localName }) =>
        importName.name
          ? [
              {
                name: localName.value,
                file: posix.join(posix.dirname(path), moduleRequest.value),
                exported: importName.name,
              },
            ]
          : [],
      ),
    );
}

function plainObjectsOf(program: { body: unknown }): Set<string> {
  const statements = Array.isArray(program.body) ? program.body.filter(isNode) : [];
  const declarations = statements
    .map((node) => (node.type === 'ExportNamedDeclaration' && isNode(node.declaration) ? node.declaration : node))
    .flatMap((node) => (Array.isArray(node.declarations) ? node.declarations.filter(isNode) : []));
  return new Set(
    declarations
      .filter(({ init }) => isPlainObject(init))
      .flatMap(({ id }) => (isNode(id) && typeof id.name === 'string' ? [id.name] : [])),
  );
}

/** An object as it is written, whatever is said of its type. */
function isPlainObject(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') return isPlainObject(node.expression);
  return node.type === 'ObjectExpression';
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** A node of a parsed file, as the parser gives it. */
export type Node = Record<string, unknown>;

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function visit(node: unknown, facts: Facts): void {
  if (Array.isArray(node)) for (const each of node) visit(each, facts);
  if (!isNode(node) || Array.isArray(node)) return;
  note(node, facts);
  for (const [key, child] of Object.entries(node)) {
    // `client.release()` is a name that pg chose, not we.
    const isForeignName = node.type === 'MemberExpression' && key === 'property' && node.computed === false;
    if (isNode(child) && !isForeignName) visit(child, facts);
  }
}

function note(node: Node, facts: Facts): void {
  const { type } = node;
  if (type === 'Identifier' && typeof node.name === 'string') facts.identifiers.add(node.name);
  if (type === 'Literal' && typeof node.value === 'string') facts.literals.push(node.value);
  if (type === 'TemplateLiteral' && Array.isArray(node.quasis)) facts.literals.push(node.quasis.map(cooked).join('$'));
  if (type === 'CallExpression') noteName(node.callee, 'property', facts.calls);
  if (
    type === 'MemberExpression' &&
    node.computed === true &&
    isNode(node.property) &&
    node.property.type !== 'Literal'
  )
    noteName({ object: node.object }, 'object', facts.lookedUp);
  if (type === 'TaggedTemplateExpression') noteName({ tag: node.tag }, 'tag', facts.tags);
}

function cooked(quasi: unknown): string {
  const value = isNode(quasi) && isNode(quasi.value) ? quasi.value.cooked : undefined;
  return typeof value === 'string' ? value : '';
}

function noteName(node: unknown, key: string, names: Set<string>): void {
  const named = isNode(node) ? node[key] : undefined;
  if (isNode(named) && typeof named.name === 'string') names.add(named.name);
}
