// A rule declares the facts that it reads, so that they are there, and the codes that it gives, so that the API tells them.
import type { AnyFacts, Rule } from '../../core/record/define/rule.ts';
import type { Registry } from '../../core/record/define/work.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';

/** A registry whose rules fail where they read a fact, or give a refusal, that they do not declare. */
export function withDeclaredRules(registry: Registry): Registry {
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
    check: ({ facts, ...context }) => {
      const refusals = rule.check({ ...context, facts: only(name, facts, rule.needs) });
      return refusals.map((each) => given(name, each, rule.gives));
    },
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

function given(name: string, refusal: Refusal, gives: readonly string[]): Refusal {
  if (gives.includes(refusal.code)) return refusal;
  throw new Error(`${name} gives ${refusal.code}: declare it in its \`gives\``);
}
