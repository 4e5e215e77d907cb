// An import in a process of its own, to be killed: `import-child.ts {"config": …, "providerId": …, "file": …, "mapping": …}`. Prints its result.
import { connect } from '../../core/database/connect.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createRegistry } from '../../app/server/registry.ts';
import type { Mapping } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import { fileSource } from '../../core/import/source.ts';

interface Given {
  config: Parameters<typeof connect>[0];
  providerId: string;
  file: string;
  mapping: Mapping;
}

const { config, providerId, file, mapping } = JSON.parse(process.argv[2] ?? '{}') as Given; // what the test wrote
const pool = connect(config, { max: 3, longStatements: true });
console.log('begun');
const result = await importRecords({
  application: { pool, registry: createRegistry(), clock: Date.now },
  caller: { principal: systemPrincipal(providerId, 'import', null), channel: 'import', requestId: 'child' },
  source: fileSource(file),
  type: 'incident',
  mapping,
  batchSize: 200,
  given: {},
  customer: null,
  isDry: false,
  // Where the test kills it: told each time a batch stands.
  progress: ({ state, rowsDone }) => console.log(`${state} ${rowsDone}`),
});
console.log(JSON.stringify(result));
await pool.end();
