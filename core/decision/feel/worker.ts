// Runs in a thread of its own, so that a rule that takes too long can be ended from outside.

import { parentPort } from 'node:worker_threads';
import { evaluate, parseExpression } from 'feelin';
import { toFeelValues } from './facts.ts';
import type { Facts, FactsSchema } from './facts.ts';
import { ownFunctions } from './functions.ts';

export interface RuleCall {
  id: number;
  text: string;
  facts: Facts;
  schema: FactsSchema;
}
/** `type` is the parser's own kind of warning, or `ERROR` for whatever ended the evaluation. */
export interface RuleWarning {
  type: string;
  message: string;
  from: number;
  to: number;
}
/** `value` is what the rule gave, or null for anything that is not a boolean; `gave` tells which of both. */
export interface RuleAnswer {
  id: number;
  value: boolean | null;
  gave: 'boolean' | 'nothing' | 'other';
  warnings: RuleWarning[];
  factsSeen: string[];
}

/** Names a rule reads, by its text: the text does not alter, so neither do they. Bounded, for a thread that lives long. */
const seenOf = new Map<string, string[]>();
const mostTexts = 1_000;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.on('message', (call: RuleCall) => parentPort?.postMessage(answer(call)));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage('ready');

function answer({ id, text, facts, schema }: RuleCall): RuleAnswer {
  try {
    const values = toFeelValues(facts, schema);
    const { value, warnings } = evaluate(text, { ...values, ...ownFunctions });
    const told = warnings.map(({ type, message, position }) => ({
      type,
      message,
      from: position.from,
      to: position.to,
    }));
    const gave = typeof value === 'boolean' ? 'boolean' : value === null ? 'nothing' : 'other';
    return {
      id,
      value: typeof value === 'boolean' ? value : null,
      gave,
      warnings: told,
      factsSeen: namesIn(text, values),
    };
  } catch (error) {
    // Whatever a rule throws (a pattern, the end of the stack, its syntax) leaves it undecided and is told to its owner.
    const message = error instanceof Error ? error.message : String(error);
    return {
      id,
      value: null,
      gave: 'nothing',
      warnings: [{ type: 'ERROR', message, from: 0, to: text.length }],
      factsSeen: [],
    };
  }
}

function namesIn(text: string, values: Facts): string[] {
  const known = seenOf.get(text);
  if (known) return known;
  if (seenOf.size >= mostTexts) seenOf.clear();
  const names = new Set<string>();
  parseExpression(text, values, undefined).iterate({
    enter: ({ name, from, to }) => {
      const word = text.slice(from, to);
      if (name === 'VariableName' && Object.hasOwn(values, word)) names.add(word);
    },
  });
  const found = [...names];
  seenOf.set(text, found);
  return found;
}
