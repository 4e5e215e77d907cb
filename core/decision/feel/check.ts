// Judges a rule when it is saved: what passes names only known facts and functions, and cannot run for long.

import { parseExpression } from 'feelin';
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { feelKeywords, sampleFacts } from './facts.ts';
import type { FactsSchema, FactType } from './facts.ts';
import { checkTree } from './check-tree.ts';
import type { RuleFault } from './fault.ts';

export const longestRule = 2_000;

/** Everything that a look at the rule finds against it, without evaluating it; see `tryRule` for the full check before saving. */
export function checkRule(text: string, schema: FactsSchema): RuleFault[] {
  if (text.trim() === '')
    return [fault(text, 'rule.empty', 'The rule is empty.', 'Write an expression that is true or false.')];
  if (text.length > longestRule)
    return [
      fault(
        text,
        'rule.too-long',
        `The rule has ${text.length} characters, ${longestRule} are allowed.`,
        'Split it into several rules.',
      ),
    ];
  const names = badNames(schema);
  if (names.length > 0) return names.map((name) => ({ ...keywordFault(name), from: 0, to: 0 }));
  const tree = parseExpression(text, sampleFacts(schema), undefined);
  const syntax = syntaxFault(tree, text);
  return syntax ? [syntax] : checkTree(tree.topNode, text, schema);
}

type Tree = ReturnType<typeof parseExpression>;

function syntaxFault(tree: Tree, text: string): RuleFault | null {
  let at: number | null = null;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from;
    },
  });
  if (at === null) return null;
  const word = /^\s*([A-Za-z]+)/.exec(text.slice(at))?.[1] ?? '';
  const to = Math.min(text.length, at + Math.max(1, text.slice(at).search(/\S/) + word.length));
  if (feelKeywords.has(word)) return { ...keywordFault(word), from: at, to };
  return {
    ...refusal(
      'rule.syntax',
      `The rule cannot be read from character ${at + 1} on.`,
      'Look for a missing bracket, quote or operator before it.',
    ),
    from: at,
    to,
  };
}

function keywordFault(name: string): Refusal {
  if (!feelKeywords.has(name))
    return refusal(
      'rule.fact-name',
      `The fact "${name}" has a name that a rule cannot write.`,
      'Name it with letters and digits, without spaces.',
    );
  return refusal(
    'rule.keyword',
    `"${name}" is a word of the rule language itself and cannot name a field.`,
    `Use the field under another name; as a text, "${name}" in quotes is fine.`,
  );
}

function badNames(schema: FactsSchema): string[] {
  return Object.entries(schema).flatMap(([name, type]) => [
    ...(/^[A-Za-z_]\w*$/.test(name) && !feelKeywords.has(name) ? [] : [name]),
    ...badNamesIn(type),
  ]);
}

function badNamesIn(type: FactType): string[] {
  if (typeof type === 'string') return [];
  return 'list' in type ? badNamesIn(type.list) : badNames(type.fields);
}

function fault(text: string, code: string, sentence: string, hint: string): RuleFault {
  return { ...refusal(code, sentence, hint), from: 0, to: text.length };
}
