import type { Queryable } from './queryable.ts';
import type { RecordData, RecordOf } from './data.ts';
import type { RecordDefinition } from './define.ts';
import type { Registry, ServerRecord } from './work.ts';

/** Where facts are read, and as of when. */
export interface FactSource {
  client: Queryable;
  registry: Registry;
  now: string;
}

/** A jsonb expression over $1 = provider id and $2 = record id, or a reader for what SQL alone cannot tell. */
export type Fact<T = unknown, D extends RecordDefinition = RecordDefinition> = string | Reader<T, D>['read'];

/** What is known of every record, of whatever type. */
export type EveryFact = (source: FactSource, data: RecordData, record: ServerRecord) => Promise<unknown>;

/** Its reader is a method, so that one typed by its record stands among those of all. */
interface Reader<T, D extends RecordDefinition> {
  read(this: void, source: FactSource, data: RecordOf<D>): Promise<T>;
}

/** What the rules of a record type need to know, each by its name; the decisions on it are known of every record. */
export type FactsFor<D extends RecordDefinition, X extends object> = {
  readonly [N in keyof X as Exclude<N, 'decisions'>]: Fact<X[N], D>;
};

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
