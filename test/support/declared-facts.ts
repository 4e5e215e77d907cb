// Facts are read before a rule is asked, by the names that it declares: one it reads and does not declare would be missing.
import type { AnyFacts, Rule } from '../../core/lifecycle/rule.ts';
import type { Registry } from '../../core/record/work.ts';

/** A registry whose rules fail where they read a fact that they do not declare. */
export function withDeclaredFacts(registry: Registry): Registry {
  const records = [...registry.records].map(([type, record]) => {
    const rules = Object.entries(record.rules).map(
      ([name, rule]) => [name, declared(`${type}: ${name}`, rule)] as const,
    );
    return [type, { ...record, rules: Object.fromEntries(rules) }] as const;
  });
  return { ...registry, records: new Map(records) };
}

function declared(name: string, rule: Rule): Rule {
  return {
    ...rule,
    check: ({ facts, ...context }) => rule.check({ ...context, facts: only(name, facts, rule.needs) }),
  };
}

function only(name: string, facts: AnyFacts, needs: readonly string[] = []): AnyFacts {
  return new Proxy(facts, {
    get: (all, fact) => {
      if (typeof fact === 'string' && !needs.includes(fact))
        throw new Error(`${name} reads the fact ${fact}: declare it in its \`needs\``);
      return Reflect.get(all, fact) as unknown;
    },
  });
}
