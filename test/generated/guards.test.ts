// Every guard that a lifecycle names, at pure level with its real rule: it refuses what it is there for, and tells what to do next.
import { describe, expect, it } from 'vitest';
import type { RuleContext, Rule } from '../../core/record/define/rule.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import { fieldsOf } from '../../core/record/define/define.ts';
import type { Field } from '../../core/record/define/fields.ts';
import type { ServerRecord } from '../../core/record/define/work.ts';
import { gates } from '../../handover/gates.ts';
import { createRegistry } from '../../app/server/registry.ts';

const me = '00000000-0000-7000-8000-00000000000a';
const now = '2026-03-02T09:00:00.000Z';
const [past, future] = ['2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'];

const findings = [{ itemRef: 'X-1', severity: 'must', text: 'It is not said who.' }];

/** Decisions that refused at every gate. */
const refusedEverywhere = [...gates.keys()].map((gate) => ({
  gate,
  outcome: 'reject',
  basis: 'current',
  customer: me,
  findings,
}));
const missingItem = { item: 'X-01', mandatory: true, applicable: true, state: 'missing', finding: null };

const standingHandOver = { facts: { handOver: { ref: 'HSP-1', state: 'offered' } } };

/** What rules need that no sample says: facts of a shape of their own, and values that do not fit each other. By type and rule. */
const atBusinessLevel = { impact: 4, likelihood: 4 };

interface Recipe {
  facts?: Record<string, unknown>;
  values?: Record<string, unknown>;
  customers?: readonly string[];
}
const ofTwo: Recipe = { customers: [me, '00000000-0000-7000-8000-0000000000b2'] };

const recipes: Readonly<Record<string, Recipe>> = {
  'service of-one-customer': ofTwo,
  'service-package of-one-customer': ofTwo,
  'customer named-by-its-own': { facts: { left: { isKept: true, people: [] } } },
  'role-grant within-the-key': { values: { role: 'CAD' } },
  'delegation within-the-key': { values: { role: 'CAD' } },
  'service-version still-subscribed': { facts: { remaining: { subscriptions: [], incidents: 0 } } },
  'service-version contracts-ended': { facts: { running: { agreements: ['SLA-1'], components: [] } } },
  'service-version components-withdrawn': { facts: { running: { agreements: [], components: ['CMP-1'] } } },
  'service-package nothing-handed-over': standingHandOver,
  'design-package nothing-handed-over': standingHandOver,
  'release nothing-handed-over': standingHandOver,
  'release thread-whole': {
    facts: { broken: [{ code: 'thread.no-outcome', sentence: 'SVC-1 promises nothing.', hint: 'Agree an outcome.' }] },
  },
  'design-package outcomes-instrumented': {
    facts: { package: { outcomes: [{ ref: 'OUT-1', title: 'Fewer misses' }] } },
  },
  'component built-artefact': { values: { sourcing: 'made', artefactHash: null } },
  'component bought-lawfully': { values: { sourcing: 'bought', licence: null, contractState: 'draft' } },
  'change authority-for-build': { facts: { decisions: [], customers: [], advice: [] }, values: atBusinessLevel },
  'change authority-for-deployment': {
    facts: { decisions: [], customers: [], advice: [] },
    values: atBusinessLevel,
  },
  'early-life-support criteria-met': {
    values: { criteria: [{ criterion: 'EC-1', statement: 'No P1 is open', state: 'unmet', note: null }] },
  },
  'freeze for-another': {
    facts: { changes: { [me]: { ref: 'CHG-1', people: [me] } } },
    values: { exceptionFor: me },
  },
  'improvement implemented-since': {
    values: { baselineFrozen: { frozenAt: '2026-01-02T00:00:00.000Z' }, implementedOn: '2026-01-01' },
  },
  'improvement values-in-window': {
    values: {
      baselineFrozen: { source: 'given', points: [], level: 1 },
      implementedOn: '2026-01-01',
      afterDays: 5,
      afterSeries: [{ at: '2025-12-31', value: 1 }],
    },
  },
  'outcome-measurement period-ordered': { values: { periodFrom: '2026-02-01', periodTo: '2026-01-31' } },
  'outcome-measurement period-free': { facts: { period: { taken: ['OM-1'] } } },
};

/** What a fact may be, of whatever shape; a rule that cannot read one is asked with the next. */
const anyFact: unknown[] = [
  undefined,
  null,
  false,
  true,
  0,
  5,
  '',
  past,
  future,
  [],
  ['x'],
  [{}],
  [
    {
      state: 'open',
      item: 'X',
      ref: 'X-1',
      title: 'X',
      missing: 1,
      gate: 'P7',
      outcome: 'reject',
      basis: 'current',
      findings: [{ itemRef: 'X', severity: 'must', text: 'x' }],
      customer: me,
    },
  ],
  {},
  { minor: 1e9, currency: 'GBP' },
  refusedEverywhere,
  [missingItem],
];

