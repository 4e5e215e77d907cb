// What a record's hashes are computed over, and the personal values that stand in them as commitments.
import { commitment, contentHash, newSalt } from '../../journal/format/hash.ts';
import type { Json } from '../../journal/format/hash.ts';
import type { ItemData } from './checklist.ts';
import { fieldsOf } from './define.ts';
import type { RecordDefinition } from './define.ts';
import type { Profile } from '../../lifecycle/profile.ts';
import type { FieldValues } from './row.ts';
import { keptWords } from './words.ts';

export interface Content {
  id: string;
  title: string;
  customers: readonly string[];
  owner: string | null;
  profile: Profile | null;
  fields: FieldValues;
  commitments: Readonly<Record<string, string>>;
  items?: readonly Pick<ItemData, 'item' | 'applicable' | 'notApplicableReason' | 'statement' | 'fileHash'>[];
}

/** What stands where a person's name or words stood. */
export const tombstone = '[erased]';

export function isPersonal(definition: RecordDefinition, name: string): boolean {
  return name === 'title' ? definition.personalTitle === true : definition.fields[name]?.personal === true;
}

/** The hash that decisions bind to: every field but bookkeeping ones, personal values as commitments, a checklist's statements. */
export function hashContent(definition: RecordDefinition, content: Content): string {
  const fields: Record<string, Json> = {};
  for (const [name, field] of fieldsOf(definition)) {
    if (field.unhashed || field.personal) continue;
    fields[name] = (content.fields[name] ?? null) as Json; // fields were validated by their schemas
  }
  fields['_customers'] = [...content.customers].toSorted();
  fields['_owner'] = content.owner;
  fields['_profile'] = content.profile;
  if (!definition.personalTitle) fields['_title'] = content.title;
  if (content.items) {
    fields['_items'] = content.items
      .toSorted((a, b) => (a.item < b.item ? -1 : 1))
      .map(({ item, applicable, notApplicableReason, statement, fileHash }) => ({
        item,
        applicable,
        notApplicableReason,
        statement,
        ...(fileHash === null ? {} : { fileHash }),
      }));
  }
  const personal = Object.fromEntries(
    Object.entries(content.commitments).filter(([name]) => !definition.fields[name]?.unhashed),
  );
  return contentHash({ type: definition.type, id: content.id, fields, personal });
}

export interface PersonalValue {
  field: string;
  salt: string;
  value: Json;
  commitment: string;
}

/** Commits to a personal value under a salt of its own. */
export function commit(field: string, value: Json): PersonalValue {
  const salt = newSalt();
  return { field, salt, value, commitment: commitment(salt, value) };
}

/**
 * Journal edits and commitments of some new values: what is personal appears in the edits only as its commitment.
 * A personal null needs no commitment.
 */
export function journalEdits(
  definition: RecordDefinition,
  values: Readonly<Record<string, unknown>>,
): { edits: Record<string, Json>; personal: PersonalValue[] } {
  const edits: Record<string, Json> = {};
  const personal: PersonalValue[] = [];
  for (const [name, given] of Object.entries(values)) {
    const value = (given ?? null) as Json; // validated by its field's schema
    if (!isPersonal(definition, name) || value === null) edits[name] = value;
    else {
      const kept = commit(name, value);
      personal.push(kept);
      edits[name] = { commitment: kept.commitment };
    }
  }
  return { edits, personal };
}

/** The words by which a record is found, as its header keeps them. */
export function searchText(definition: RecordDefinition, ref: string, title: string, fields: FieldValues): string {
  const texts = (definition.search ?? [])
    .map((name) => fields[name])
    .filter((value): value is string => typeof value === 'string');
  return keptWords([ref, title, ...texts].join(' ').slice(0, 50_000));
}
