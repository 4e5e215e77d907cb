// Imports a source's incidents: first the whole file is read and judged, then it is written in batches, each one short transaction.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { refreshStatistics } from '../../../core/database/statistics.ts';
import { noLines, observedId, sealObserved } from '../../../core/record/observe.ts';
import type { Lines, ObservedRecord } from '../../../core/record/observe.ts';
import type { Caller } from '../../../core/permission/principal.ts';
import { personRecord, teamRecord } from '../../../core/permission/party.ts';
import type { RecordDefinition } from '../../../core/record/define.ts';
import { ensureMonth, nowOf, serverRecord } from '../../../core/record/work.ts';
import type { Application } from '../../../core/record/work.ts';
import { refusal, refuse, stop } from '../../../core/refusal/refusal.ts';
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';
import { incidentRecord } from '../record.ts';
import { buildIncident } from './build.ts';
import type { Builder, Built, Reject } from './build.ts';
import { checkFile, groupsOf } from './check.ts';
import type { Checked } from './check.ts';
import type { Mapping } from './mapping.ts';
import { summariseService } from '../store/summary.ts';
import { measured } from './measure.ts';
import type { SourceRow } from './read.ts';
import { agreementsOf, existing, releaseImportLock, takeImportLock, takeNumbers, writeBatch } from './store.ts';
import type { BatchLines } from './store.ts';

export interface ImportOptions {
  application: Application;
  caller: Caller;
  file: string;
  mapping: Mapping;
  serviceId: string | null;
  customerId: string | null;
  /** Judge only: nothing is written. */
  dryRun: boolean;
  progress: (done: ImportResult, total: number) => void;
  rejected: (reject: Reject) => void;
  signal?: AbortSignal;
}

export interface ImportResult {
  rows: number;
  incidents: number;
  written: number;
  present: number;
  rejected: number;
  people: number;
  deviations: Record<string, number>;
  firstAt: string | null;
  lastAt: string | null;
}

const batchSize = 1000;

/** Runs an import. What is there already is left as it is, so that a broken one is finished by running it again. Refuses by `stop`. */
export async function importIncidents(options: ImportOptions): Promise<ImportResult> {
  const { application, caller, file, mapping } = options;
  const checked = await checkFile(file, mapping);
  const result: ImportResult = {
    rows: 0,
    incidents: 0,
    written: 0,
    present: 0,
    rejected: 0,
    people: 0,
    deviations: {},
    firstAt: null,
    lastAt: null,
  };
  await ensureMonth(application, nowOf(application, caller));
  const client = await application.pool.connect();
  const source = `import ${mapping.source}`;
  let whole = false;
  try {
    if (!(await takeImportLock(client, caller.principal.providerId, source)))
      stop(
        refuse(
          'conflict',
          refusal('import.running', `Another import of ${mapping.source} is running.`, 'Wait until it has ended.'),
        ),
      );
    await new Import(options, checked, client, result).run();
    if (result.written)
      await refreshStatistics(client, ['core.record', 'core.person', 'operation.incident', 'core.case_fact']);
    if (options.serviceId && !options.dryRun)
      await summariseService(
        client,
        { providerId: caller.principal.providerId, serviceId: options.serviceId },
        nowOf(application, caller),
      );
    await releaseImportLock(client, caller.principal.providerId, source);
    whole = true;
  } finally {
    client.release(!whole); // a connection in an unknown state is ended, and with it the lock
  }
  return result;
}

interface Newcomer {
  definition: RecordDefinition;
  record: Omit<ObservedRecord, 'number'>;
}

/** One import under way: holds the connection, and what the batch at hand has met. */
class Import {
  readonly #options: ImportOptions;
  readonly #checked: Checked;
  readonly #client: pg.PoolClient;
  readonly #result: ImportResult;
  readonly #ids = new Map<string, string>();
  readonly #there = new Set<string>();
  readonly #builder: Builder;
  #newcomers = new Map<string, Newcomer>();
  #writing: Promise<void> = Promise.resolve();
  #agreements: readonly AgreementInForce[] = [];

