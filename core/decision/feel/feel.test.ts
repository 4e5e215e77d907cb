import { evaluate, parseExpression } from 'feelin';
import { afterAll, describe, expect, it } from 'vitest';
import { checkRule } from './check.ts';
import { closeRuleThread, evaluateRule, tryRule } from './evaluate.ts';
import { feelKeywords } from './facts.ts';
import type { Facts, FactsSchema } from './facts.ts';
import { ownFunctions } from './functions.ts';

const schema: FactsSchema = {
  outcomes: { list: { fields: { title: 'string', target: 'number', due: 'date' } } },
  providers: { list: { fields: { kind: 'string', contract: { fields: { status: 'string', signedOn: 'date' } } } } },
  plan: { fields: { cost: 'number', startsOn: 'date', isUrgent: 'boolean', name: 'string' } },
};
const gate =
  '(every o in outcomes satisfies o.target != null) and (every p in providers[kind = "external"] satisfies p.contract.status = "signed")';
const good: Facts = {
  outcomes: [{ title: 'Fewer calls', target: 3, due: '2026-09-30' }],
  providers: [
    { kind: 'external', contract: { status: 'signed', signedOn: '2026-01-05' } },
    { kind: 'internal', contract: null },
  ],
  plan: { cost: 540_000, startsOn: '2026-02-01', isUrgent: false, name: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' },
};
const limits = { timeLimitMs: 5_000, schema };
const codesOf = (text: string) => checkRule(text, schema).map(({ code }) => code);
const trialCodesOf = async (text: string, timeLimitMs = 5_000) =>
  (await tryRule(text, { schema, timeLimitMs })).map(({ code }) => code);
const verdictOf = async (text: string, facts = good) => (await evaluateRule(text, facts, limits)).verdict;

afterAll(closeRuleThread);

describe('checking a rule', () => {
  it.each([
    gate,
    'plan.startsOn + duration("P30D") > date("2026-02-15")',
    'plan.startsOn.year = 2026 and outcomes[1].due > plan.startsOn',
    'count(outcomes[target > 2]) in [1..3] and sum(for o in outcomes return o.target) < 10',
    'if plan.isUrgent then plan.cost < 1000 else contains(plan.name, "a")',
    'some o in outcomes, p in providers satisfies o.title = p.kind',
    'matches(plan.name, "^(a+)+$")',
    'not(plan.isUrgent) and plan.cost between 1 and 600000',
    'max(outcomes.target) >= 3 and list contains(["a", "b"], plan.name)',
    'providers[item.kind = "external"].contract.status = ["signed"]',
    'plan.cost > -1 and plan.name in ("a", "b")',
  ])('lets pass: %s', async (text) => {
    expect(await tryRule(text, limits)).toEqual([]);
  });

  it('refuses a misspelt field, with its place and the likely name', () => {
    const text = 'every o in outcomes satisfies o.targt != null';
    expect(checkRule(text, schema)).toEqual([
      {
        code: 'rule.unknown-name',
        sentence: '"targt" is not known here.',
        hint: 'Did you mean "target"? Known here: title, target, due.',
        from: text.indexOf('targt'),
        to: text.indexOf('targt') + 5,
      },
    ]);
    expect(checkRule('outcome[1].target = 3', schema)).toMatchObject([{ code: 'rule.unknown-name', from: 0, to: 7 }]);
  });

  it('explains a keyword in the place of a field, in the rule and in the facts', () => {
    expect(checkRule('external = true', schema)).toMatchObject([
      {
        code: 'rule.keyword',
        sentence: '"external" is a word of the rule language itself and cannot name a field.',
        from: 0,
        to: 8,
      },
    ]);
    expect(checkRule('1 = 1', { a: { list: { fields: { external: 'boolean' } } } })).toMatchObject([
      { code: 'rule.keyword' },
    ]);
    expect(checkRule('1 = 1', { 'due date': 'date' })).toMatchObject([{ code: 'rule.fact-name' }]);
  });

  it.each([
    ['', 'rule.empty'],
    ['plan.cost >', 'rule.syntax'],
    ['('.repeat(2_001), 'rule.too-long'],
    ['nosuch(plan.cost) = 1', 'rule.function'],
    ['today() > plan.startsOn', 'rule.function'],
    ['replace(plan.name, "a", "b") = "b"', 'rule.function'],
    ['split(plan.name, "a")[1] = "b"', 'rule.function'],
    ['(function(x) x)(1) = 1', 'rule.function'],
    ['{f: function(x) f(x)}.f(1) = 1', 'rule.function'],
    ['{a: 1}.a = 1', 'rule.not-allowed'],
    ['plan.name instance of string', 'rule.not-allowed'],
    ['every a in outcomes satisfies every b in outcomes satisfies every c in outcomes satisfies true', 'rule.nesting'],
    ['every a in outcomes, b in outcomes, c in outcomes satisfies true', 'rule.nesting'],
    ['every a in outcomes, b in outcomes satisfies count(outcomes[target = 1]) = 1', 'rule.nesting'],
    ['matches(plan.name, "(?=a)")', 'rule.pattern'],
    ['matches(plan.name, "((a{1000}){1000}){1000}")', 'rule.pattern'],
    ['plan.constructor = null', 'rule.unknown-name'],
    ['constructor = null', 'rule.unknown-name'],
  ])('refuses: %s', (text, code) => {
    expect(codesOf(text)).toContain(code);
  });

  it('refuses what only a trial shows: wrong types, another value than true or false, work without end', async () => {
    expect(await trialCodesOf('plan.cost + plan.name = 1')).toEqual(['rule.type']);
    expect(await trialCodesOf('plan.cost + 1')).toEqual(['rule.not-boolean']);
    expect(await trialCodesOf('count(for a in 1..100000, b in 1..100000 return a * b) > 0', 100)).toEqual([
      'rule.trial',
    ]);
  });

  it.each([...feelKeywords].filter((word) => !['true', 'false', 'null'].includes(word)))(
    'explains "%s", which the parser cannot read as a name',
    (word) => {
      let isBroken = false;
      parseExpression(`every o in l satisfies o.${word} = 1`, { l: [{ [word]: 1 }] }, undefined).iterate({
        enter: ({ type }) => {
          isBroken ||= type.isError;
        },
      });
      expect(isBroken).toBe(true);
      expect(codesOf(`every o in outcomes satisfies o.${word} = 1`)).toContain('rule.keyword');
    },
  );

  it.each(['date', 'time', 'list', 'status', 'type', 'of'])('lets a field be named "%s"', (word) => {
    expect(
      checkRule(`every o in ours satisfies o.${word} = 1`, { ours: { list: { fields: { [word]: 'number' } } } }),
    ).toEqual([]);
  });
});

describe('evaluating a rule', () => {
  it('is met, or not met, and shows the facts it rests on', async () => {
    expect(await evaluateRule(gate, good, limits)).toEqual({
      verdict: 'met',
      warnings: [],
      factsSeen: { outcomes: good['outcomes'], providers: good['providers'] },
    });
    expect(await verdictOf(gate, { ...good, outcomes: [{ title: 'x', target: null, due: null }] })).toBe('not_met');
    expect(
      await verdictOf(gate, {
        ...good,
        providers: [{ kind: 'external', contract: { status: 'draft', signedOn: null } }],
      }),
    ).toBe('not_met');
  });

  it('compares dates as dates', async () => {
    expect(await verdictOf('plan.startsOn + duration("P30D") > date("2026-02-15")')).toBe('met');
    expect(await verdictOf('plan.startsOn > date("2026-02-01")')).toBe('not_met');
  });

  it('is undecided, never met, without a boolean or with a warning', async () => {
    expect(await verdictOf('plan.cost < null')).toBe('undecided');
    expect(await verdictOf('plan.cost')).toBe('undecided');
    const misspelt = await evaluateRule('outcome.x = null', good, limits);
    expect([misspelt.verdict, misspelt.warnings.length]).toEqual(['undecided', 2]);
    expect(await verdictOf('this is ( no rule')).toBe('undecided');
    expect(await verdictOf('matches(plan.name, "(?=a)")')).toBe('undecided');
  });

  it('matches a pattern that takes other engines for ever at once', async () => {
    expect(
      await verdictOf('matches(plan.name, "^(a+)+$")', { ...good, plan: { name: `${'a'.repeat(50_000)}!` } }),
    ).toBe('not_met');
    expect(evaluate('matches("Ab", "^aB$", "i")', ownFunctions).value).toBe(true);
  });

  it('ends a rule without end, and answers the next', async () => {
    const recursion = await evaluateRule('{f: function(x) f(x)}.f(1)', good, limits);
    expect(recursion.verdict).toBe('undecided');
    const busy = evaluateRule('count(for a in 1..100000, b in 1..100000 return a * b) > 0', good, {
      ...limits,
      timeLimitMs: 100,
    });
    const next = evaluateRule('plan.cost > 1', good, limits);
    expect(await busy).toMatchObject({
      verdict: 'undecided',
      warnings: [{ message: 'The rule took longer than 100 ms.' }],
    });
    expect((await next).verdict).toBe('met');
  });

  it('takes no list longer than the limit', async () => {
    const facts = { ...good, outcomes: Array.from({ length: 11 }, () => ({ title: 'x', target: 1, due: null })) };
    expect((await evaluateRule(gate, facts, { ...limits, longestList: 10 })).verdict).toBe('undecided');
    expect((await evaluateRule(gate, facts, { ...limits, longestList: 11 })).verdict).toBe('met');
  });
});
