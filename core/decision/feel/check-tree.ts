// Walks the parse tree of a rule with the types of its facts. Only constructs named here pass: a construct that a later
// version of the parser adds is refused until somebody has thought about it.

import type { parseExpression } from 'feelin';
import { refusal } from '../../refusal/refusal.ts';
import type { FactsSchema, FactType } from './facts.ts';
import { allowedFunctions, compilePattern, refusedFunctions } from './functions.ts';
import type { RuleFault } from './fault.ts';

type Node = ReturnType<typeof parseExpression>['topNode'];
interface Walk {
  readonly text: string;
  readonly faults: RuleFault[];
}
/** `undefined`: a value whose type is not followed further. */
interface Place {
  readonly scope: { readonly [name: string]: FactType | undefined };
  readonly depth: number;
}

const deepestIteration = 2;
const plain: ReadonlySet<string> = new Set([
  'Expression',
  'ParenthesizedExpression',
  'Conjunction',
  'Disjunction',
  'Comparison',
  'ArithmeticExpression',
  'NumericLiteral',
  'IfExpression',
  'List',
  'Interval',
  'IterationContext',
  'PositiveUnaryTest',
  'PositiveUnaryTests',
  'SimplePositiveUnaryTest',
  'PositionalParameters',
  'DateTimeLiteral',
  'DateTimeConstructor',
  'AtLiteral',
  'BooleanLiteral',
  'CompareOp',
  'ArithOp',
]);
const temporalParts: ReadonlySet<string> = new Set([
  'year',
  'month',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'years',
  'months',
  'days',
  'hours',
  'minutes',
  'seconds',
]);

/** Everything in a rule's tree that may not stand there. */
export function checkTree(root: Node, text: string, schema: FactsSchema): RuleFault[] {
  const walk: Walk = { text, faults: [] };
  visit(root, { scope: schema, depth: 0 }, walk);
  return walk.faults;
}

/** Checks a node and gives the type of its value, where that is known. */
function visit(node: Node, place: Place, walk: Walk): FactType | undefined {
  switch (node.name) {
    case 'VariableName':
      return variable(node, place, walk);
    case 'PathExpression':
      return path(node, place, walk);
    case 'FilterExpression':
      return filter(node, place, walk);
    case 'QuantifiedExpression':
    case 'ForExpression':
      return iteration(node, place, walk);
    case 'FunctionInvocation':
      return invocation(node, place, walk);
    default:
      return construct(node, place, walk);
  }
}

function construct(node: Node, place: Place, walk: Walk): FactType | undefined {
  if (node.firstChild === null) return undefined;
  if (!plain.has(node.name)) {
    report(
      walk,
      node,
      'rule.not-allowed',
      `"${excerpt(node, walk)}" uses a construct that rules may not use.`,
      'Use facts, comparisons, and, or, if, some, every, for, filters and the listed functions.',
    );
    return undefined;
  }
  const types = childrenOf(node).map((child) => visit(child, place, walk));
  const isWrapper =
    node.name === 'ParenthesizedExpression' || node.name === 'IterationContext' || node.name === 'Expression';
  return isWrapper ? types.find((type) => type !== undefined) : undefined;
}

function variable(node: Node, { scope }: Place, walk: Walk): FactType | undefined {
  const name = nameOf(node, walk);
  if (!Object.hasOwn(scope, name)) unknownName(walk, node, name, Object.keys(scope));
  return Object.hasOwn(scope, name) ? scope[name] : undefined;
}

function path(node: Node, place: Place, walk: Walk): FactType | undefined {
  const base = node.firstChild ? visit(node.firstChild, place, walk) : undefined;
  if (base === undefined || !node.lastChild) return undefined;
  const isList = typeof base === 'object' && 'list' in base;
  const owner = isList ? base.list : base;
  const name = nameOf(node.lastChild, walk);
  if (typeof owner === 'object' && 'fields' in owner && Object.hasOwn(owner.fields, name)) {
    const type = owner.fields[name];
    return isList && type !== undefined ? { list: type } : type;
  }
  if (owner === 'date' || owner === 'date_time' || owner === 'duration') {
    if (temporalParts.has(name)) return 'number';
  }
  unknownName(
    walk,
    node.lastChild,
    name,
    typeof owner === 'object' && 'fields' in owner ? Object.keys(owner.fields) : [],
  );
  return undefined;
}

