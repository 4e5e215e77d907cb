// The way back in where the provider's administrators cannot sign in any more: only on the machine itself.
import { parseArgs } from 'node:util';
import { dayMs } from '../../core/clock/units.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { administratorRole, grantRecord, personRecord } from '../../core/party/party.ts';
import { createClaim } from '../../core/permission/claim.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Application, Work } from '../../core/record/define/work.ts';
import { save } from '../../core/record/edit/save.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { accountOf } from '../server/store/accounts.ts';
import { addressOf, withLocal } from './local.ts';
import type { Local } from './local.ts';
import { personByEmail, providersNamed, rightsOfRole } from './store.ts';

/** `servicewright administrator recover [--person MAIL] [--provider NAME]`: prints a one-time link for an administrator. */
export async function administrator(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { person: { type: 'string' }, provider: { type: 'string' } },
  });
  if (positionals[0] !== 'recover' || positionals.length > 1)
    return fault('Say: servicewright administrator recover [--person someone@example.org] [--provider NAME]');
  return withLocal((local) => recover(local, values));
}

interface Asked {
  /** The address of who comes back; a new administrator where none is named. */
  person?: string | undefined;
  provider?: string | undefined;
}

/** Prints the link; the answer is the exit code. */
export async function recover(
  { owner, pool, registry, dataFolder }: Pick<Local, 'owner' | 'pool' | 'registry' | 'dataFolder'>,
  asked: Asked,
): Promise<number> {
  const [provider] = await providersNamed(pool, asked.provider);
  if (!provider) return fault('There is no provider of that name. Start the server: it prints the first link.');
  const person =
    asked.person === undefined ? undefined : await personByEmail(pool, asked.person, ['active', 'suspended']);
  if (asked.person !== undefined && person?.providerId !== provider.id)
    return fault(`There is nobody with the address ${asked.person}.`);
  // Whoever runs this machine belongs to the provider, and lets nobody of a customer in.
  if (person?.customer) return fault(`${asked.person} belongs to a customer organisation.`);
  const application = { pool, registry, clock: Date.now };
  const made = await recoveryLink({ application, owner }, provider, person?.id);
  if (!made.ok) return fault(made.refusals.map(({ sentence, hint }) => `${sentence} ${hint}`).join('\n'));
  console.log(`For an administrator (one time, for a day): ${await addressOf(dataFolder)}/welcome#${made.value.data}`);
  return 0;
}

/**
 * Makes the link, and tells of it in the journal: of the person it is for, else of every right of an administrator. The
 * application's own role may not make it: `owner` does. Nobody learns of a link whose telling fails.
 */
export function recoveryLink(
  { application, owner }: { application: Application; owner: Queryable },
  provider: { id: string; scenarioNow: string | null },
  personId: string | undefined,
) {
  const principal = systemPrincipal(provider.id, 'command line', provider.scenarioNow);
  const caller = { principal, channel: 'cli' as const, requestId: 'administrator recover' };
  return act(application, caller, { command: 'recover administrator' }, async (work) => {
    await tellOf(work, personId);
    const issued = application.clock();
    const token = await createClaim(owner, {
      providerId: provider.id,
      kind: 'administrator',
      personId: personId ?? null,
      renews: personId !== undefined && (await accountOf(work.client, personId)) !== undefined,
      madeBy: null,
      now: new Date(issued).toISOString(),
      expiresAt: new Date(issued + dayMs).toISOString(),
    });
    return { id: provider.id, data: token };
  });
}

async function tellOf(work: Work, personId: string | undefined): Promise<void> {
  const { registry } = work.application;
  const told = {
    extra: { _link: { madeBy: null } },
    entry: { kind: 'edited' as const, reason: 'A one-time link for an administrator was made on the machine itself.' },
  };
  if (personId !== undefined) {
    const people = serverRecord(registry, personRecord);
    await save(work, people, await lockUnscoped(work, people, personId), told);
    return;
  }
  const rights = serverRecord(registry, grantRecord);
  const { providerId } = work.caller.principal;
  for (const id of await rightsOfRole(work.client, { providerId, role: administratorRole }))
    await save(work, rights, await lockUnscoped(work, rights, id), told);
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
