// What is named anew is in use: checked at every door by which a field or a link comes to name it.
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { RecordDefinition } from './define.ts';
import type { WhileIn } from './fields.ts';
import type { Known } from './references.ts';
import type { FieldValues } from './row.ts';
import type { Registry } from './work.ts';

type Named = Pick<Known, 'type' | 'ref' | 'state'>;

/** Why a record may not be named so in the state that it is in. */
export function notInUse(
  { records }: Registry,
  { states, hint }: WhileIn,
  { type, ref, state }: Named,
  field: string,
): Refusal[] {
  if (states[type]?.includes(state) !== false) return [];
  const label = records.get(type)?.definition.lifecycle.states[state]?.label ?? state;
  return [refusal('record.not-in-use', `${ref} is not in use: it stands at "${label}".`, hint, field)];
}

/** One refusal for each field that is given another value than before, and names what is not in use. */
export function unusedReferences(
  registry: Registry,
  { fields }: RecordDefinition,
  { given, before, known }: { given: FieldValues; before: FieldValues; known: readonly Known[] },
): Refusal[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind !== 'reference' || !field.whileIn || given[name] === (before[name] ?? null)) return [];
    const named = known.find(({ id }) => id === given[name]);
    return named ? notInUse(registry, field.whileIn, named, name) : [];
  });
}
