import { parseArgs } from 'node:util';
import { makeKey } from '../../core/party/make-key.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { KeyScope } from '../../core/permission/key.ts';
import { withLocal } from './local.ts';
import { personByEmail } from './store.ts';

const scopes: readonly string[] = ['read', 'write', 'decide'];

/** `servicewright key create --person E-MAIL [--name N] [--scopes read,write]`: tells the key once. */
export async function key(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      person: { type: 'string' },
      name: { type: 'string', default: 'command line' },
      scopes: { type: 'string', default: 'read,write' },
      expires: { type: 'string' },
    },
  });
  if (positionals[0] !== 'create' || !values.person)
    return fault(
      'Say: servicewright key create --person someone@example.org [--name NAME] [--scopes read,write,decide] [--expires 2027-01-31T00:00:00Z]',
    );
  const wanted = values.scopes.split(',');
  if (wanted.some((scope) => !scopes.includes(scope))) return fault(`Scopes are: ${scopes.join(', ')}.`);
  const email = values.person;
  return withLocal(async ({ pool, registry }) => {
    const person = await personByEmail(pool, email);
    if (!person) return fault(`There is nobody with the address ${email}.`);
    // Whoever runs this machine belongs to the provider: a key for a customer's person would let the provider decide in the business's name.
    if (person.customer && !person.example)
      return fault(
        `${email} belongs to a customer organisation and makes a key in the application, signed in (POST /api/v1/keys).`,
      );
    const principal = systemPrincipal(person.providerId, 'command line', person.scenarioNow);
    const made = await makeKey(
      { pool, registry, clock: Date.now },
      { principal, channel: 'cli', requestId: 'key create' },
      person.id,
      { name: values.name, scopes: wanted as KeyScope[], expiresAt: values.expires }, // each was looked at above
    );
    if (!made.ok) return fault(made.refusals.map(({ sentence, hint }) => `${sentence} ${hint}`).join(' '));
    console.log(made.value.key);
    return 0;
  });
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
