import type { Queryable } from '../../database/queryable.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { Principal } from '../../permission/principal.ts';
import { scopeOf, seesProvider } from '../../permission/scope.ts';
import { nilUuid } from '../define/id.ts';
import { idsIn, isKnown } from './names.ts';

/**
 * An answer as its reader may know it: the ids of records and people that are hidden from the reader tell nothing any more. Lists
 * leave them out; anywhere else stands the id of nobody. What of a shared record names another customer's people stays unnamed so
 * at every door, whatever field it stands in. The `subject` of an act was seen by who did it, and went out of sight by it at most.
 */
export async function veiled<T>(client: Queryable, principal: Principal, answer: T, subject?: string): Promise<T> {
  if (seesProvider(principal)) return answer;
  const hidden = await hiddenOf(client, principal, idsIn(answer));
  if (subject !== undefined) hidden.delete(subject);
  return hidden.size ? (without(answer, hidden) as T) : answer; // the shape stays
}

/** Whether one of some values names what is hidden from somebody: to ask for it is to ask for what nobody knows. */
export async function namesHidden(client: Queryable, principal: Principal, values: unknown): Promise<boolean> {
  return !seesProvider(principal) && (await hiddenOf(client, principal, idsIn(values))).size > 0;
}

const refs = /\b[A-Z]{2,5}-\d+\b/g;

/** Refusals of rules as somebody may read them: they tell of other records, of which some are hidden from the reader. */
export async function inKnownWords(
  client: Queryable,
  principal: Principal,
  refusals: readonly Refusal[],
): Promise<Refusal[]> {
  const named = new Set(refusals.flatMap(({ sentence, hint }) => `${sentence} ${hint}`.match(refs) ?? []));
  if (seesProvider(principal) || !named.size) return [...refusals];
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query<{ ref: string }>(
    `select r.ref
     from core.record r
     where r.provider_id = $2 and r.ref = any($1::text[]) and (${scope.sql}) is not true`,
    [[...named], ...scope.values],
  );
  const hidden = new Set(rows.map(({ ref }) => ref));
  const known = (text: string) => text.replace(refs, (ref) => (hidden.has(ref) ? 'what is not shown to you' : ref));
  return refusals.map((each) => ({ ...each, sentence: known(each.sentence), hint: known(each.hint) }));
}

async function hiddenOf(client: Queryable, principal: Principal, ids: ReadonlySet<string>): Promise<Set<string>> {
  if (!ids.size) return new Set();
  const scope = scopeOf(principal, 2);
  const { rows } = await client.query<{ id: string }>({
    name: 'hidden of',
    text: `select r.id
      from core.record r
      where r.provider_id = $2 and r.id = any($1::uuid[]) and ${isKnown(scope.sql)} is not true`,
    values: [[...ids], ...scope.values],
  });
  return new Set(rows.map(({ id }) => id));
}

function without(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hidden.has(value) ? nilUuid : value;
  if (Array.isArray(value))
    return value
      .filter((each: unknown) => typeof each !== 'string' || !hidden.has(each))
      .map((each: unknown) => without(each, hidden));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, without(each, hidden)]));
}
