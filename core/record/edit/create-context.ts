import { lighterRefusals } from '../define/profile.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Profile } from '../../lifecycle/profile.ts';
import type { RecordData } from '../define/data.ts';
import type { CreateInput, CreateOptions } from './create.ts';
import { numberSequence } from '../define/number.ts';
import type { Principal } from '../../permission/principal.ts';
import { customersOf, scopeOf, seesProvider } from '../../permission/scope.ts';
import { namedRecords } from '../read/names.ts';
import { ownerRefusals, references, unknownReferences } from '../define/references.ts';
import type { Known } from '../define/references.ts';
import { unusedReferences } from '../define/in-use.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export interface CreateContext {
  number: number;
  customers: string[];
  lineage: string | null;
  profile: Profile | null;
}

interface Parent {
  lineage: string;
  customers: string[];
  profile: Profile | null;
}

/** The sequence that numbers records of this type. */
const sequence = (record: ServerRecord) => numberSequence(record.definition);

/**
 * Number, customers, lineage and profile of a new record, in one statement: the customers are those given (none is a choice as
 * well), those of the parent, or the caller's own organisation. A customer's person shares with its own alone, whoever shares in
 * the parent: to name another is to name what nobody knows.
 */
export async function loadContext(
  work: Work,
  record: ServerRecord,
  input: CreateInput,
  options: CreateOptions,
): Promise<CreateContext> {
  const { principal } = work.caller;
  const parentId = options.parent?.id ?? parentOf(record, input);
  const wanted = references(record.definition, input);
  const scope = scopeOf(principal, 6);
  const { rows } = await work.client.query<{
    number: number;
    parent: Parent | null;
    known: string[] | null;
    ends: Known[] | null;
  }>({
    text: `select nextval('${sequence(record)}')::int as number,
        (
          select jsonb_build_object('lineage', r.lineage_id, 'customers', r.customers, 'profile', r.profile)
          from core.record r
          where r.id = $2 and ${scope.sql}) as parent,
        (
          select array_agg(c.id)
          from core.customer c
          where c.provider_id = $1 and c.id = any($3::uuid[]) and ($5 or c.state <> 'ended')) as known,
        (
          select jsonb_agg(to_jsonb(named))
          from (${namedRecords(scope.sql, { provider: '$1', ids: '$4' })}) named) as ends`,
    values: [
      principal.providerId,
      parentId,
      input.customers ?? [],
      wanted.map((each) => each.id),
      // What an act brings about goes on where what it rests on was shared with one that has ended since.
      options.byCommand ?? false,
      ...scope.values,
    ],
  });
  const found = rows[0];
  if (!found) throw new Error('no number was given');
  const dangling = unknownReferences(wanted, found.ends ?? []);
  if (dangling.length) stop(refuse('invalid', ...dangling));
  if (!options.byCommand) refuseUnused(work, record, input, found.ends ?? []);
  const inherited: Pick<RecordData, 'lineage' | 'customers' | 'profile'> | null = options.parent ?? found.parent;
  const own = principal.customer ? [principal.customer] : [];
  const within = options.byCommand ? null : ownOf(principal);
  const isOpen = (id: string) => within === null || within.includes(id);
  const shared = inherited?.customers.filter(isOpen);
  const customers = input.customers ?? (shared?.length || within === null ? shared : undefined) ?? own;
  const unknown = (input.customers ?? []).filter((id) => !isOpen(id) || !(found.known ?? []).includes(id));
  if (unknown.length)
    stop(
      refuse(
        'invalid',
        refusal(
          'record.unknown-customer',
          `${unknown.join(', ')} is no customer organisation that you may share it with.`,
          'Choose from the list of customers that you see.',
          'customers',
        ),
      ),
    );
  if (!options.byCommand) {
    const outside = ownerRefusals(input.owner, found.ends ?? [], { customers, actor: principal.id });
    if (outside.length) stop(refuse('invalid', ...outside));
  }
  const profile = input.profile ?? inherited?.profile ?? null;
  const lighter = lighterRefusals(profile, inherited?.profile ?? null);
  if (lighter.length) stop(refuse('refused', ...lighter));
  return {
    number: found.number,
    customers: [...customers].toSorted(),
    lineage: inherited?.lineage ?? null,
    profile,
  };
}

function refuseUnused(work: Work, { definition }: ServerRecord, given: CreateInput, known: readonly Known[]): void {
  const unused = unusedReferences(work.application.registry, definition, { given: { ...given }, before: {}, known });
  if (unused.length) stop(refuse('refused', ...unused));
}

/** The customers that somebody may name; null: all of the provider's. */
const ownOf = (principal: Principal): string[] | null =>
  principal.customer !== null || !seesProvider(principal) ? customersOf(principal) : null;

/** The record a new one descends from: what its `inherits` field names, or the other end of its first link. */
function parentOf({ definition }: ServerRecord, input: CreateInput): string | null {
  const named = [definition.inherits ?? []].flat().map((field) => input[field]);
  const parent = named.find((each) => typeof each === 'string');
  if (parent !== undefined) return parent;
  const first = input.links?.[0];
  return first?.from ?? first?.to ?? null;
}
