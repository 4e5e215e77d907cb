// What a one-time link is for, told to whoever holds it: so nobody types what is known, and everybody sees what they take.
import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { holdsItself, keepsPerson } from '../../core/party/keeps-person.ts';
import { administratorRole } from '../../core/party/party.ts';
import { openClaim } from '../../core/permission/claim.ts';
import type { Claim } from '../../core/permission/claim.ts';
import { principalOfPerson } from '../../core/permission/resolve.ts';
import type { Application } from '../../core/record/define/work.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Outcome } from '../../core/refusal/refusal.ts';
import { wordsOfLink } from './store/accounts.ts';

const link = z.object({
  kind: z.enum(['administrator', 'customer', 'person']).describe('Whom it lets in'),
  name: z.string().nullable().describe('Of the person whom it was made for, where that is known'),
  email: z.string().nullable(),
  organisation: z.string().nullable().describe('The customer organisation that is claimed, or that the person is of'),
  provider: z.string(),
  renews: z.boolean().describe('It replaces a password'),
});
type Link = z.infer<typeof link>;

export function welcomeLinkEndpoint(): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/welcome/link',
    operationId: 'welcome.read',
    refusals: ['welcome.link'],
    refusesWith: [403],
    tag: 'People',
    status: 200,
    summary: 'What a one-time link is for',
    description:
      'Tells whoever holds a one-time link whom it lets in, and where. It uses nothing up; a link that is unknown, used or expired is answered alike.',
    public: true,
    rateLimit: 300,
    body: z.strictObject({ token: z.string().min(10).max(200) }),
    response: link,
    handle: ({ application, body }) => read(application, body.token),
  });
}

export const noSuchLink = () =>
  refuse('forbidden', refusal('welcome.link', 'This link is unknown, used or expired.', 'Ask for a new one.', 'token'));

/** A link that lets somebody in still: not used, not over, and whoever made it may let them in now. */
export async function usableLink(application: Application, token: string, now: string): Promise<Claim | undefined> {
  const claim = await openClaim(application.pool, token, now);
  return claim && (await makerMay(application, application.pool, claim)) ? claim : undefined;
}

/** Whether who made a link still may let its person in. What the installation itself made, nobody's right stands behind. */
export async function makerMay(application: Application, client: Queryable, claim: Claim): Promise<boolean> {
  const { providerId, madeBy, personId, kind } = claim;
  if (madeBy === null) return true;
  const now = new Date(application.clock()).toISOString();
  const maker = await principalOfPerson(client, application.registry.roles, { providerId, id: madeBy }, now);
  if (!maker) return false;
  // Whom two announced is let in by the notice, not by whose people they are.
  if (kind === 'person' && personId !== null) return keepsPerson(client, maker, { id: personId, act: 'let in' });
  return holdsItself(maker.grants, administratorRole, null);
}

async function read(application: Application, token: string): Promise<Outcome<Link>> {
  const claim = await usableLink(application, token, new Date(application.clock()).toISOString());
  return claim
    ? done({ kind: claim.kind, renews: claim.renews, ...(await wordsOfLink(application.pool, claim)) })
    : noSuchLink();
}