  constructor(options: ImportOptions, checked: Checked, client: pg.PoolClient, result: ImportResult) {
    this.#options = options;
    this.#checked = checked;
    this.#client = client;
    this.#result = result;
    const { mapping, serviceId, customerId, caller } = options;
    this.#builder = {
      providerId: caller.principal.providerId,
      mapping,
      columns: checked.columns,
      readTime: checked.readTime,
      serviceId,
      customerId,
      parties: {
        person: (name, side) =>
          this.#meet(
            personRecord,
            // By name alone nobody knows whether an agent who calls is one person with a customer's: they stay two.
            `person:${side}:${name}`,
            {
              title: name,
              sourceKey: `${mapping.source}:${side}:${name}`,
              customer: side === 'customer' ? customerId : null,
            },
            side === 'customer' && customerId ? [customerId] : [],
          ),
        team: (name) =>
          this.#meet(teamRecord, `team:${name}`, { title: name, sourceKey: `${mapping.source}:${name}` }, []),
        component: (name) =>
          this.#meet(
            serverRecord(options.application.registry, 'component').definition,
            `component:${name}`,
            { title: name },
            customerId ? [customerId] : [],
          ),
      },
    };
  }

  async run(): Promise<void> {
    const { file, mapping, serviceId, customerId, caller } = this.#options;
    const { providerId } = caller.principal;
    if (serviceId) this.#agreements = await agreementsOf(this.#client, { providerId, serviceId, customerId });
    let batch: [string, SourceRow[]][] = [];
    for await (const group of groupsOf(file, mapping, this.#checked)) {
      batch.push(group);
      if (batch.length < batchSize) continue;
      await this.#take(batch);
      batch = [];
      this.#options.signal?.throwIfAborted();
    }
    if (batch.length) await this.#take(batch);
    await this.#writing;
  }

  async #take(groups: [string, SourceRow[]][]): Promise<void> {
    const { providerId } = this.#builder;
    const ids = groups.map(([key]) => observedId(providerId, this.#builder.mapping.source, key));
    const present = await existing(this.#client, providerId, ids);
    const built = groups.flatMap(([key, rows], index) => {
      this.#result.rows += rows.length;
      const incident = buildIncident(this.#builder, key, rows, (reject) => {
        this.#result.rejected += 1;
        this.#options.rejected(reject);
      });
      if (!incident) return [];
      this.#count(incident);
      if (present.has(ids[index] ?? '')) {
        this.#result.present += 1;
        return [];
      }
      return [incident];
    });
    if (!this.#options.dryRun) await this.#write(built);
    this.#options.progress(this.#result, this.#checked.rows);
  }

  #count({ deviations, record }: Built): void {
    const result = this.#result;
    result.incidents += 1;
    for (const [what, times] of Object.entries(deviations))
      result.deviations[what] = (result.deviations[what] ?? 0) + times;
    const [first, last] = [record.steps[0]?.occurredAt ?? '', record.steps.at(-1)?.occurredAt ?? ''];
    if (!result.firstAt || first < result.firstAt) result.firstAt = first;
    if (!result.lastAt || last > result.lastAt) result.lastAt = last;
  }

  /** Seals the batch while the one before is still being written; two processes, the database's and this one, work side by side. */
  async #write(built: Built[]): Promise<void> {
    const { application, caller, serviceId, customerId } = this.#options;
    const newcomers = await this.#absent();
    const parts = new Map<RecordDefinition, Lines>();
    const now = nowOf(application, caller);
    const work = { caller, now, cause: randomUUIDv7() };
    const incidents = built.map((each) => measured(each, { serviceId, customerId, agreements: this.#agreements, now }));
    const all: Newcomer[] = [...newcomers, ...incidents.map(({ record }) => ({ definition: incidentRecord, record }))];
    for (const [definition, records] of Map.groupBy(all, (each) => each.definition)) {
      const lines = noLines();
      const numbers = await takeNumbers(this.#client, definition, records.length);
      records.forEach(({ record }, index) =>
        sealObserved(work, definition, { ...record, number: numbers[index] ?? 0 }, lines),
      );
      parts.set(definition, lines);
    }
    const batch: BatchLines = {
      parts: [...parts].map(([definition, lines]) => ({ definition, lines })),
      facts: incidents.map(({ fact }) => fact),
      clocks: incidents.map(({ record, clocks }) => ({ recordId: record.id, clocks })),
    };
    await this.#writing;
    this.#result.written += built.length;
    this.#result.people += newcomers.length;
    this.#writing = writeBatch(application.pool, { providerId: caller.principal.providerId, now }, batch);
    this.#writing.catch(() => undefined); // it is awaited with the next batch, where its failure is told
  }

  /** The id of what a row speaks of; it is made with the batch, if it is not there yet. */
  #meet(definition: RecordDefinition, key: string, values: Record<string, unknown>, customers: string[]): string {
    const known = this.#ids.get(key);
    if (known) return known;
    const { mapping, providerId } = this.#builder;
    const id = observedId(providerId, mapping.source, key);
    this.#ids.set(key, id);
    if (!this.#there.has(id)) {
      this.#newcomers.set(id, {
        definition,
        record: {
          id,
          customers,
          source: `${mapping.source}:${key}`,
          // What a source speaks of is in use: it is not planned or designed here.
          steps: [
            {
              occurredAt: this.#checked.firstAt,
              to: definition.type === 'component' ? 'in_service' : null,
              move: null,
              values,
              by: null,
            },
          ],
        },
      });
    }
    return id;
  }

  /** Newcomers of this batch that no earlier run has made. */
  async #absent(): Promise<Newcomer[]> {
    const met = this.#newcomers;
    this.#newcomers = new Map();
    const present = await existing(this.#client, this.#builder.providerId, [...met.keys()]);
    for (const id of met.keys()) this.#there.add(id);
    return [...met].filter(([id]) => !present.has(id)).map(([, newcomer]) => newcomer);
  }
}
