// What of a record only the provider's people read.
import { seesProvider } from '../../permission/scope.ts';
import type { Reader } from '../../permission/scope.ts';
import { fieldsOf } from './define.ts';
import type { RecordDefinition } from './define.ts';

/** The fields that somebody does not read of records of a type. */
export const withheld = (definition: RecordDefinition, reader: Reader): string[] =>
  seesProvider(reader) ? [] : fieldsOf(definition).flatMap(([name, { within }]) => (within ? [name] : []));

/** Values as somebody reads them: what is withheld is empty. */
export function readBy<V extends Readonly<Record<string, unknown>>>(
  definition: RecordDefinition,
  reader: Reader,
  values: V,
): V {
  const hidden = withheld(definition, reader).filter((name) => name in values);
  return hidden.length ? { ...values, ...Object.fromEntries(hidden.map((name) => [name, null])) } : values;
}

/** As `readBy`, of an entry's edits: what is withheld, and what measures it, is not told. */
export function editsReadBy<V extends Readonly<Record<string, unknown>>>(
  definition: RecordDefinition,
  reader: Reader,
  edits: V,
): V {
  const hidden = withheld(definition, reader);
  if (!hidden.length) return edits;
  const measured = hidden.includes('nextDueAt') ? ['_clocks', '_breaches'] : [];
  return Object.fromEntries(
    Object.entries(edits).filter(([name]) => !hidden.includes(name) && !measured.includes(name)),
  ) as V; // fewer keys of an open record
}
