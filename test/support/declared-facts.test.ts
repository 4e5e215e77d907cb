import { expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import type { Rule, RuleContext } from '../../core/lifecycle/rule.ts';
import { withDeclaredFacts } from './declared-facts.ts';

it('fails a rule that reads a fact it does not declare', () => {
  const registry = createRegistry();
  const [plain] = registry.records.values();
  if (!plain) throw new Error('there is no record type');
  const asked: string[] = [];
  const rule: Rule = {
    sentence: 'It is near.',
    needs: ['near'],
    check: ({ facts }) => {
      asked.push(String(facts['near']));
      return facts['far'] ? [] : [];
    },
  };
  const records = new Map([['thing', { ...plain, rules: { rule } }]]);
  const guarded = withDeclaredFacts({ ...registry, records }).records.get('thing')?.rules['rule'];
  const context = { facts: { near: 'here', far: 'there' } } as unknown as RuleContext; // what the rule reads
  expect(() => guarded?.check(context)).toThrow('thing: rule reads the fact far: declare it in its `needs`');
  expect(asked).toEqual(['here']);
});
