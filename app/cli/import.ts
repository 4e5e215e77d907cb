import { randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { refusable } from '../../core/refusal/refusal.ts';
import { mappingSchema } from '../../operation/incident/import/mapping.ts';
import type { Mapping } from '../../operation/incident/import/mapping.ts';
import { importIncidents } from '../../operation/incident/import/run.ts';
import type { ImportResult } from '../../operation/incident/import/run.ts';
import { withLocal } from './local.ts';
import type { Local } from './local.ts';
import { findRecord, providersNamed } from './store.ts';
import type { FoundProvider } from './store.ts';

const usage = `servicewright import incidents FILE --mapping MAPPING.json [--service SVC-1] [--customer CUS-1] [--provider NAME] [--dry-run] [--rejects FILE]
FILE is CSV, plain or packed as .xz or .gz. Run it again after an interruption: what is there is left as it is.`;

/** `servicewright import incidents`: brings a source's history in as observed entries. */
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
  if (what !== 'incidents' || !file || !values.mapping) return fault(usage);
  const mapping = readMapping(values.mapping);
  if (typeof mapping === 'string') return fault(mapping);
  return withLocal((local) =>
    runImport(local, {
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
  const place = await placeOf(pool, request);
  if (typeof place === 'string') return fault(place);
  const { provider, service, customer } = place;
  let rejects: WriteStream | undefined;
  const started = performance.now();
  const outcome = await refusable(() =>
    importIncidents({
      application: { pool, registry, clock: Date.now },
      caller: {
        principal: systemPrincipal(provider.id, 'import', provider.scenarioNow),
        channel: 'import',
        requestId: randomUUID(),
      },
      file: request.file,
      mapping: request.mapping,
      serviceId: service,
      customerId: customer,
      dryRun: request.dryRun,
      progress: (done, total) => console.log(progressLine(done, total, (performance.now() - started) / 1000)),
      rejected: ({ line, key, reason }) => {
        rejects ??= createWriteStream(request.rejects);
        rejects.write(`${line},${cell(key)},${cell(reason)}\n`);
      },
    }),
  );
  rejects?.end();
  if (!outcome.ok) return fault(outcome.refusals.map((each) => `${each.sentence} ${each.hint}`).join('\n'));
  console.log(summary(outcome.value, request, rejects !== undefined));
  return 0;
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

function progressLine({ rows }: ImportResult, total: number, seconds: number): string {
  const rate = rows / Math.max(seconds, 0.001);
  return `${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows, ${Math.round(rate).toLocaleString('en')} a second, ${Math.ceil((total - rows) / rate)} s left`;
}

function summary(result: ImportResult, { dryRun, rejects }: ImportRequest, hasRejects: boolean): string {
  const deviations = Object.values(result.deviations).reduce((sum, times) => sum + times, 0);
  return [
    `${dryRun ? 'Would import' : 'Imported'} ${result.incidents.toLocaleString('en')} incidents from ${result.rows.toLocaleString('en')} rows: ${result.written.toLocaleString('en')} new, ${result.present.toLocaleString('en')} there already, ${result.people.toLocaleString('en')} people, teams and components made.`,
    `${result.rejected.toLocaleString('en')} rows rejected${hasRejects ? ` (see ${rejects})` : ''}; ${deviations.toLocaleString('en')} steps deviate from the lifecycle and are kept:`,
    ...Object.entries(result.deviations)
      .toSorted(([, a], [, b]) => b - a)
      .map(([what, times]) => `  ${times.toLocaleString('en').padStart(7)}  ${what}`),
  ].join('\n');
}

/** A cell that no spreadsheet takes for a formula. */
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

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