function filter(node: Node, place: Place, walk: Walk): FactType | undefined {
  const [source, , condition] = childrenOf(node);
  const base = source && visit(source, place, walk);
  const item = typeof base === 'object' && 'list' in base ? base.list : base;
  if (condition?.name === 'NumericLiteral' || !condition) return item;
  const fields = typeof item === 'object' && 'fields' in item ? item.fields : {};
  visit(condition, deeper(condition, { scope: { ...place.scope, ...fields, item }, depth: place.depth }, walk), walk);
  return base;
}

function iteration(node: Node, place: Place, walk: Walk): FactType | undefined {
  const loops = childrenOf(node)
    .filter(({ name }) => name === 'InExpressions')
    .flatMap(childrenOf)
    .filter(({ name }) => name === 'InExpression');
  let inner = place;
  for (const loop of loops) {
    const [name] = childrenOf(loop);
    const source = loop.lastChild;
    const type = source ? visit(source, inner, walk) : undefined;
    const item = typeof type === 'object' && 'list' in type ? type.list : undefined;
    inner = deeper(
      loop,
      { scope: { ...inner.scope, [name ? nameOf(name, walk) : '']: item }, depth: inner.depth },
      walk,
    );
  }
  const body = node.lastChild ? visit(node.lastChild, inner, walk) : undefined;
  return node.name === 'ForExpression' && body !== undefined ? { list: body } : undefined;
}

function invocation(node: Node, place: Place, walk: Walk): FactType | undefined {
  const [callee] = childrenOf(node);
  const name = callee ? nameOf(callee, walk) : '';
  if (callee?.name !== 'VariableName' || Object.hasOwn(place.scope, name) || !allowedFunctions.has(name)) {
    report(
      walk,
      callee ?? node,
      'rule.function',
      `"${name}" is not a function that rules may call.`,
      refusedFunctions[name] ?? `Use one of: ${[...allowedFunctions].join(', ')}.`,
    );
    return undefined;
  }
  const parameters = childrenOf(node).slice(1);
  for (const child of parameters) visit(child, place, walk);
  if (name === 'matches') checkPattern(parameters, walk);
  return undefined;
}

function checkPattern(parameters: readonly Node[], walk: Walk): void {
  const [, pattern, flags] = parameters.flatMap(childrenOf).filter(({ name }) => name !== ',');
  if (pattern?.name !== 'StringLiteral') return;
  const textOf = (node: Node) => String(JSON.parse(excerpt(node, walk, Infinity)));
  try {
    compilePattern(textOf(pattern), flags?.name === 'StringLiteral' ? textOf(flags) : '');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(
      walk,
      pattern,
      'rule.pattern',
      `The pattern cannot be used: ${why}.`,
      'Patterns are RE2 regular expressions: no look-around, no back-references.',
    );
  }
}

function deeper(node: Node, place: Place, walk: Walk): Place {
  const depth = place.depth + 1;
  if (depth === deepestIteration + 1)
    report(
      walk,
      node,
      'rule.nesting',
      `More than ${deepestIteration} iterations stand inside each other.`,
      'Split the rule, or ask for a fact that holds the answer.',
    );
  return { ...place, depth };
}

function unknownName(walk: Walk, node: Node, name: string, known: readonly string[]): void {
  const near = known.find((each) => isNear(each.toLowerCase(), name.toLowerCase()));
  const list = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'It has no fields.';
  report(
    walk,
    node,
    'rule.unknown-name',
    `"${name}" is not known here.`,
    near ? `Did you mean "${near}"? ${list}` : list,
  );
}

/** One letter more, less or other, or two swapped. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const rest = (text: string, skip: number) => text.slice(start + skip);
  const swapped = one[start] === other[start + 1] && one[start + 1] === other[start] && rest(one, 2) === rest(other, 2);
  return (
    swapped || rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1)
  );
}

function report(walk: Walk, { from, to }: Node, code: string, sentence: string, hint: string): void {
  walk.faults.push({ ...refusal(code, sentence, hint), from, to });
}

function excerpt({ from, to }: Node, { text }: Walk, longest = 40): string {
  return text.slice(from, Math.min(to, from + longest));
}

function nameOf({ from, to }: Node, { text }: Walk): string {
  return text.slice(from, to).replace(/\s+/g, ' ').trim();
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
