import type { Queryable } from '../../database/queryable.ts';
import type { RecordData } from '../define/data.ts';
import type { Registry, ServerRecord } from '../define/work.ts';
import type { FactSource, Fact, EveryFact } from '../define/fact.ts';

/**
 * Reads the named facts: all expressions in one statement, then the readers. A name without an expression is a bug.
 */
export async function loadFacts(
  source: FactSource,
  record: ServerRecord,
  data: RecordData,
  names: readonly string[],
): Promise<Record<string, unknown>> {
  const expressions: string[] = [];
  const facts: Record<string, unknown> = {};
  for (const name of names) {
    const fact = factOf(source.registry, record, name);
    if (typeof fact === 'string') expressions.push(`(${fact}) as "${name}"`);
    else facts[name] = await fact(source, data, record);
  }
  if (!expressions.length) return facts;
  const { rows } = await source.client.query(`select ${expressions.join(', ')}`, [data.providerId, data.id]);
  return { ...facts, ...(rows[0] as Record<string, unknown>) };
}

function factOf({ known }: Registry, record: ServerRecord, name: string): Fact | EveryFact {
  const fact = record.facts?.[name] ?? known?.[name];
  if (fact !== undefined) return fact;
  throw new Error(`${record.definition.type}: a rule needs the fact ${name}, which its store does not give`);
}

export function factSource(work: { client: Queryable; application: { registry: Registry }; now: string }): FactSource {
  return { client: work.client, registry: work.application.registry, now: work.now };
}
