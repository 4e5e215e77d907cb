import type { Endpoint } from '../http/endpoint.ts';
import type { ServerRecord } from '../record/work.ts';
import { notesTrait } from './notes/trait.ts';
import type { Trait } from './trait.ts';

const traits: readonly Trait[] = [notesTrait];

const traitsOf = ({ definition }: ServerRecord): Trait[] => traits.filter(({ name }) => definition.traits?.[name]);

/** A record type with what its traits bring. */
export function withTraits(record: ServerRecord): ServerRecord {
  const own = traitsOf(record);
  if (!own.length) return record;
  return {
    ...record,
    beside: [...(record.beside ?? []), ...own.flatMap(({ beside }) => beside ?? [])],
    personalOf: [...(record.personalOf ?? []), ...own.flatMap(({ personalOf }) => personalOf?.(record) ?? [])],
  };
}

/** The endpoints that its traits give a record type. */
export const traitEndpoints = (record: ServerRecord): Endpoint[] =>
  traitsOf(record).flatMap(({ endpoints }) => endpoints?.(record) ?? []);
