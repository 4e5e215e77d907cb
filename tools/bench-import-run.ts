// One import in a process of its own, so that its memory is its own: `bench-import-run.ts {"config": …, "providerId": …, "file": …}`.
import { connect } from '../core/database/connect.ts';
import { mappingSchema } from '../core/import/mapping.ts';
import { importRecords } from '../core/import/run.ts';
import { fileSource } from '../core/import/source.ts';
import { systemPrincipal } from '../core/permission/principal.ts';
import { createRegistry } from '../app/server/registry.ts';

interface Given {
  config: Parameters<typeof connect>[0];
  providerId: string;
  file: string;
  mapping: unknown;
}

export interface Measured {
  made: number;
  rows: number;
  seconds: number;
  firstProgressSeconds: number | null;
  peakMb: number;
  /** What was forecast when a third was written, and what it then took. */
  forecast: { said: number; took: number } | null;
}

const { config, providerId, file, mapping } = JSON.parse(process.argv[2] ?? '{}') as Given; // what the bench wrote
const pool = connect(config, { max: 3, longStatements: true });
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
let firstProgressSeconds: number | null = null;
let third: { said: number; at: number } | undefined;
const { made, rowsRead: rows } = await importRecords({
  application: { pool, registry: createRegistry(), clock: Date.now },
  caller: { principal: systemPrincipal(providerId, 'import', null), channel: 'import', requestId: 'bench' },
  source: fileSource(file),
  type: 'incident',
  mapping: mappingSchema.parse(mapping),
  given: {},
  customer: null,
  isDry: false,
  progress: ({ secondsLeft, rowsDone, rowsRead }) => {
    firstProgressSeconds ??= seconds();
    if (!third && secondsLeft !== null && rowsDone > rowsRead / 3) third = { said: secondsLeft, at: seconds() };
  },
});
const measured: Measured = {
  made,
  rows,
  seconds: seconds(),
  firstProgressSeconds,
  peakMb: process.resourceUsage().maxRSS / 1024,
  forecast: third ? { said: third.said, took: seconds() - third.at } : null,
};
console.log(JSON.stringify(measured));
await pool.end();
