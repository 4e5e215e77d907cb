// Who asks: by API key, else by session cookie.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { lookup } from '../../core/names/lookup.ts';
import type { Caller, Channel } from '../../core/permission/principal.ts';
import { principalOfKey, principalOfSession } from '../../core/permission/resolve.ts';
import type { Application } from '../../core/record/define/work.ts';
import { refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Refused } from '../../core/refusal/refusal.ts';

const channels: Readonly<Record<string, Channel>> = lookup({ ui: 'ui', cli: 'cli' });

/** The caller of a request: by API key, else by session cookie. A cookie alone never writes from another site's page. */
export function authenticator(
  application: Application,
  { secret, publicUrl }: { secret: string; publicUrl?: string | undefined },
): (request: FastifyRequest) => Promise<Caller | Refused | undefined> {
  const { roles } = application.registry;
  return async (request) => {
    const channel = channels[String(request.headers['x-servicewright-client'])] ?? 'api';
    const now = new Date(application.clock()).toISOString();
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const principal = authorization.startsWith('Bearer sw_')
        ? await principalOfKey(application.pool, roles, authorization.slice(7), now)
        : undefined;
      return principal
        ? { principal, channel, requestId: request.id }
        : refuse(
            'unauthenticated',
            refusal(
              'sign-in.key',
              'This API key is unknown, expired or revoked.',
              'Make a new one: servicewright key create.',
            ),
          );
    }
    const token = sessionToken(request.headers.cookie, secret);
    if (!token) return undefined;
    if (request.method !== 'GET' && isForeign(request, publicUrl))
      return refuse(
        'forbidden',
        refusal(
          'sign-in.foreign-page',
          'This request comes from another site.',
          'Use the application itself, or an API key.',
        ),
      );
    const principal = await principalOfSession(application.pool, roles, token, now);
    return principal && { principal, channel: channel === 'api' ? 'ui' : channel, requestId: request.id };
  };
}

const cookieForm = /(?:^|; )(?:__Secure-)?servicewright\.session_token=([^;]+)/;

/** The session's token out of its cookie `<token>.<signature>`, where the signature is ours: HMAC-SHA256 with the secret that no database holds. */
export function sessionToken(cookies: string | undefined, secret: string): string | undefined {
  const [token, signature] = partsOf(cookieForm.exec(cookies ?? '')?.[1]);
  if (!token || !signature) return undefined;
  const [given, own] = [Buffer.from(signature, 'base64'), createHmac('sha256', secret).update(token).digest()];
  return given.length === own.length && timingSafeEqual(given, own) ? token : undefined;
}

function partsOf(value: string | undefined): string[] {
  try {
    return decodeURIComponent(value ?? '').split('.');
  } catch {
    return []; // a URIError: what a browser was given by us is well formed
  }
}

/**
 * What one credential is counted by; none where none was given. Of a session its token as it is read, for a cookie may be spelled
 * in many ways: each would have a count of its own.
 */
export const credentialOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  headers.authorization ?? partsOf(cookieForm.exec(headers.cookie ?? '')?.[1])[0];

/** Cross-site by the browser's own word (Fetch Metadata), or by an Origin that is neither this host nor the public address. */
function isForeign(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = URL.parse(request.headers.origin ?? '');
  if (!origin) return true;
  return origin.host !== request.host && origin.origin !== (publicUrl && URL.parse(publicUrl)?.origin);
}
