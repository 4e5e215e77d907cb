// What a one-time link is for, told to whoever holds it: so nobody types what is known, and everybody sees what they take.
import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { openClaim } from '../../core/permission/claim.ts';
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

async function read({ pool, clock }: Application, token: string): Promise<Outcome<Link>> {
  const claim = await openClaim(pool, token, new Date(clock()).toISOString());
  return claim ? done({ kind: claim.kind, renews: claim.renews, ...(await wordsOfLink(pool, claim)) }) : noSuchLink();
}
