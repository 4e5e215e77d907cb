// Asks a rule in its own thread, with a limit of time, memory and list length. Whatever goes wrong there is "undecided".

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { refusal } from '../../refusal/refusal.ts';
import { checkRule } from './check.ts';
import { sampleFacts } from './facts.ts';
import type { Facts, FactsSchema } from './facts.ts';
import type { RuleFault } from './fault.ts';
import type { RuleAnswer, RuleCall, RuleWarning } from './worker.ts';

/** `undecided` is never "met": the rule gave neither true nor false, gave true with warnings, or had to be ended. */
export type RuleVerdict = 'met' | 'not_met' | 'undecided';

export interface RuleResult {
  verdict: RuleVerdict;
  warnings: RuleWarning[];
  /** The facts the rule names, as they were: the evidence beside the verdict. */
  factsSeen: Facts;
}

export interface RuleLimits {
  /** Longest evaluation; the start of the thread does not count. */
  readonly timeLimitMs: number;
  readonly schema: FactsSchema;
  /** Longest list anywhere in the facts. Default 10,000. */
  readonly longestList?: number;
}

type Settle = (answer: RuleAnswer | string) => void;
interface Pending {
  readonly call: RuleCall;
  readonly timeLimitMs: number;
  readonly settle: Settle;
}

/** One thread, one rule at a time: the limit of a rule is then not used up by those before it. */
let thread: Worker | null = null;
let isReady = false;
let running: { pending: Pending; timer: NodeJS.Timeout } | null = null;
let nextId = 1;
const waiting: Pending[] = [];

/** Evaluates a rule that `checkRule` let pass, over facts of the same schema. Never throws for what a rule does. */
export async function evaluateRule(text: string, facts: Facts, limits: RuleLimits): Promise<RuleResult> {
  const longest = limits.longestList ?? 10_000;
  if (longestListIn(facts) > longest)
    return undecided(`A list among the facts has more than ${longest} entries.`, text);
  const answer = await ask(text, facts, limits);
  return typeof answer === 'string' ? undecided(answer, text) : judge(answer, facts);
}

/** Warnings that speak of types; what a trial says of names and fields depends on its sample, and `checkRule` knows better. */
const typeWarnings: ReadonlySet<string> = new Set([
  'ERROR',
  'INVALID_TYPE',
  'INVALID_ARGUMENTS',
  'NOT_COMPARABLE',
  'NO_FUNCTION_FOUND',
  'FUNCTION_INVOCATION_FAILURE',
  'UNSUPPORTED',
]);

/**
 * Everything that keeps a rule from being saved; none means it may be. After `checkRule` the rule is tried on sample
 * facts, where operators and arguments of the wrong type show, and a rule that takes too long as well.
 */
export async function tryRule(text: string, limits: RuleLimits): Promise<RuleFault[]> {
  const found = checkRule(text, limits.schema);
  if (found.length > 0) return found;
  const answer = await ask(text, sampleFacts(limits.schema), limits);
  const whole = { from: 0, to: text.length };
  if (typeof answer === 'string') return [{ ...refusal('rule.trial', answer, 'Make the rule simpler.'), ...whole }];
  if (answer.gave === 'other')
    return [
      {
        ...refusal(
          'rule.not-boolean',
          'The rule gives a value that is neither true nor false.',
          'Compare the value with something.',
        ),
        ...whole,
      },
    ];
  const warnings = answer.warnings.filter(({ type }) => typeWarnings.has(type));
  return warnings.map(({ message, from, to }) => ({
    ...refusal('rule.type', `${message}.`, 'Compare and combine values of the same type.'),
    from,
    to,
  }));
}

/** The thread's answer, or a sentence that says why there is none. */
function ask(text: string, facts: Facts, { schema, timeLimitMs }: RuleLimits): Promise<RuleAnswer | string> {
  const call = { id: nextId++, text, facts, schema };
  return new Promise((settle) => {
    waiting.push({ call, timeLimitMs, settle });
    runNext();
  });
}

/** Ends the thread; the next evaluation starts another. What is being evaluated ends undecided. */
export async function closeRuleThread(): Promise<void> {
  const closing = thread;
  drop('The rule thread was closed.');
  await closing?.terminate();
}

function judge({ value, warnings, factsSeen }: RuleAnswer, facts: Facts): RuleResult {
  const seen = Object.fromEntries(factsSeen.map((name) => [name, facts[name] ?? null]));
  const isDecided = value === false || (value === true && warnings.length === 0);
  return { verdict: isDecided ? (value ? 'met' : 'not_met') : 'undecided', warnings, factsSeen: seen };
}

function undecided(message: string, text: string): RuleResult {
  return { verdict: 'undecided', warnings: [{ type: 'ERROR', message, from: 0, to: text.length }], factsSeen: {} };
}

function runNext(): void {
  if (running || waiting.length === 0) return;
  const worker = thread ?? spawn();
  if (!isReady) return;
  const pending = waiting.shift();
  if (!pending) return;
  const timer = setTimeout(() => {
    const late = thread;
    drop(`The rule took longer than ${pending.timeLimitMs} ms.`);
    void late?.terminate();
    runNext();
  }, pending.timeLimitMs);
  running = { pending, timer };
  worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(pending.call);
}

function spawn(): Worker {
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  thread = worker;
  isReady = false;
  worker.on('message', (message: 'ready' | RuleAnswer) => {
    if (thread !== worker) return;
    if (message === 'ready') isReady = true;
    else finish(message);
    // An idle thread does not keep the program alive.
    if (!running && waiting.length === 0) worker.unref();
    runNext();
  });
  worker.on('error', (error: Error) => {
    if (thread !== worker) return;
    if (!isReady) failAll(`The rule thread did not start: ${error.message}`);
    drop(`The rule could not be evaluated: ${error.message}`);
    runNext();
  });
  return worker;
}

function finish(answer: RuleAnswer | string): void {
  if (!running) return;
  clearTimeout(running.timer);
  const { settle } = running.pending;
  running = null;
  settle(answer);
}

/** Forgets the thread, so that the next call starts another. */
function drop(reason: string): void {
  thread = null;
  isReady = false;
  finish(reason);
}

/** A thread that cannot start would be tried for ever: those who wait are told instead. */
function failAll(reason: string): void {
  for (const { settle } of waiting.splice(0)) settle(reason);
}

function longestListIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce((longest: number, item: unknown) => Math.max(longest, longestListIn(item)), own);
}
