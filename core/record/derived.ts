import { isDeepStrictEqual } from 'node:util';
import type { FieldValues } from './row.ts';
import type { ServerRecord } from './work.ts';

/**
 * The derived fields that an edit alters, because they follow from the fields it alters. What stands otherwise than by the rule (an
 * import took it from its source) stays as long as nothing is altered that it follows from.
 */
export function derivedEdits(record: ServerRecord, before: FieldValues, given: FieldValues): FieldValues {
  const derive = record.commands?.derive;
  if (!derive) return {};
  const byRule = derive(before);
  const isAltered = (name: string, value: unknown) =>
    !isDeepStrictEqual(value ?? null, byRule[name] ?? null) && !isDeepStrictEqual(value ?? null, before[name] ?? null);
  return Object.fromEntries(
    Object.entries(derive({ ...before, ...given })).filter(([name, value]) => isAltered(name, value)),
  );
}
