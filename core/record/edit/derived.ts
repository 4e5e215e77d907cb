import { isDeepStrictEqual } from 'node:util';
import type { FieldValues } from '../define/row.ts';
import type { ServerRecord } from '../define/work.ts';

/** Of some values, those that differ from what stands. */
export const altered = (before: FieldValues, given: FieldValues | undefined): FieldValues =>
  Object.fromEntries(
    Object.entries(given ?? {}).filter(([name, value]) => !isDeepStrictEqual(value ?? null, before[name] ?? null)),
  );

/** The derived fields that an edit alters: those that follow from a field it alters. What follows from others stands. */
export function derivedEdits(record: ServerRecord, before: FieldValues, given: FieldValues): FieldValues {
  const values = { ...before, ...given };
  const news = altered(before, given);
  const derived = (record.commands?.derive ?? [])
    .filter(({ from }) => from.some((name) => name in news))
    .flatMap((each) => Object.entries(each.values(values)));
  return altered(before, Object.fromEntries(derived));
}
