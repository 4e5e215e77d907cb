// Takes back what an import made: a last entry of each record says so, and all but its journal goes, in one transaction.
import type pg from 'pg';
import { inNumberedTransaction } from '../database/connect.ts';
import { entryColumns, sealEntry } from '../journal/format/entry.ts';
import type { Caller } from '../permission/principal.ts';
import { copyLine, copyLines } from '../record/define/copy.ts';
import type { Application, ServerRecord } from '../record/define/work.ts';
import { againAfterDeadlock, ensureMonth, instantOf } from '../record/act/act.ts';
import { nowOf, serverRecord } from '../record/define/work.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { takeLockInTransaction } from './lock.ts';
import { runOf } from './serve.ts';
import { noteTakenBack } from './store.ts';
import { findRun } from './runs.ts';
import type { Run } from './runs.ts';
import { forget, heads, madeBy, unused, workedOn, lockMade } from './taken-back.ts';

export interface TakingBack {
  application: Application;
  caller: Caller;
}

const shownAtMost = 20;

/** Refuses by `stop` while it runs, where it brought others up to date, or once somebody worked on a record that it made. */
export async function takeBack(
  { application, caller }: TakingBack,
  { run: id, reason }: { run: string; reason: string },
): Promise<void> {
  const { principal } = caller;
  await ensureMonth(application, nowOf(application, caller));
  const taking = async (client: pg.ClientBase) => {
    const now = await instantOf(application, caller);
    // Many records are many statements, and some of them long.
    await client.query('set local statement_timeout = 0');
    const { system } = await runOf(application, principal, id);
    if (!(await takeLockInTransaction(client, principal.providerId, system))) stop(running({ system }));
    // Read anew under the lock: another may have taken it back, or the run gone on, meanwhile.
    const run = await findRun(client, principal.providerId, id);
    if (!run) throw new Error(`the import ${id} is gone`);
    const of = { providerId: principal.providerId, run: id };
    if (['refused', 'taken_back'].includes(run.state)) stop(nothing);
    if (run.updated) stop(broughtUpToDate(run));
    const record = serverRecord(application.registry, run.type);
    await refuseWorkedOn(client, application, { run, record, providerId: of.providerId });
    const each = { client, caller, now, reason, run: id };
    await goAll(each, record);
    for (const { definition, ...other } of application.registry.records.values())
      if (definition.type !== run.type) await goAll(each, { definition, ...other }, application);
    await noteTakenBack(client, of, { by: principal.kind === 'person' ? principal.id : null, now, reason });
    await client.query("select pg_notify('journal', '')");
  };
  await againAfterDeadlock(() => inNumberedTransaction(application.pool, taking));
}

interface Of {
  run: Run;
  record: ServerRecord;
  providerId: string;
}

async function refuseWorkedOn(
  client: pg.ClientBase,
  { registry }: Application,
  { run, record, providerId }: Of,
): Promise<void> {
  const { definition } = record;
  // As an edit does: the record before what it names.
  const others = [...registry.records.keys()].filter((type) => type !== definition.type);
  await lockMade(client, { providerId, run: run.id, types: [definition.type, ...others] });
  const refs = await workedOn(client, { providerId, run: run.id, definition, registry });
  if (!refs.length) return;
  const shown = refs.slice(0, shownAtMost).join(', ');
  stop(
    refuse(
      'refused',
      refusal(
        'import.worked-on',
        `${refs.length.toLocaleString('en')} of ${run.made.toLocaleString('en')} were worked on since, or stand in others' records: ${shown}${refs.length > shownAtMost ? ', …' : ''}.`,
        'What people did is not undone: end these by hand, and leave the import as it is.',
      ),
    ),
  );
}

const running = ({ system }: Pick<Run, 'system'>) =>
  refuse(
    'conflict',
    refusal('import.running', `An import of ${system} is running.`, 'Cancel it first, or wait until it has ended.'),
  );
const nothing = refuse(
  'refused',
  refusal('import.nothing-to-take-back', 'It made nothing that is still there.', 'Look at the list of imports.'),
);
const broughtUpToDate = ({ updated }: Run) =>
  refuse(
    'refused',
    refusal(
      'import.brought-up-to-date',
      `It brought ${updated.toLocaleString('en')} records up to date that earlier imports made; those cannot be taken back.`,
      'Import a right export of the same source: it brings them up to date again.',
    ),
  );

interface Taking {
  client: pg.ClientBase;
  caller: Caller;
  now: string;
  reason: string;
  run: string;
}

const batch = 1000;

/** All records of a type that the run made; of people, teams and the like only those that nobody else speaks of. */
async function goAll(
  { client, caller, now, reason, run }: Taking,
  { definition, observing }: ServerRecord,
  application?: Application,
): Promise<void> {
  const { providerId } = caller.principal;
  let after: string | null = null;
  for (;;) {
    const made: string[] = await madeBy(client, { providerId, run, type: definition.type, after, limit: batch });
    if (!made.length) return;
    after = made.at(-1) ?? null;
    const ids = application
      ? await unused(client, { providerId, run, definition, registry: application.registry }, made)
      : made;
    if (!ids.length) continue;
    const lines = (await heads(client, providerId, ids)).map(
      ({ id, state, version, contentHash, headHash, lineage }) => {
        const entry = sealEntry(
          { caller, now, cause: run },
          {
            recordId: id,
            recordType: definition.type,
            version: version + 1,
            kind: 'observed',
            edits: { _takenBack: { run, state, lineage, stage: definition.stage } },
            reason,
            contentHash,
            previousHash: headHash,
          },
        );
        return copyLine(entry.values);
      },
    );
    await copyLines(client, 'core.journal', entryColumns, lines);
    await observing?.takenBack?.(client, { providerId, records: ids, now });
    await forget(client, { providerId, definition, ids });
  }
}