function sample(field: Field, variant: 'empty' | 'past' | 'future'): unknown {
  if (variant === 'empty') return null;
  const early = variant === 'past';
  switch (field.kind) {
    case 'text':
    case 'longText':
      return early ? 'a' : 'b';
    case 'choice':
      return Object.keys(field.options).at(early ? 0 : -1);
    case 'integer':
    case 'decimal':
      return early ? (field.min ?? 1) : (field.max ?? 100);
    case 'money':
      return { minor: early ? 100 : 1_000_000, currency: 'GBP' };
    case 'boolean':
      return early;
    case 'date':
      return (early ? past : future).slice(0, 10);
    case 'instant':
      return early ? past : future;
    case 'json':
      return {};
    case 'list':
      return early
        ? []
        : [Object.fromEntries(Object.entries(field.items).map(([name, each]) => [name, sample(each, 'future')]))];
    case 'person':
    case 'team':
    case 'customer':
    case 'reference':
      return me;
  }
}

function* contextsOf({ definition }: ServerRecord, ruleName: string, rule: Rule): Generator<RuleContext> {
  const needs = rule.needs ?? [];
  const recipe = recipes[`${definition.type} ${ruleName}`];
  const facts = needs.reduce<Record<string, unknown>[]>(
    (all, need) => all.flatMap((each) => anyFact.map((fact) => ({ ...each, [need]: fact }))).slice(0, 4000),
    [{}],
  );
  if (recipe?.facts) facts.unshift(recipe.facts);
  const all = (variant: 'empty' | 'past' | 'future') =>
    Object.fromEntries(fieldsOf(definition).map(([key, field]) => [key, sample(field, variant)]));
  for (const values of [
    all('empty'),
    all('past'),
    all('future'),
    { ...all('future'), ...onlyDates(definition.fields) },
    { ...all('empty'), ...recipe?.values },
  ])
    for (const owner of [null, me])
      for (const each of facts) {
        for (const next of [null, { move: 'close', at: past }]) {
          const record: RecordData = {
            id: me,
            type: definition.type,
            ref: `${definition.prefix}-1`,
            number: 1,
            title: 'X',
            state: definition.lifecycle.initial,
            stage: definition.stage,
            version: 1,
            customers: [...(recipe?.customers ?? (owner ? [me] : []))],
            owner,
            createdAt: past,
            updatedAt: past,
            providerId: me,
            lineage: me,
            profile: 'standard',
            contentHash: '',
            headHash: '',
            commitments: {},
            next,
            fields: values,
          };
          yield { record, values, facts: each, actor: { id: me, grants: [], keyScopes: ['read'] }, now };
        }
      }
}

/** Past dates among values that are otherwise great. */
const onlyDates = (fields: Readonly<Record<string, Field>>) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.kind === 'date' || field.kind === 'instant')
      .map(([name, field]) => [name, sample(field, 'past')]),
  );

/** Every rule that a lifecycle names, wherever it names it. */
function namedRules({ definition: { lifecycle } }: ServerRecord): string[] {
  const moves = Object.values(lifecycle.moves).flatMap(({ rules = [] }) => rules);
  const stands = Object.values(lifecycle.stands ?? {}).flatMap(({ rules = [] }) => rules);
  return [...new Set([...(lifecycle.create.rules ?? []), ...(lifecycle.edit.rules ?? []), ...moves, ...stands])];
}

/** What the rule refuses; the first is enough. */
function refusalsOf(record: ServerRecord, name: string, rule: Rule): Refusal[] {
  for (const context of contextsOf(record, name, rule)) {
    try {
      const told = rule.check(context);
      if (told.length) return told;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      // A fact of another shape than this rule reads: it is asked with the next.
    }
  }
  return [];
}

const guards = [...createRegistry().records.values()].flatMap((record) =>
  namedRules(record).map((name) => ({ type: record.definition.type, name, record })),
);

describe('a guard', () => {
  it.each(guards)('of $type refuses, and says what to do: $name', ({ record, name }) => {
    const rule = record.rules[name];
    if (!rule) throw new Error(`${record.definition.type} names the rule ${name}, which has no check`);
    const refusals = refusalsOf(record, name, rule);
    expect([name, refusals.length > 0]).toEqual([name, true]);
    for (const { code, sentence, hint } of refusals) {
      expect(code).toMatch(/^[a-z-]+\.[a-z0-9-]+$/);
      expect(sentence).toMatch(/\S.*[.!?]$/s);
      expect(hint).toMatch(/\S.*[.!?]$/s);
    }
    expect(rule.sentence).toMatch(/\.$/);
  });

  it('is named by some move, gate or creation wherever it is implemented', () => {
    for (const record of createRegistry().records.values())
      expect([
        record.definition.type,
        Object.keys(record.rules).filter((name) => !namedRules(record).includes(name)),
      ]).toEqual([record.definition.type, []]);
  });
});
