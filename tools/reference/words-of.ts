// The texts that an expression of the source can come to, with `{name}` where something is known only at run time.
import { isNode } from '../source.ts';
import type { Node } from '../source.ts';

/** What a name stands for: an expression, with the names that it was written among. */
export type Names = ReadonlyMap<string, { node: unknown; names: Names }>;

const unknown = (name: string): string[] => [`{${name}}`];

/** All texts that an expression can be; more than one where it chooses. */
export function wordsOf(node: unknown, names: Names): string[] {
  if (!isNode(node)) return unknown('…');
  switch (node['type']) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : unknown('…');
    case 'TemplateLiteral':
      return wordsOfTemplate(node, names);
    case 'ConditionalExpression':
      return [...wordsOf(node['consequent'], names), ...wordsOf(node['alternate'], names)];
    case 'Identifier':
      return wordsOfName(String(node['name']), names);
    case 'CallExpression':
      return wordsOfCall(node, names);
    case 'MemberExpression':
      return unknown(propertyOf(node) ?? '…');
    case 'LogicalExpression':
      return wordsOf(node['left'], names);
    default:
      return unknown('…');
  }
}

function wordsOfTemplate(node: Node, names: Names): string[] {
  const quasis = (node['quasis'] as Node[]).map(({ value }) => String((value as Node)['cooked'])); // by the parser's own schema
  const parts = (node['expressions'] as unknown[]).map((each) => wordsOf(each, names));
  return parts.reduce<string[]>(
    (texts, part, at) => texts.flatMap((text) => part.map((word) => text + word + (quasis[at + 1] ?? ''))),
    [quasis[0] ?? ''],
  );
}

function wordsOfName(name: string, names: Names): string[] {
  const meant = names.get(name);
  if (!meant) return unknown(name);
  const texts = wordsOf(meant.node, meant.names).filter(Boolean);
  // What only leads to something unknown is better called by the name that it has here.
  return texts.every((text) => /^\{[^}]*\}$/.test(text)) ? unknown(name) : texts;
}

/** Words made over keep their words: `state.replaceAll('_', ' ')`, `words(state)`. */
function wordsOfCall({ callee, arguments: given }: Node, names: Names): string[] {
  const [first] = given as unknown[]; // by the parser's own schema
  if (!isNode(callee)) return unknown('…');
  if (callee['type'] === 'Identifier') return oneWord(first, names);
  const texts = oneWord(callee['object'], names);
  return propertyOf(callee) === 'toLowerCase' ? texts.map((text) => text.toLowerCase()) : texts;
}

function oneWord(node: unknown, names: Names): string[] {
  const isPlain = isNode(node) && ['Identifier', 'MemberExpression'].includes(String(node['type']));
  return isPlain ? wordsOf(node, names) : unknown('…');
}

function propertyOf({ property, computed }: Node): string | undefined {
  if (!isNode(property)) return undefined;
  if (computed) return typeof property['value'] === 'string' ? property['value'] : undefined;
  return typeof property['name'] === 'string' ? property['name'] : undefined;
}
