import { expect, it } from 'vitest';
import type { RecordOf } from '../../core/record/define/data.ts';
import type { RuleName } from '../../core/record/define/define.ts';
import type { earlyLifeRecord } from './record.ts';
import { earlyLifeRules, windowEnd } from './rules.ts';

type Support = RecordOf<typeof earlyLifeRecord>;

const fields: Support['fields'] = {
  release: 'r',
  team: null,
  windowDays: null,
  criteria: null,
  activatedAt: null,
  windowFrom: null,
  extensions: null,
};

const record = (profile: Support['profile']): Support => ({
  id: 'a',
  type: 'early-life-support',
  ref: 'ELS-1',
  number: 1,
  title: 'Slots',
  state: 'planned',
  stage: 'transition',
  version: 1,
  customers: [],
  owner: null,
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-01T00:00:00.000Z',
  providerId: 'p',
  lineage: 'a',
  profile,
  contentHash: '',
  headHash: '',
  commitments: {},
  next: null,
  fields,
});

const refusalsOf = (
  rule: RuleName<typeof earlyLifeRecord>,
  profile: Support['profile'],
  values: Partial<Support['fields']>,
) =>
  earlyLifeRules[rule]
    .check({
      record: record(profile),
      values: { ...fields, ...values },
      facts: { handOver: null, waivers: [] },
      actor: { id: 'x', grants: [] },
      now: '2026-03-21T00:00:00.000Z',
    })
    .map(({ code }) => code);

it('lets only a light profile observe for less than the usual time', () => {
  expect(refusalsOf('window-long-enough', 'light', { windowDays: 3 })).toEqual([]);
  expect(refusalsOf('window-long-enough', 'standard', { windowDays: 19 })).toEqual(['early-life.window']);
  expect(refusalsOf('window-long-enough', 'regulated', { windowDays: 20 })).toEqual([]);
});

it('is over exactly at the end of its last day', () => {
  expect(windowEnd('2026-03-01T00:00:00.000Z', 20)).toBe('2026-03-21T00:00:00.000Z');
  expect(refusalsOf('window-over', 'light', { windowFrom: '2026-03-01T00:00:00.000Z', windowDays: 20 })).toEqual([]);
  expect(refusalsOf('window-over', 'light', { windowFrom: '2026-03-01T00:00:00.001Z', windowDays: 20 })).toEqual([
    'early-life.window-open',
  ]);
});

it('asks for every criterion, but one that the business does without for now', () => {
  const criteria = [{ criterion: 'EL-08', statement: 'Cost', state: 'unmet', note: 'Not for us.' }] as const;
  expect(refusalsOf('criteria-met', 'light', { criteria })).toEqual(['early-life.criterion']);
});
