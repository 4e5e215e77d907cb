// Judges a rule when it is saved: what passes names only known facts and functions, and cannot run for long.

import { evaluate, parseExpression } from 'feelin';
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { feelKeywords, sampleFacts } from './facts.ts';
import type { FactsSchema, FactType } from './facts.ts';
import { ownFunctions } from './functions.ts';
import { checkTree } from './check-tree.ts';

/** A refusal with its place in the rule's text: half-open, in UTF-16 units. */
export interface RuleProblem extends Refusal { from: number; to: number }

export const longestRule = 2_000;

/** Everything that keeps a rule from being saved; none means it may be. */
export function checkRule(text: string, schema: FactsSchema): RuleProblem[] {
  if (text.trim() === '') return [problem(text, 'rule.empty', 'The rule is empty.', 'Write an expression that is true or false.')];
  if (text.length > longestRule) return [problem(text, 'rule.too-long', `The rule has ${text.length} characters, ${longestRule} are allowed.`, 'Split it into several rules.')];
  const names = badNames(schema);
  if (names.length > 0) return names.map((name) => ({ ...keywordProblem(name), from: 0, to: 0 }));
  const facts = sampleFacts(schema);
  const tree = parseExpression(text, facts, undefined);
  const syntax = syntaxProblem(tree, text);
  if (syntax) return [syntax];
  const found = checkTree(tree.topNode, text, schema);
  return found.length > 0 ? found : tryOut(text, facts);
}

type Tree = ReturnType<typeof parseExpression>;

function syntaxProblem(tree: Tree, text: string): RuleProblem | null {
  let at: number | null = null;
  tree.iterate({ enter: (node) => { if (node.type.isError && at === null) at = node.from; } });
  if (at === null) return null;
  const word = /^\s*([A-Za-z]+)/.exec(text.slice(at))?.[1] ?? '';
  const to = Math.min(text.length, at + Math.max(1, text.slice(at).search(/\S/) + word.length));
  if (feelKeywords.has(word)) return { ...keywordProblem(word), from: at, to };
  return { ...refusal('rule.syntax', `The rule cannot be read from character ${at + 1} on.`, 'Look for a missing bracket, quote or operator before it.'), from: at, to };
}

function keywordProblem(name: string): Refusal {
  if (!feelKeywords.has(name)) return refusal('rule.fact-name', `The fact "${name}" has a name that a rule cannot write.`, 'Name it with letters and digits, without spaces.');
  return refusal('rule.keyword', `"${name}" is a word of the rule language itself and cannot name a field.`, `Use the field under another name; as a text, "${name}" in quotes is fine.`);
}

/** Operators and arguments that do not fit the types show as warnings of a trial; what it says of names was checked better above. */
function tryOut(text: string, facts: Record<string, unknown>): RuleProblem[] {
  const kinds = new Set(['INVALID_TYPE', 'INVALID_ARGUMENTS', 'NOT_COMPARABLE', 'NO_FUNCTION_FOUND', 'FUNCTION_INVOCATION_FAILURE', 'UNSUPPORTED']);
  const { value, warnings } = evaluate(text, { ...facts, ...ownFunctions });
  const found = warnings.filter(({ type }) => kinds.has(type)).map(({ message, position }) => ({ ...refusal('rule.type', `${message}.`, 'Compare and combine values of the same type.'), ...position }));
  if (found.length === 0 && value !== null && typeof value !== 'boolean') return [problem(text, 'rule.not-boolean', 'The rule gives a value that is neither true nor false.', 'Compare the value with something.')];
  return found;
}

function badNames(schema: FactsSchema): string[] {
  return Object.entries(schema).flatMap(([name, type]) => [...(/^[A-Za-z_]\w*$/.test(name) && !feelKeywords.has(name) ? [] : [name]), ...badNamesIn(type)]);
}

function badNamesIn(type: FactType): string[] {
  if (typeof type === 'string') return [];
  return 'list' in type ? badNamesIn(type.list) : badNames(type.fields);
}

function problem(text: string, code: string, sentence: string, hint: string): RuleProblem {
  return { ...refusal(code, sentence, hint), from: 0, to: text.length };
}
