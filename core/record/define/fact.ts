import type { Queryable } from '../../database/queryable.ts';
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

/** What the rules of a record type need to know, each by its name; the decisions on it, and how its customers decide, are known of every record. */
export type FactsFor<D extends RecordDefinition, X extends object> = {
  readonly [N in keyof X as Exclude<N, 'decisions' | 'together'>]: Fact<X[N], D>;
};
