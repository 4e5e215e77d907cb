// One import under way: reads the whole file, then writes what is new in it, batch by batch.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { refreshStatistics } from '../database/statistics.ts';
import type { Caller } from '../permission/principal.ts';
import { instantOf } from '../record/act/act.ts';
import type { FieldValues } from '../record/define/row.ts';
import type { Application, ServerRecord } from '../record/define/work.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { add, noCounts, prepare } from './batch.ts';
import type { Writing } from './batch.ts';
import type { Source } from './bytes.ts';
import { columnsOf } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { Parties } from './parties.ts';
import { rowReader } from './read.ts';
import type { Reject } from './read.ts';
import { readFile } from './reading.ts';
import type { ReadFile } from './reading.ts';
import { keepRejects, mostRejects } from './rejects.ts';
import { Spill } from './spill.ts';
import type { Group } from './spill.ts';
import { beginWriting, noteReading } from './store.ts';
import type { Counts, Run } from './runs.ts';
import type { RunOf } from './store.ts';
import { write } from './write.ts';

export interface ImportOptions {
  application: Application;
  caller: Caller;
  source: Source;
  /** The record type that the rows become. */
  type: string;
  mapping: Mapping;
  /** Set on each record, such as the service that all are of. */
  given: FieldValues;
  /** Whose records they are. */
  customer: string | null;
  /** Judge only: nothing is written. */
  isDry: boolean;
  progress?: (done: ImportProgress) => void;
  rejected?: (reject: Reject) => void;
  /** Where the file was uploaded to. */
  upload?: string;
  signal?: AbortSignal;
  /** Records in a transaction. */
  batchSize?: number;
}

export interface ImportProgress {
  state: 'reading' | 'writing';
  bytesRead: number;
  bytes: number;
  rowsRead: number;
  rowsDone: number;
  /** Of the writing; null while nobody can know. */
  secondsLeft: number | null;
}

export interface ImportResult extends Counts {
  run: string | null;
  state: 'ended' | 'cancelled';
  rowsRead: number;
  unreadable: number;
  /** Continued where an earlier one was broken off. */
  isContinued: boolean;
}

const mostInABatch = 1000;
/** Records of very many rows make a batch of their own: what is held in memory goes by rows. */
const mostRowsInABatch = 20_000;

/** Whose statistics a large import makes stale, beside the type's own table. */
const grown = ['core.record', 'core.person', 'core.source_key', 'core.clock', 'core.case_fact'];

export interface Ground {
  record: ServerRecord;
  client: pg.PoolClient;
  now: string;
}

export type Entered = RunOf & { broken: Run | undefined };

export class Import {
  readonly #options: ImportOptions;
  readonly #ground: Ground;
  readonly #entered: Entered | undefined;
  readonly #counts: Counts = noCounts();
  #isStopped = false;

  constructor(options: ImportOptions, ground: Ground, entered?: Entered) {
    this.#options = options;
    this.#ground = ground;
    this.#entered = entered;
  }

