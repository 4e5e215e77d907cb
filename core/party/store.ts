import type { RecordData, RecordOf } from '../record/define/data.ts';
import type { FactSource } from '../record/define/fact.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Queryable } from '../database/queryable.ts';
import type { Work } from '../record/define/work.ts';
import type { delegationRecord } from './party.ts';

/** A person, or a right. */
type OfOrganisation = RecordData<{ customer: string | null }>;

/** The customer organisation of a delegation's delegate. The record is not saved yet when this is asked. */
export async function personOfDelegate(
  { client }: FactSource,
  delegation: RecordOf<typeof delegationRecord>,
): Promise<string | null> {
  const { rows } = await client.query('select customer from core.person where provider_id = $1 and id = $2', [
    delegation.providerId,
    delegation.fields.delegate,
  ]);
  return (rows[0] as { customer: string | null } | undefined)?.customer ?? null;
}

/** A customer's administrator keeps people and rights of its own organisation only. */
export async function ownOrganisation(work: Work, record: OfOrganisation): Promise<void> {
  const { customer } = work.caller.principal;
  if (customer !== null && record.fields.customer !== customer) {
    stop(
      refuse(
        'forbidden',
        refusal(
          'party.other-customer',
          'You keep the people and rights of your own organisation only.',
          'Name your own organisation.',
          'customer',
        ),
      ),
    );
  }
  await Promise.resolve();
}

/**
 * A person stays of the organisation it was made for. Moved elsewhere it would see the new organisation's records, or could
 * be invited, and so signed in as, by the administrator of the other side, with its rights still in force.
 */
export async function keepOrganisation(work: Work, after: OfOrganisation, before: OfOrganisation): Promise<void> {
  await ownOrganisation(work, before);
  const { customer } = before.fields;
  const isShared = customer === null || after.customers.includes(customer);
  if (after.fields.customer === customer && isShared) return;
  stop(
    refuse(
      'refused',
      refusal(
        'person.organisation',
        `${before.ref} stays of the organisation it was made for.`,
        'Mark this person as left, and make a new one in the other organisation.',
        'customer',
      ),
    ),
  );
}

/** The customer organisations that a person belongs to or ever held a right of; none for the provider's own people. */
export async function organisationsOf(
  client: Queryable,
  person: { providerId: string; id: string },
): Promise<string[]> {
  const { rows } = await client.query({
    text: `select customer from core.person where provider_id = $1 and id = $2 and customer is not null
      union select customer from core.role_grant where provider_id = $1 and person = $2 and customer is not null`,
    values: [person.providerId, person.id],
  });
  return (rows as { customer: string }[]).map(({ customer }) => customer);
}

/** What everybody may know of the provider that they work with. */
export async function providerOf(
  client: Queryable,
  { providerId }: { providerId: string },
): Promise<{ name: string; kind: string; example: boolean }> {
  const { rows } = await client.query('select name, kind, example from core.provider where id = $1', [providerId]);
  const provider = rows[0] as { name: string; kind: string; example: boolean } | undefined;
  if (!provider) throw new Error('a principal without a provider');
  return provider;
}
