import { expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import type { Rule, RuleContext } from '../../core/record/define/rule.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import { withDeclaredRules } from './declared-rules.ts';

const context = { facts: { near: 'here', far: 'there' } } as unknown as RuleContext; // all that these rules read

function guarded(check: Rule['check']): () => unknown {
  const registry = createRegistry();
  const [plain] = registry.records.values();
  if (!plain) throw new Error('there is no record type');
  const rule: Rule = { sentence: 'It is near.', needs: ['near'], gives: ['thing.far'], check };
  const records = new Map([['thing', { ...plain, rules: { rule } }]]);
  const found = withDeclaredRules({ ...registry, records }).records.get('thing')?.rules['rule'];
  return () => found?.check(context);
}

const refused = (code: string) => [refusal(code, 'It is far.', 'Come nearer.')];

it('lets a rule read and give what it declares', () => {
  expect(guarded(({ facts }) => (facts['near'] ? refused('thing.far') : []))()).toEqual(refused('thing.far'));
});

it('fails a rule that reads a fact, or gives a refusal, that it does not declare', () => {
  expect(guarded(({ facts }) => (facts['far'] ? [] : []))).toThrow(
    'thing: rule reads the fact far: declare it in its `needs`',
  );
  expect(guarded(() => refused('thing.near'))).toThrow('thing: rule gives thing.near: declare it in its `gives`');
});
