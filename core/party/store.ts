import type { Queryable } from '../database/queryable.ts';
import type { RecordOf } from '../record/define/data.ts';
import type { FactSource } from '../record/define/fact.ts';
import type { Standing } from './keeps-person.ts';
import type { customerRecord, delegationRecord, grantRecord, personRecord } from './party.ts';

/** The organisation that a person belongs to; null for the provider's own people, and for whom there is not. */
export async function homeOf(client: Queryable, person: { providerId: string; id: string }): Promise<string | null> {
  const { rows } = await client.query({
    text: 'select customer from core.person where provider_id = $1 and id = $2',
    values: [person.providerId, person.id],
  });
  return (rows[0] as { customer: string | null } | undefined)?.customer ?? null;
}

type Source = Pick<FactSource, 'client'>;

/** Where who is given a right belongs. */
export const homeOfHolder = ({ client }: Source, { providerId, fields }: RecordOf<typeof grantRecord>) =>
  homeOf(client, { providerId, id: fields.person });

/** Where who borrows belongs. */
export const homeOfDelegate = ({ client }: Source, { providerId, fields }: RecordOf<typeof delegationRecord>) =>
  homeOf(client, { providerId, id: fields.delegate });

/** What decides who may keep a person that stands in the database. */
export async function standingOf(client: Queryable, person: { providerId: string; id: string }): Promise<Standing> {
  return standing(client, { ...person, home: await homeOf(client, person) });
}

/** The same of a person's record, which may not be saved yet. */
export const standingOfRecord = (
  { client }: Source,
  { providerId, id, fields }: RecordOf<typeof personRecord>,
): Promise<Standing> => standing(client, { providerId, id, home: fields.customer });

async function standing(
  client: Queryable,
  { providerId, id, home }: { providerId: string; id: string; home: string | null },
): Promise<Standing> {
  const { rows } = await client.query({
    text: `select
        exists (
          select
          from core.customer
          where provider_id = $1 and id = $3 and claimed_at is not null) as "isClaimed",
        not (
          exists (select from core.role_grant where provider_id = $1 and person = $2)
          or exists (select from core.delegation where provider_id = $1 and delegate = $2)
          or exists (select from core.sign_in where provider_id = $1 and person_id = $2)
          or exists (select from core.api_key where provider_id = $1 and person_id = $2)
          or exists (select from core.claim where provider_id = $1 and person_id = $2)
          or exists (select from core.customer where provider_id = $1 and announced = $2)) as "isContact"`,
    values: [providerId, id, home],
  });
  return { home, ...(rows[0] as Omit<Standing, 'home'>) }; // the select list
}

/** Whether records other than its people are shared with a customer organisation. */
export async function isInUse(
  { client }: FactSource,
  { providerId, id }: RecordOf<typeof customerRecord>,
): Promise<boolean> {
  const { rows } = await client.query({
    text: `select exists (
        select
        from core.record r
        where r.provider_id = $1 and r.customers @> array[$2::uuid] and r.stage <> 'party') as found`,
    values: [providerId, id],
  });
  return (rows[0] as { found: boolean }).found;
}

/** Who came last by a link for the administrator of a customer organisation. */
export async function claimant(
  { client }: FactSource,
  { providerId, id }: RecordOf<typeof customerRecord>,
): Promise<string | null> {
  const { rows } = await client.query({
    text: `select used_by as person
      from core.claim
      where provider_id = $1 and customer_id = $2 and used_at is not null
      order by used_at desc
      limit 1`,
    values: [providerId, id],
  });
  return (rows[0] as { person: string } | undefined)?.person ?? null;
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
