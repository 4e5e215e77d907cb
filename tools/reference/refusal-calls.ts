// Finds where the source makes a refusal, and what it says there.
import { parseSync } from 'vite';
import { isNode } from '../source.ts';
import type { Node, SourceFile } from '../source.ts';
import { wordsOf } from './words-of.ts';
import type { Names } from './words-of.ts';

export interface MadeRefusal {
  code: string;
  /** Each way it can be said. */
  sentences: string[];
  hints: string[];
  path: string;
}

interface Call {
  given: readonly unknown[];
  names: Names;
  path: string;
}

interface Named {
  name: string;
  parameters: readonly unknown[];
}

/** A call of `refusal`, with the functions around it, the innermost first. */
interface Made extends Call {
  within: readonly Named[];
}

/**
 * Every refusal that the files make. One whose code is handed in to a function stands once for each call of that function.
 * @throws where a code is put together so that it cannot be told from the source
 */
export function refusalsMade(files: readonly SourceFile[]): MadeRefusal[] {
  const made: Made[] = [];
  const calls = new Map<string, Call[]>();
  for (const file of files) collect(file, made, calls);
  return made.flatMap((each) => told(each, calls));
}

const hasUnknown = (code: string): boolean => code.includes('{');

function told(made: Made, calls: ReadonlyMap<string, readonly Call[]>): MadeRefusal[] {
  const [code, sentence, hint] = made.given;
  const codes = wordsOf(code, made.names);
  if (!codes.some(hasUnknown)) {
    const [sentences, hints] = [wordsOf(sentence, made.names), wordsOf(hint, made.names)];
    return codes.map((each) => ({ code: each, sentences, hints, path: made.path }));
  }
  const [around, ...further] = made.within;
  if (!around) {
    // Taken from a refusal that was made elsewhere: it stands there.
    if (isNode(code) && code['type'] === 'Identifier') return [];
    if (codes.join().startsWith('separation.')) return [];
    throw new Error(
      `${made.path}: which codes is ${codes.join()}? Write it out, or hand it in from where it is called.`,
    );
  }
  const called = calls.get(around.name) ?? [];
  if (!called.length) return told({ ...made, within: further }, calls);
  return called.flatMap((call) => {
    const names = new Map([...made.names, ...handedIn(around.parameters, call)]);
    return told({ ...made, names, within: further, path: call.path }, calls);
  });
}

/** What the parameters of a function stand for in a call of it. */
function handedIn(parameters: readonly unknown[], { given, names }: Call): Names {
  const handed = new Map<string, { node: unknown; names: Names }>();
  for (const [at, parameter] of parameters.entries()) {
    const node = given[at];
    if (!isNode(parameter) || node === undefined) continue;
    if (parameter['type'] === 'Identifier') handed.set(String(parameter['name']), { node, names });
    for (const name of partsOf(parameter)) {
      const part = propertyIn(node, name);
      if (part !== undefined) handed.set(name, { node: part, names });
    }
  }
  return handed;
}

/** The names that a parameter such as `{ code, hint }` takes its object apart into. */
function partsOf(parameter: Node): string[] {
  if (parameter['type'] !== 'ObjectPattern') return [];
  return (parameter['properties'] as Node[]).flatMap(({ key }) => (isNode(key) ? String(key['name']) : []));
}

function propertyIn(node: unknown, name: string): unknown {
  if (!isNode(node) || node['type'] !== 'ObjectExpression') return undefined;
  return (node['properties'] as Node[]).find(({ key }) => isNode(key) && key['name'] === name)?.['value'];
}

function collect({ path, text }: SourceFile, made: Made[], calls: Map<string, Call[]>): void {
  const { program } = parseSync(path, text);
  const names: Map<string, { node: unknown; names: Names }> = new Map();
  const visit = (node: unknown, within: readonly Named[]): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, within);
    if (!isNode(node) || Array.isArray(node)) return;
    const constant = constantIn(node);
    if (constant) names.set(constant.name, { node: constant.node, names });
    const callee = node['type'] === 'CallExpression' && isNode(node['callee']) ? node['callee']['name'] : undefined;
    if (typeof callee === 'string') {
      const call = { given: node['arguments'] as unknown[], names, path }; // by the parser's own schema
      if (callee === 'refusal') made.push({ ...call, within });
      else calls.set(callee, [...(calls.get(callee) ?? []), call]);
    }
    const named = functionIn(node);
    for (const child of Object.values(node)) visit(child, named ? [named, ...within] : within);
  };
  visit(program, []);
}

/** A constant that stands for words: `const why = ok ? 'Done.' : 'Not done.'`. */
function constantIn(node: Node): { name: string; node: unknown } | undefined {
  const { type, id, init } = node;
  if (type !== 'VariableDeclarator' || !isNode(id) || id['type'] !== 'Identifier' || !isNode(init)) return undefined;
  const isWords = ['Literal', 'TemplateLiteral', 'ConditionalExpression'].includes(String(init['type']));
  return isWords ? { name: String(id['name']), node: init } : undefined;
}

function functionIn(node: Node): Named | undefined {
  const { type, id, init } = node;
  const body = type === 'VariableDeclarator' ? init : type === 'FunctionDeclaration' ? node : undefined;
  if (!isNode(body) || !isNode(id) || !Array.isArray(body['params'])) return undefined;
  return { name: String(id['name']), parameters: body['params'] };
}
