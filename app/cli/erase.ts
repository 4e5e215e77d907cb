import { parseArgs } from 'node:util';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { erase as erasePerson } from '../server/erase.ts';
import { withLocal } from './local.ts';
import { personByRef } from './store.ts';

/** `servicewright erase person REF --reason TEXT [--provider NAME]`. */
export async function erase(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' }, provider: { type: 'string' } },
  });
  const [noun, ref] = positionals;
  const reason = values.reason?.trim();
  if (noun !== 'person' || !ref || !reason)
    return fault('Say: servicewright erase person PER-12 --reason TEXT [--provider NAME]');
  return withLocal(async ({ pool, registry }) => {
    const person = await personByRef(pool, ref, values.provider);
    if (!person) return fault(`There is no person ${ref}.`);
    // Whoever runs this machine belongs to the provider, and does not reach across to a customer's people.
    if (!person.example && person.customer !== null)
      return fault(`${ref} belongs to a customer organisation, whose administrator erases it in the application.`);
    const principal = systemPrincipal(person.providerId, 'command line', person.scenarioNow);
    const application = { pool, registry, clock: Date.now };
    const caller = { principal, channel: 'cli' as const, requestId: `erase ${ref}` };
    const outcome = await erasePerson(application, caller, { id: person.id, reason });
    if (!outcome.ok) return fault(outcome.refusals.map(({ sentence, hint }) => `${sentence} ${hint}`).join('\n'));
    console.log(`${ref} is erased.`);
    return 0;
  });
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
