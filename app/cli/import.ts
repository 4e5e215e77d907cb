import { randomUUID } from 'node:crypto';
import { createWriteStream, openSync, readFileSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { csvCell } from '../../core/import/csv-cell.ts';
import { fileSource } from '../../core/import/source.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import type { Mapping } from '../../core/import/mapping.ts';
import { importable, importRecords } from '../../core/import/run.ts';
import type { ImportProgress, ImportResult } from '../../core/import/under-way.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { refusable } from '../../core/refusal/refusal.ts';
import { withLocal } from './local.ts';
import type { Local } from './local.ts';
import { findRecord, providersNamed } from './store.ts';
import type { FoundProvider } from './store.ts';

const usage = `servicewright import incidents|problems FILE --mapping MAPPING.json [--service SVC-1] [--customer CUS-1] [--provider NAME] [--dry-run] [--rejects FILE]
FILE is CSV, plain or packed by xz or gzip; its rows may stand in any order. Run it again after an interruption: it goes on where it stopped.
The next export of the same source brings what is known up to date.`;

/** `servicewright import TYPE`: brings a source's history in as observed entries. */
export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      mapping: { type: 'string' },
      service: { type: 'string' },
      customer: { type: 'string' },
      provider: { type: 'string' },
      rejects: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [what, file] = positionals;
  if (!what || !file || !values.mapping) return fault(usage);
  const mapping = readMapping(values.mapping);
  if (typeof mapping === 'string') return fault(mapping);
  return withLocal((local) =>
    runImport(local, {
      what,
      file,
      mapping,
      service: values.service,
      customer: values.customer,
      provider: values.provider,
      rejects: values.rejects ?? 'import-rejects.csv',
      dryRun: values['dry-run'],
    }),
  );
}

export interface ImportRequest {
  /** The record type, in the plural of its address: incidents. */
  what: string;
  file: string;
  mapping: Mapping;
  service?: string | undefined;
  customer?: string | undefined;
  provider?: string | undefined;
  rejects: string;
  dryRun: boolean;
}

/** Runs an import on the opened installation, telling its progress; the exit code. */
export async function runImport({ pool, registry }: Local, request: ImportRequest): Promise<number> {
  const definition = importable(registry).find(({ path }) => path === request.what);
  if (!definition)
    return fault(
      `${request.what} cannot be imported. Importable: ${importable(registry)
        .map(({ path }) => path)
        .join(', ')}.`,
    );
  const place = await placeOf(pool, request);
  if (typeof place === 'string') return fault(place);
  const { provider, service, customer } = place;
  let rejects: WriteStream | undefined;
  const outcome = await refusable(async () =>
    importRecords({
      application: { pool, registry, clock: Date.now },
      caller: {
        principal: systemPrincipal(provider.id, 'import', provider.scenarioNow),
        channel: 'import',
        requestId: randomUUID(),
      },
      source: fileSource(request.file),
      type: definition.type,
      mapping: request.mapping,
      given: service === null ? {} : { service },
      customer,
      isDry: request.dryRun,
      progress: everySecond((done) => console.log(progressLine(done))),
      rejected: ({ line, key, reason }) => {
        rejects ??= opened(request.rejects);
        rejects.write(`${line},${csvCell(key)},${csvCell(reason)}\n`);
      },
    }),
  );
  if (rejects) await finished(rejects.end());
  if (!outcome.ok) return fault(outcome.refusals.map((each) => `${each.sentence} ${each.hint}`).join('\n'));
  console.log(summary(outcome.value, { ...request, rejects: rejects && request.rejects }));
  return 0;
}

/** A file that cannot be written is told where it is opened, or at the end: never by a stream that nobody hears. */
function opened(path: string): WriteStream {
  return createWriteStream(path, { fd: openSync(path, 'w') }).on('error', () => undefined);
}

interface Place {
  provider: FoundProvider;
  service: string | null;
  customer: string | null;
}

/**
 * Where the import goes: the provider that is named, or else the one that has the named service and customer. Several that
 * have them are asked about, for each numbers its own records.
 */
