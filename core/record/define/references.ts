import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { fieldsOf } from './define.ts';
import type { RecordDefinition } from './define.ts';
import type { Field } from './fields.ts';

export interface Wanted {
  field: string;
  id: string;
  types: readonly string[];
}
export interface Known {
  id: string;
  type: string;
  ref: string;
  state: string;
  /** The caller may see it, or it is one of the provider's people or teams, whom everybody knows. */
  seen: boolean;
  /** Of a person: the customer it belongs to; null: it is of the provider. */
  home: string | null;
}

/**
 * Why somebody may not come to own a record: who owns sees it, and a customer's person is given nothing that its organisation
 * does not share in. Whoever makes a record may own it.
 */
export function ownerRefusals(
  owner: unknown,
  known: readonly Known[],
  { customers, actor }: { customers: readonly string[]; actor: string },
): Refusal[] {
  const home = known.find(({ id }) => id === owner)?.home ?? null;
  if (home === null || customers.includes(home) || owner === actor) return [];
  return [
    refusal(
      'record.owner-outside',
      'That person belongs to a customer whom the record is not shared with.',
      'Choose one of the provider or of a customer on the record.',
      'owner',
    ),
  ];
}

/** The types of which a field names a record; none where it names none. */
export function namedTypes(field: Field): readonly string[] {
  if (field.kind === 'reference') return field.types;
  return field.kind === 'person' || field.kind === 'team' || field.kind === 'customer' ? [field.kind] : [];
}

/** The records that some given values point at, and what types may stand there. */
export function references(definition: RecordDefinition, values: Readonly<Record<string, unknown>>): Wanted[] {
  const wanted: Wanted[] = [];
  const take = (field: string, types: readonly string[], id: unknown) => {
    if (types.length && typeof id === 'string') wanted.push({ field, id, types });
  };
  for (const [name, field] of fieldsOf(definition)) {
    const value = values[name];
    take(name, namedTypes(field), value);
    if (field.kind !== 'list' || !Array.isArray(value)) continue;
    for (const [index, item] of (value as Readonly<Record<string, unknown>>[]).entries()) // parsed by the list's schema
      for (const [part, each] of Object.entries(field.items))
        take(`${name}.${index}.${part}`, namedTypes(each), item[part]);
  }
  take('owner', ['person'], values['owner']);
  return wanted;
}

/** One refusal for each reference to what does not exist, has another type, or may not be seen by the caller. */
export function unknownReferences(wanted: readonly Wanted[], known: readonly Known[]): Refusal[] {
  return wanted
    .filter((each) => !known.some((found) => found.id === each.id && each.types.includes(found.type) && found.seen))
    .map((each) =>
      refusal(
        'record.unknown-reference',
        `${each.field} names ${each.id}, which is no ${each.types.join(' or ')} that you can see.`,
        'Choose an existing one.',
        each.field,
      ),
    );
}
