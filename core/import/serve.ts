// What the server does for who imports: who may, and runs that go on by themselves.
import type { FastifyBaseLogger } from 'fastify';
import { holdsItself } from '../party/keeps-person.ts';
import { administratorRole } from '../party/party.ts';
import type { Caller, Principal } from '../permission/principal.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import type { Application } from '../record/define/work.ts';
import { RefusedError, refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Mapping } from './mapping.ts';
import { sourced, startImport } from './run.ts';
import { findRun } from './runs.ts';
import { askToStop } from './store.ts';
import type { Run } from './runs.ts';
import { findUpload, uploadSource } from './uploads.ts';
import type { Upload } from './uploads.ts';

/** Whoever imports makes people, teams and records of any customer: an administrator of the provider, in its own right. Refuses by `stop`. */
export function permit({ principal }: Caller): Principal {
  if (holdsItself(principal.grants, administratorRole, null)) return principal;
  return stop(
    refuse(
      'forbidden',
      refusal('permission.role', 'Imports are made by an administrator of the provider.', 'Ask your administrator.'),
    ),
  );
}

export async function uploadOf({ pool }: Application, { principal }: Caller, id: string): Promise<Upload> {
  return (await findUpload(pool, principal.providerId, id)) ?? stop(missing('upload', id));
}

export async function runOf({ pool }: Application, { providerId }: Principal, id: string): Promise<Run> {
  return (await findRun(pool, providerId, id)) ?? stop(missing('import', id));
}

interface Given {
  type: string;
  given: Readonly<Record<string, string>>;
  customer: string | null;
}

/** What is set on each record is a record that the caller sees, of a type that the field names. Refuses by `stop`. */
export async function givenOf(
  application: Application,
  caller: Caller,
  { type, given, customer }: Given,
): Promise<void> {
  const { definition } = sourced(application, type);
  for (const [name, id] of Object.entries(given)) {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (field?.kind !== 'reference')
      stop(
        refuse('invalid', refusal('import.given', `${name} names no other record.`, 'Leave it out.', `given.${name}`)),
      );
    await seen(application, caller, { id, types: field.types, field: `given.${name}` });
  }
  if (customer) await seen(application, caller, { id: customer, types: ['customer'], field: 'customer' });
}

async function seen(
  { pool }: Application,
  { principal }: Caller,
  { id, types, field }: { id: string; types: readonly string[]; field: string },
): Promise<void> {
  const header = await loadHeader(pool, principal, id);
  if (header && types.includes(header.type)) return;
  stop(
    refuse(
      'invalid',
      refusal('import.given', `There is no ${types.join(' or ')} ${id} that you can see.`, 'Choose another.', field),
    ),
  );
}

export interface Serving {
  application: Application;
  caller: Caller;
  /** Aborted when the server is told to stop: the run rests then, and goes on when it is resumed. */
  stopping: AbortSignal;
  log: FastifyBaseLogger;
}

/** Starts an import that goes on by itself; gives its run. Refuses by `stop`. */
export async function startRun(
  serving: Serving,
  wanted: Given & { upload: string; mapping: Mapping },
): Promise<string> {
  const { application, caller, stopping, log } = serving;
  await givenOf(application, caller, wanted);
  const upload = await uploadOf(application, caller, wanted.upload);
  const { run, result } = await startImport({
    application,
    caller: { ...caller, channel: 'import' },
    source: uploadSource(application.pool, caller.principal.providerId, upload),
    upload: upload.id,
    type: wanted.type,
    mapping: wanted.mapping,
    given: wanted.given,
    customer: wanted.customer,
    isDry: false,
    signal: stopping,
  });
  // What it refuses stands in the run; a bug stands in the log.
  result.catch((error: unknown) => {
    if (!(error instanceof RefusedError) && !stopping.aborted) log.error({ err: error }, 'import');
  });
  return run ?? '';
}

export async function cancelRun(application: Application, { principal }: Caller, id: string): Promise<void> {
  const run = await runOf(application, principal, id);
  if (!run.isHeld || !isUnderWay(run))
    stop(
      refuse(
        'refused',
        refusal('import.over', 'This import does not run.', 'Take it back, if what it brought is not wanted.'),
      ),
    );
  await askToStop(application.pool, { providerId: principal.providerId, run: id });
}

export async function resumeRun(serving: Serving, id: string): Promise<void> {
  const { application, caller } = serving;
  const run = await runOf(application, caller.principal, id);
  if (!mayResume(run))
    stop(
      refuse(
        'refused',
        refusal(
          'import.not-broken-off',
          'This import was not broken off.',
          'Start another, with the file uploaded anew.',
        ),
      ),
    );
  const { type, mapping, customer, upload } = run;
  await startRun(serving, {
    type,
    mapping,
    customer,
    given: run.given as Record<string, string>,
    upload: upload ?? '',
  }); // ids, as they were given
}

export const isUnderWay = ({ state }: Pick<Run, 'state'>): boolean => state === 'reading' || state === 'writing';

/** Its process is gone, or it threw; and what it was given still lies here. */
export const mayResume = ({ state, isHeld, upload }: Pick<Run, 'state' | 'isHeld' | 'upload'>): boolean =>
  upload !== null && (state === 'failed' || (isUnderWay({ state }) && !isHeld));