  async run(): Promise<ImportResult> {
    const { client, record } = this.#ground;
    const { broken } = this.#entered ?? {};
    if (broken) add(this.#counts, broken);
    const spill = await Spill.on(client);
    const read = await this.#read(spill);
    if (!this.#isStopped) await this.#writeAll(spill, read);
    if (this.#counts.made) await refreshStatistics(client, [...grown, record.definition.table]);
    if (!this.#options.isDry) await record.observing?.after?.(this.#ofType());
    return {
      ...this.#counts,
      run: this.#entered?.run ?? null,
      state: this.#isStopped ? 'cancelled' : 'ended',
      rowsRead: read.rows,
      unreadable: read.unreadable,
      isContinued: broken !== undefined,
    };
  }

  async #read(spill: Spill): Promise<ReadFile> {
    const { source, mapping, progress, rejected, application } = this.#options;
    const { client, record } = this.#ground;
    const entered = this.#entered;
    const rejects: Reject[] = [];
    let told = -Infinity;
    const read = await readFile(
      {
        source,
        mapping,
        definition: record.definition,
        rejected: (reject) => {
          if (rejects.length < mostRejects) rejects.push(reject);
          rejected?.(reject);
        },
        progress: async ({ bytes, rows }) => {
          if (performance.now() - told < 500) return;
          told = performance.now();
          progress?.({
            state: 'reading',
            bytesRead: bytes,
            bytes: source.size,
            rowsRead: rows,
            rowsDone: 0,
            secondsLeft: null,
          });
          if (entered && (await noteReading(application.pool, entered, { bytes, rows }))) stop(cancelled);
          this.#options.signal?.throwIfAborted();
        },
      },
      spill,
    );
    if (entered) {
      await beginWriting(client, entered, read);
      await keepRejects(client, entered, rejects);
    }
    return read;
  }

  #ofType() {
    const { caller, customer, given } = this.#options;
    const { client, now } = this.#ground;
    return { client, providerId: caller.principal.providerId, customerId: customer, given, now };
  }

  async #writeAll(spill: Spill, read: ReadFile): Promise<void> {
    const { application, caller, mapping, given, customer, isDry } = this.#options;
    const { client, record, now } = this.#ground;
    const { providerId } = caller.principal;
    const { definition, observing = {} } = record;
    const writing: Writing = {
      pool: application.pool,
      caller,
      run: this.#entered?.run ?? randomUUIDv7(),
      now,
      definition,
      observing,
      mapping,
      given,
      customer,
      reader: rowReader(definition, mapping, columnsOf(mapping)),
      parties: new Parties(
        { registry: application.registry, providerId, system: mapping.source, customer, since: read.firstAt },
        spill,
      ),
      measuring: { definition, given, customer, now, termsAt: await observing.terms?.(this.#ofType()) },
      isDry,
    };
    const done = this.#counts.rows;
    const began = performance.now();
    const tell = () => this.#tell(read, done, began);
    let batch: Group[] = [];
    let underWay: Promise<void> = Promise.resolve();
    const take = async (groups: Group[]) => {
      // Whom the batch under way has made is looked up again once it is written.
      if (writing.parties.isFull) await underWay;
      writing.parties.forgetIfFull();
      // A long import writes for longer than entries may lag behind a checkpoint: each batch has an instant of its own.
      const of = isDry ? writing : { ...writing, now: await instantOf(application, caller) };
      const prepared = await prepare(of, client, groups);
      await underWay;
      // Two processes, the database's and this one, work side by side.
      underWay = (async () => {
        if (!isDry && (await write(of, prepared))) this.#isStopped = true;
        add(this.#counts, prepared.counts);
        for (const reject of prepared.rejects) this.#options.rejected?.(reject);
        tell();
      })();
      underWay.catch(() => undefined); // it is awaited with the next batch, where its failure is told
    };
    let rows = 0;
    for await (const group of spill.groups(this.#entered?.broken?.doneKey ?? null)) {
      batch.push(group);
      rows += group.rows.length;
      if (batch.length < (this.#options.batchSize ?? mostInABatch) && rows < mostRowsInABatch) continue;
      await take(batch);
      batch = [];
      rows = 0;
      if (this.#options.signal?.aborted) await underWay;
      this.#options.signal?.throwIfAborted();
      if (this.#isStopped) break;
    }
    if (batch.length && !this.#isStopped) await take(batch);
    await underWay;
  }

  #tell(read: ReadFile, doneBefore: number, began: number): void {
    const { progress, source } = this.#options;
    const { rows } = this.#counts;
    const seconds = (performance.now() - began) / 1000;
    const left = read.rows - read.unreadable - rows;
    const secondsLeft = rows > doneBefore ? Math.ceil((left * seconds) / (rows - doneBefore)) : null;
    progress?.({
      state: 'writing',
      bytesRead: read.bytes,
      bytes: source.size,
      rowsRead: read.rows,
      rowsDone: rows,
      secondsLeft,
    });
  }
}

export const cancelled = refuse(
  'refused',
  refusal(
    'import.cancelled',
    'It was cancelled while the file was read; nothing was imported.',
    'Start it again when you want it.',
  ),
);
