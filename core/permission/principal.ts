import type { Role } from './role.ts';

export type Side = 'B' | 'P' | 'X' | 'U' | 'A' | 'S';

/** A role that may be granted; the list itself is data of the layers above. */
export interface RoleDefinition {
  code: Role;
  label: string;
  side: Side;
  /** Its holders say with whom their organisation's records are shared. */
  consents?: true;
  /** Stages whose checklists its holders accept items for. */
  accepts?: readonly string[];
}

/** A right as it stands at the instant of asking; `delegationId` where it was lent. */
export interface Grant {
  id: string;
  role: Role;
  side: Side;
  customer: string | null;
  limit: { minor: number; currency: string } | null;
  delegationId: string | null;
  /** The person who lent it. */
  onBehalfOf: string | null;
}

/** What the rights of an organisation that has ended are held as: they show what they showed, and open nothing. */
export const readingRole = '' as Role; // no role has this code

/** Who is asking, resolved once per call. */
export interface Principal {
  kind: 'person' | 'system';
  id: string;
  name: string;
  providerId: string;
  /** The customer organisation the person belongs to; null for the provider's own people. */
  customer: string | null;
  /** That organisation has ended: its people read what was theirs, and write nothing. */
  ended?: boolean;
  grants: Grant[];
  /** Of an API key: what it may do; null for a session. */
  keyScopes: string[] | null;
  /** The API key that asks. */
  key?: { id: string; expiresAt: string | null } | null;
  /** The session that asks. */
  session?: string | null;
  /** When that session began, by the machine's clock. */
  signedInAt?: string | null;
  example: boolean;
  /** The provider's scenario clock, where it has one. */
  scenarioNow: string | null;
  /** The oldest transaction that was open when this was resolved: what is read afterwards knows every one before it. */
  settled?: string;
}

export type Channel = 'api' | 'cli' | 'ui' | 'job' | 'import';

export interface Caller {
  principal: Principal;
  channel: Channel;
  requestId: string;
  /** Repeating a call under the same key and request does it once. */
  idempotency?: { key: string; requestHash: string };
}

export const systemId = '00000000-0000-7000-8000-000000000001';

/** A named part of the system acting for one provider; it holds no right to decide. */
export function systemPrincipal(providerId: string, name: string, scenarioNow: string | null): Principal {
  return {
    kind: 'system',
    id: systemId,
    name,
    providerId,
    customer: null,
    grants: [],
    keyScopes: null,
    example: scenarioNow !== null,
    scenarioNow,
  };
}

/** The rights that count on a record: one held for a customer counts on what is shared with that customer. */
export function rightsOver<G extends { customer: string | null }>(
  grants: readonly G[],
  customers: readonly string[],
): G[] {
  return grants.filter(
    (grant) => grant.customer === null || customers.length === 0 || customers.includes(grant.customer),
  );
}
