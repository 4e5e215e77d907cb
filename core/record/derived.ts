import { isDeepStrictEqual } from 'node:util';
import type { FieldValues } from './row.ts';
import type { ServerRecord } from './work.ts';

/** The derived fields that an edit alters, because they follow from the fields it alters. */
export function derivedEdits(record: ServerRecord, before: FieldValues, given: FieldValues): FieldValues {
  const derived = record.commands?.derive?.({ ...before, ...given });
  if (!derived) return {};
  return Object.fromEntries(
    Object.entries(derived).filter(([name, value]) => !isDeepStrictEqual(value ?? null, before[name] ?? null)),
  );
}
