import { parseArgs } from 'node:util';
import { createKey } from '../../core/permission/resolve.ts';
import type { KeyScope } from '../../core/permission/resolve.ts';
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
  return withLocal(async ({ pool }) => {
    const person = await personByEmail(pool, email);
    if (!person) return fault(`There is nobody with the address ${email}.`);
    // Whoever runs this machine belongs to the provider: a key for a customer's person would let the provider decide in the business's name.
    if (person.customer && !person.example)
      return fault(
        `${email} belongs to a customer organisation and makes a key in the application, signed in (POST /api/v1/keys).`,
      );
    const made = await createKey(pool, {
      providerId: person.providerId,
      personId: person.id,
      name: values.name,
      scopes: wanted as KeyScope[],
      now: new Date().toISOString(),
      expiresAt: values.expires ?? null,
    });
    console.log(made.key);
    return 0;
  });
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