async function placeOf(pool: Local['pool'], request: ImportRequest): Promise<Place | string> {
  const providers = await providersNamed(pool, request.provider);
  if (!providers.length)
    return request.provider
      ? `There is no provider called ${request.provider}. ${await providersInWords(pool)}`
      : 'There is no provider yet: open the application and sign in first.';
  const found = await Promise.all(providers.map((provider) => within(pool, provider, request)));
  const places = found.filter((each) => typeof each !== 'string');
  const [place, another] = places;
  const [missing = ''] = found.filter((each) => typeof each === 'string');
  if (!place) return request.provider ? missing : `${missing} ${await providersInWords(pool)}`;
  const names = places.map(({ provider }) => `"${provider.name}"`).join(', ');
  // Naming nothing, one means one's own organisation: it comes first.
  const isNamed = request.service !== undefined || request.customer !== undefined;
  return another && isNamed ? `Several providers have it: name one by --provider, of ${names}.` : place;
}

async function within(pool: Local['pool'], provider: FoundProvider, request: ImportRequest): Promise<Place | string> {
  const { service, customer } = request;
  const serviceId = service === undefined ? null : await findRecord(pool, provider.id, 'service', service);
  if (serviceId === undefined) return `There is no service ${service}.`;
  const customerId = customer === undefined ? null : await findRecord(pool, provider.id, 'customer', customer);
  if (customerId === undefined) return `There is no customer organisation ${customer}.`;
  return { provider, service: serviceId, customer: customerId };
}

async function providersInWords(pool: Local['pool']): Promise<string> {
  const names = (await providersNamed(pool, undefined)).map(({ name }) => `"${name}"`);
  return `Providers: ${names.join(', ')}; name one by --provider.`;
}

/** At once, and then not more often than once a second. */
function everySecond<T>(tell: (done: T) => void): (done: T) => void {
  let told = -Infinity;
  return (done) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    tell(done);
  };
}

const number = (value: number): string => value.toLocaleString('en');

function progressLine({ state, bytesRead, bytes, rowsRead, rowsDone, secondsLeft }: ImportProgress): string {
  if (state === 'reading')
    return `Reading: ${number(rowsRead)} rows, ${Math.floor((100 * bytesRead) / Math.max(bytes, 1))} % of the file`;
  return `${number(rowsDone)} of ${number(rowsRead)} rows${secondsLeft === null ? '' : `, about ${number(secondsLeft)} s left`}`;
}

function summary(
  result: ImportResult,
  { dryRun, rejects, what }: Pick<ImportRequest, 'dryRun' | 'what'> & { rejects: string | undefined },
): string {
  const deviations = Object.values(result.deviations).reduce((sum, times) => sum + times, 0);
  const rejected = result.unreadable + result.leftOut;
  return [
    `${dryRun ? 'Would import' : 'Imported'} ${number(result.records)} ${what} from ${number(result.rowsRead)} rows: ${number(result.made)} new, ${number(result.updated)} brought up to date, ${number(result.unchanged)} unchanged; ${number(result.parties)} people, teams and components ${dryRun ? 'would be made' : 'made'}.${result.isContinued ? ' It went on where an earlier import of the file was broken off.' : ''}`,
    `${number(rejected)} rows rejected${rejects ? ` (see ${rejects})` : ''}; ${number(deviations)} steps deviate from the lifecycle and are kept${deviations ? ':' : '.'}`,
    ...Object.entries(result.deviations)
      .toSorted(([, a], [, b]) => b - a)
      .map(([step, times]) => `  ${number(times).padStart(7)}  ${step}`),
    ...(result.run
      ? [`It can be taken back while nobody works on what it brought: servicewright import-run take-back ${result.run}`]
      : []),
  ].join('\n');
}

function readMapping(file: string): Mapping | string {
  try {
    const parsed = mappingSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success
      ? parsed.data
      : `${file} is no mapping: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}.`;
  } catch (error) {
    return `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
