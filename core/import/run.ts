// Imports what a source tells of records of one type: the mapping is judged, the source locked, the run entered; then the file is
// read and written. The lock and the temporary table with its rows are bound to one connection.
import { isImportable } from './fills.ts';
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import type { RecordDefinition } from '../record/define/define.ts';
import { ensureMonth } from '../record/act/act.ts';
import { nowOf } from '../record/define/work.ts';
import type { Application, Registry, ServerRecord } from '../record/define/work.ts';
import { refusable, refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { letGo, takeLock } from './lock.ts';
import { judgeAll } from './reading.ts';
import { hashOf } from './source.ts';
import { brokenOff } from './runs.ts';
import { endRun, goOn, insertRun } from './store.ts';
import type { RunState } from './runs.ts';
import { cancelled, Import } from './under-way.ts';
import type { Entered, Ground, ImportOptions, ImportResult } from './under-way.ts';

export interface Started {
  /** Null for a dry run, which leaves nothing behind. */
  run: string | null;
  /** @throws as `importRecords` */
  result: Promise<ImportResult>;
}

/** Runs an import to its end; a broken one is finished by running it again. Refuses by `stop`. */
export async function importRecords(options: ImportOptions): Promise<ImportResult> {
  const { result } = await startImport(options);
  return result;
}

const mostAtOnce = 4;
const underWay = new WeakMap<Application['pool'], number>();

/** Each import holds a connection as long as it goes on: they must not take all of them. Refuses by `stop`; gives what ends it. */
function enterAmong(pool: Application['pool']): () => void {
  const others = underWay.get(pool) ?? 0;
  if (others >= mostAtOnce)
    stop(
      refuse(
        'conflict',
        refusal('import.running', `${mostAtOnce} imports are running.`, 'Wait until one of them has ended.'),
      ),
    );
  underWay.set(pool, others + 1);
  return () => void underWay.set(pool, (underWay.get(pool) ?? 1) - 1);
}

/** Judges the mapping, locks the source, enters the run, and lets it go on by itself. Refuses by `stop`. */
export async function startImport(options: ImportOptions): Promise<Started> {
  const { application, caller, mapping, type } = options;
  const record = sourced(application, type);
  const faults = await judgeAll({ source: options.source, mapping, definition: record.definition });
  if (faults.length) stop(refuse('invalid', ...faults));
  const now = nowOf(application, caller);
  await ensureMonth(application, now);
  const leave = enterAmong(application.pool);
  const client = await application.pool.connect().catch((error: unknown) => {
    leave();
    throw error;
  });
  // With the connection go the lock and the temporary table.
  const close = () => {
    client.release(true);
    leave();
  };
  try {
    // Sorting a large file is one statement that takes its time.
    await client.query('set statement_timeout = 0');
    const ground = { record, client, now };
    if (options.isDry) return { run: null, result: new Import(options, ground).run().finally(close) };
    await lock(client, options);
    const entered = await enter(options, ground);
    return {
      run: entered.run,
      result: toItsEnd(options, ground, entered).finally(() => unlock(client, options).finally(close)),
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** The record types that can be imported: those that are found by their source, and not merely named by it. */
export const importable = ({ records }: Pick<Registry, 'records'>): RecordDefinition[] =>
  [...records.values()].map(({ definition }) => definition).filter(isImportable);

export function sourced({ registry }: Pick<Application, 'registry'>, type: string): ServerRecord {
  const record = registry.records.get(type);
  if (record && importable(registry).includes(record.definition)) return record;
  const may = importable(registry).map((definition) => definition.type);
  return stop(
    refuse(
      'invalid',
      refusal(
        'import.type',
        `Records of the type ${type} cannot be imported.`,
        `Importable: ${may.join(', ')}.`,
        'type',
      ),
    ),
  );
}

async function lock(client: pg.PoolClient, { caller, mapping }: ImportOptions): Promise<void> {
  if (await takeLock(client, caller.principal.providerId, mapping.source)) return;
  stop(
    refuse(
      'conflict',
      refusal('import.running', `Another import of ${mapping.source} is running.`, 'Wait until it has ended.'),
    ),
  );
}

const unlock = (client: pg.PoolClient, { caller, mapping }: ImportOptions): Promise<void> =>
  letGo(client, caller.principal.providerId, mapping.source).catch(() => undefined); // a lost connection has let go of it

/** Enters the run, or goes on with the one that was broken off. */
async function enter({ application: { pool }, ...options }: ImportOptions, { now }: Ground): Promise<Entered> {
  const { caller, source, mapping, type, given, customer, upload = null } = options;
  const { providerId, id, kind } = caller.principal;
  const same = { providerId, type, mapping, fileHash: await hashOf(source), given, customer };
  const broken = await brokenOff(pool, same);
  const entered = { providerId, run: broken?.id ?? randomUUIDv7(), broken };
  if (broken) await goOn(pool, entered, upload);
  else
    await insertRun(pool, {
      ...same,
      id: entered.run,
      fileName: source.name,
      fileBytes: source.size,
      upload,
      startedBy: kind === 'person' ? id : null,
      now,
    });
  return entered;
}

/** Runs it; how it ends is noted in any case. */
async function toItsEnd(options: ImportOptions, ground: Ground, entered: Entered): Promise<ImportResult> {
  const { application, caller, signal } = options;
  const end = (state: RunState, fault?: readonly Refusal[]) =>
    endRun(application.pool, entered, { state, now: nowOf(application, caller), ...(fault ? { fault } : {}) });
  const outcome = await refusable(() => new Import(options, ground, entered).run()).catch(async (error: unknown) => {
    // Stopped with its process, it goes on where it rests.
    if (!signal?.aborted) await end('failed', [bug]).catch(() => undefined); // the fault itself is what is told
    throw error;
  });
  if (!outcome.ok) {
    await (outcome === cancelled ? end('cancelled') : end('refused', outcome.refusals));
    return stop(outcome);
  }
  await end(outcome.value.state);
  return outcome.value;
}

const bug: Refusal = refusal(
  'import.bug',
  'A fault of the server ended it; whole batches stand.',
  "The server's log says more. Run it again: it goes on where it stopped.",
);
