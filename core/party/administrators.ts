// Who keeps a side: its administrators, of whom one always stays who can sign in and whose right has no end.
import type { Queryable } from '../database/queryable.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import type { RecordData } from '../record/define/data.ts';
import type { FactSource } from '../record/define/fact.ts';
import type { Work } from '../record/define/work.ts';
import { inForce } from '../permission/in-force.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';

export const administratorRoles: readonly string[] = [administratorRole, customerAdministratorRole];

/** Besides: of people who can sign in. A right of somebody who cannot come in keeps nothing. */
export const canSignIn = `exists (
    select
    from core.sign_in i
    where i.provider_id = g.provider_id and i.person_id = g.person)`;

/** The provider's instant, and whose right, or which person, would go. */
export interface Going {
  providerId: string;
  now: string;
  /** A right's id, or a person's. */
  id: string;
}

/**
 * The roles of administrators that nobody would hold for good once a right, or all rights of a person, were gone. Who stays
 * must hold it without an end: one that ends would leave the side to itself on a day when nobody looks.
 */
export async function leftWithout(client: Queryable, { providerId, now, id }: Going): Promise<string[]> {
  const { rows } = await client.query({
    text: `select distinct o.role
      from (
        select g.role, g.customer
        from ${inForce} and ${canSignIn} and g.role = any($4) and (g.id = $3 or g.person = $3)) o
      where not exists (
        select
        from ${inForce}
          and ${canSignIn}
          and g.role = o.role
          and g.customer is not distinct from o.customer
          and g.id <> $3
          and g.person <> $3
          and g.valid_to is null)`,
    values: [providerId, now, id, administratorRoles],
  });
  return (rows as { role: string }[]).map(({ role }) => role);
}

/** The same of a record: a person, or a right. */
export const leavesWithout = ({ client, now }: FactSource, { providerId, id }: RecordData): Promise<string[]> =>
  leftWithout(client, { providerId, now, id });

/**
 * Every right that keeps the same sides as one right, or as a person's: locked before one of them goes, so that of two who
 * revoke each other the second finds itself the last.
 */
export async function keptTogether(client: Queryable, { providerId, id }: Omit<Going, 'now'>): Promise<string[]> {
  const { rows } = await client.query({
    text: `select distinct o.id
      from core.role_grant g
      join core.role_grant o on o.provider_id = g.provider_id
        and o.state = 'active'
        and o.role = g.role
        and o.customer is not distinct from g.customer
      where g.provider_id = $1 and g.state = 'active' and g.role = any($3) and (g.id = $2 or g.person = $2)`,
    values: [providerId, id, administratorRoles],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}

/** Whether a person administers the provider for good. */
export async function holdsForGood(
  client: Queryable,
  of: { providerId: string; now: string; person: string },
): Promise<boolean> {
  const { rows } = await client.query({
    text: `select exists (select from ${inForce} and g.person = $3 and g.role = $4 and g.valid_to is null) as found`,
    values: [of.providerId, of.now, of.person, administratorRole],
  });
  return (rows[0] as { found: boolean }).found;
}

/** Whether a person administers the provider now. */
export async function isKeeper(
  client: Queryable,
  of: { providerId: string; now: string; person: string },
): Promise<boolean> {
  const { rows } = await client.query({
    text: `select exists (select from ${inForce} and g.person = $3 and g.role = $4) as found`,
    values: [of.providerId, of.now, of.person, administratorRole],
  });
  return (rows[0] as { found: boolean }).found;
}

/** Whether somebody who can sign in administers the provider now. */
export async function isAdministered(client: Queryable, of: { providerId: string; now: string }): Promise<boolean> {
  const { rows } = await client.query({
    text: `select exists (select from ${inForce} and ${canSignIn} and g.role = $3) as found`,
    values: [of.providerId, of.now, administratorRole],
  });
  return (rows[0] as { found: boolean }).found;
}

/** Who is left of a customer organisation: its own people who can sign in, by the roles of the business that they hold. */
export async function leftAt(
  client: Queryable,
  of: { providerId: string; now: string; customer: string; roles: ReadonlyMap<string, RoleDefinition> },
): Promise<{ person: string; role: string }[]> {
  const business = [...of.roles.values()].filter(({ side }) => side === 'B').map(({ code }) => code);
  const { rows } = await client.query({
    text: `select g.person, g.role
      from ${inForce} and ${canSignIn} and g.customer = $3 and p.customer = $3 and g.role = any($4)`,
    values: [of.providerId, of.now, of.customer, business],
  });
  return rows as { person: string; role: string }[]; // the select list
}

/** Who may name an administrator of a customer organisation that has none, and who may be named. */
export interface Left {
  /** Somebody keeps it still. */
  isKept: boolean;
  /** Its own people who can sign in and hold a right of the business. */
  people: string[];
}

/** Two of them name another: with fewer the provider's notice is all that is left. */
export const enough = 2;

export function leftIn(rights: readonly { person: string; role: string }[]): Left {
  return {
    isKept: rights.some(({ role }) => role === customerAdministratorRole),
    people: [...new Set(rights.map(({ person }) => person))],
  };
}

/** Whether an organisation cannot help itself any more: nobody keeps it, and too few are left to name somebody. */
export async function isForsaken(work: Work, customer: string): Promise<boolean> {
  const { providerId } = work.caller.principal;
  const { roles } = work.application.registry;
  const { isKept, people } = leftIn(await leftAt(work.client, { providerId, now: work.now, customer, roles }));
  return !isKept && people.length < enough;
}

/** Somebody who is there: the organisation that is their home, and whether they can sign in. */
export async function personThere(
  client: Queryable,
  of: { providerId: string; person: string | null },
): Promise<{ home: string | null; canSignIn: boolean } | undefined> {
  const { rows } = await client.query({
    text: `select p.customer as home,
        exists (
          select
          from core.sign_in i
          where i.provider_id = p.provider_id and i.person_id = p.id) as "canSignIn"
      from core.person p
      where p.provider_id = $1 and p.id = $2 and p.state = 'active'`,
    values: [of.providerId, of.person],
  });
  return rows[0] as { home: string | null; canSignIn: boolean } | undefined; // the select list
}
