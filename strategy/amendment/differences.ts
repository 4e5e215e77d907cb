// What an amendment alters of an outcome, in words. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { Field, Money } from '../../core/record/define/fields.ts';
import { outcomeRecord, promiseFields } from '../outcome/index.ts';
import type { amendmentRecord } from './record.ts';

type Amended = FieldsOf<typeof amendmentRecord>;
type Outcome = FieldsOf<typeof outcomeRecord>;

const names = ['statement', ...Object.keys(promiseFields)] as readonly (keyof Outcome & keyof Amended)[]; // both hold them

/** The values that it gives: what it leaves empty stays. */
export const filled = (amendment: Amended): Partial<Amended> =>
  Object.fromEntries(names.map((name) => [name, amendment[name]]).filter(([, value]) => value !== null));

/** Each value that becomes another, as it was and as it becomes; `refs` has the numbers of the people named in them. */
export function differencesOf(
  outcome: Outcome,
  amendment: Amended,
  refs: ReadonlyMap<string, string>,
): NonNullable<Amended['differences']> {
  if (amendment.kind === 'give_up') return [];
  return names
    .filter((name) => amendment[name] !== null && !isDeepStrictEqual(amendment[name], outcome[name]))
    .map((name) => {
      const field: Field = outcomeRecord.fields[name];
      return {
        field: field.label,
        was: inWords(field, outcome[name], refs),
        becomes: inWords(field, amendment[name], refs),
      };
    });
}

/** People by their number: what is kept for good holds no name. */
function inWords(
  field: Field,
  value: string | number | Money | null,
  refs: ReadonlyMap<string, string>,
): string | null {
  if (value === null) return null;
  if (typeof value === 'object') return `${value.minor} minor units of ${value.currency}`;
  if (field.kind === 'person') return refs.get(String(value)) ?? null;
  return field.kind === 'choice' ? (field.options[value] ?? String(value)) : String(value);
}
